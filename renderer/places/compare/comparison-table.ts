import type { RunSummary } from '../../../shared/journal.ts'
import { modelTitle } from '../../../shared/model-choice.ts'
import { scenarioName } from '../../../shared/run.ts'
import type { ChartTable } from '../../charts/chart-table.ts'
import type { Metric } from './metrics.ts'

const INPUTS = ['Run', 'Scenario', 'Parameters', 'Seed', 'Machine', 'Model'] as const

/** The comparison to be copied, a run a row, with the difference from the baseline behind each count. */
export function comparisonTable(
  runs: readonly RunSummary[],
  metrics: readonly Metric[],
  baseline: RunSummary | undefined,
): ChartTable {
  const counts = metrics.flatMap(({ id }) => (baseline === undefined ? [id] : [id, `${id} - run ${baseline.id}`]))
  return { columns: [...INPUTS, ...counts], rows: runs.map((run) => rowOf(run, metrics, baseline)) }
}

function rowOf(
  run: RunSummary,
  metrics: readonly Metric[],
  baseline: RunSummary | undefined,
): ChartTable['rows'][number] {
  const { id, spec } = run
  const parameters = Object.entries(spec.parameters).map(([name, value]) => `${name}=${value}`)
  const counts = metrics.flatMap(({ valueOf }) => {
    const value = valueOf(run)
    if (baseline === undefined) return [value]
    const base = valueOf(baseline)
    return [value, value === undefined || base === undefined ? undefined : value - base]
  })
  return [id, scenarioName(spec), parameters.join(' '), spec.seed, spec.machineId, modelTitle(spec), ...counts]
}
