import type { RunSummary } from '../../../shared/journal.ts'
import { differs, METRICS, type Metric } from './metrics.ts'

/** Which runs are compared, and how they are shown. */
export interface Comparison {
  /** In the order in which they were added or moved. */
  readonly runIds: readonly number[]
  readonly baselineId: number | undefined
  /** Stay at the top, whatever the order. */
  readonly pinnedIds: readonly number[]
  readonly differencesOnly: boolean
  readonly hiddenMetrics: readonly string[]
  readonly sort: Sort | undefined
  readonly layout: 'auto' | 'rows' | 'columns'
}

export interface Sort {
  /** A metric's id, or `run`, `scenario` or `model`. */
  readonly by: string
  readonly descending: boolean
}

export const EMPTY: Comparison = {
  runIds: [],
  baselineId: undefined,
  pinnedIds: [],
  differencesOnly: false,
  hiddenMetrics: [],
  sort: undefined,
  layout: 'auto',
}

/** Up to here runs stand as columns, counters as rows, unless the user wants it otherwise. */
const COLUMNS_MAX = 8

export function layoutOf({ layout }: Comparison, runs: number): 'rows' | 'columns' {
  if (layout !== 'auto') return layout
  return runs <= COLUMNS_MAX ? 'columns' : 'rows'
}

/** The metrics to show: not the hidden ones, and on demand only those in which the runs differ. */
export function shownMetrics({ hiddenMetrics, differencesOnly }: Comparison, runs: readonly RunSummary[]): Metric[] {
  return METRICS.filter(
    (metric) => !hiddenMetrics.includes(metric.id) && (!differencesOnly || runs.length < 2 || differs(metric, runs)),
  )
}

/** The runs in the order of the table: pinned ones first, then sorted; runs without a result come last. */
export function orderedRuns({ sort, pinnedIds }: Comparison, runs: readonly RunSummary[]): readonly RunSummary[] {
  const sorted = sort === undefined ? runs : runs.toSorted(byKey(sort))
  const pinned = sorted.filter(({ id }) => pinnedIds.includes(id))
  return pinned.length === 0 ? sorted : [...pinned, ...sorted.filter(({ id }) => !pinnedIds.includes(id))]
}

function byKey({ by, descending }: Sort): (left: RunSummary, right: RunSummary) => number {
  const metric = METRICS.find(({ id }) => id === by)
  const keyOf = (run: RunSummary): number | string | undefined => {
    if (metric !== undefined) return metric.valueOf(run)
    if (by === 'scenario') return run.spec.program?.title ?? run.spec.scenarioId
    return by === 'model' ? run.spec.modelId : run.id
  }
  const sign = descending ? -1 : 1
  return (left, right) => {
    const [one, other] = [keyOf(left), keyOf(right)]
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
    if (typeof one === 'number' && typeof other === 'number') return sign * (one - other)
    return sign * String(one).localeCompare(String(other), 'en', { numeric: true })
  }
}

/** The next order of a column: the largest first, the smallest first, as they were added. */
export function nextSort(sort: Sort | undefined, by: string): Sort | undefined {
  if (sort?.by !== by) return { by, descending: true }
  return sort.descending ? { by, descending: false } : undefined
}

/** With runs added behind those that are there, each once. */
export function withRuns(comparison: Comparison, ids: readonly number[]): Comparison {
  return { ...comparison, runIds: [...new Set([...comparison.runIds, ...ids])] }
}

export function withoutRuns(comparison: Comparison, ids: readonly number[]): Comparison {
  const { baselineId } = comparison
  return {
    ...comparison,
    runIds: comparison.runIds.filter((id) => !ids.includes(id)),
    pinnedIds: comparison.pinnedIds.filter((id) => !ids.includes(id)),
    baselineId: baselineId !== undefined && ids.includes(baselineId) ? undefined : baselineId,
  }
}

/** With a run one place further in the order in which they stand, or back. */
export function moved(comparison: Comparison, id: number, by: 1 | -1): Comparison {
  const runIds = [...comparison.runIds]
  const from = runIds.indexOf(id)
  const to = from + by
  const other = runIds[to]
  if (from < 0 || other === undefined) return comparison
  runIds[to] = id
  runIds[from] = other
  return { ...comparison, runIds, sort: undefined }
}

export function toggled(ids: readonly number[], id: number): readonly number[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
}

/** How many different results there are: runs with one digest are one. */
export function distinctResults(runs: readonly RunSummary[]): number {
  return new Set(runs.flatMap(({ digest }) => (digest === undefined ? [] : [digest]))).size
}
