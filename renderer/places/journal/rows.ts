import type { ExperimentSummary, RunSummary } from '../../../shared/journal.ts'
import type { FoundExperiments } from './found-experiments.ts'
import type { RowLayout, RowPlace } from './row-layout.ts'

/** One line of the list: an experiment, or one of its runs beneath it. */
export type JournalRow =
  | { readonly kind: 'experiment'; readonly key: string; readonly experiment: ExperimentSummary }
  | { readonly kind: 'run'; readonly key: string; readonly experiment: ExperimentSummary; readonly run: RunSummary }

export function experimentKey(id: number): string {
  return `experiment-${id}`
}

export function runKey(id: number): string {
  return `run-${id}`
}

/** What stands in a row; `undefined` while it is not read. */
export function rowAt({ matches, layout, summaries }: FoundExperiments, row: number): JournalRow | undefined {
  const { experiment: position, run: runPosition } = layout.placeOf(row)
  const experiment = summaries.get(matches.experimentIds[position] ?? -1)
  if (experiment === undefined) return undefined
  if (runPosition === undefined) return { kind: 'experiment', key: experimentKey(experiment.id), experiment }
  const run = experiment.runs[runPosition]
  return run && { kind: 'run', key: runKey(run.id), experiment, run }
}

/** The row of the selection; that of the experiment where the run is not among those found. */
export function selectedRow(
  { layout, positions, summaries }: FoundExperiments,
  experimentId: number | undefined,
  runId: number | undefined,
): number | undefined {
  const experiment = experimentId === undefined ? undefined : positions.get(experimentId)
  if (experiment === undefined || experimentId === undefined) return undefined
  const run = summaries.get(experimentId)?.runs.findIndex(({ id }) => id === runId) ?? -1
  const place: RowPlace = run < 0 ? { experiment } : { experiment, run }
  return layout.rowOf(place)
}

/** A row that is drawn, or the room of those that are not. */
export type DrawnRow =
  | { readonly kind: 'row'; readonly row: number }
  | { readonly kind: 'room'; readonly key: string; readonly heightPx: number }

/** The rows from `first` to before `end` and the `kept` one wherever it is, with room for all others. */
export function drawnRows(
  layout: RowLayout,
  first: number,
  end: number,
  kept: number | undefined,
): readonly DrawnRow[] {
  const rows = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index)
  if (kept !== undefined && kept < first) rows.unshift(kept)
  if (kept !== undefined && kept >= end) rows.push(kept)
  const drawn: DrawnRow[] = []
  let bottomPx = 0
  for (const row of [...rows, layout.rowCount]) {
    const topPx = layout.topPx(row)
    if (topPx > bottomPx)
      drawn.push({ kind: 'room', key: `room-${drawn.length === 0 ? 'top' : row}`, heightPx: topPx - bottomPx })
    if (row === layout.rowCount) break
    drawn.push({ kind: 'row', row })
    bottomPx = layout.topPx(row + 1)
  }
  return drawn
}

export interface ExcerptPart {
  readonly text: string
  readonly hit: boolean
}

/** Splits an excerpt at the marks around its matches (U+0002 before, U+0003 after). */
export function excerptParts(excerpt: string): ExcerptPart[] {
  return excerpt
    .split('\u0002')
    .flatMap((piece, position) => {
      if (position === 0) return [{ text: piece, hit: false }]
      const [hit = '', ...rest] = piece.split('\u0003')
      return [
        { text: hit, hit: true },
        { text: rest.join(''), hit: false },
      ]
    })
    .filter((part) => part.text !== '')
}
