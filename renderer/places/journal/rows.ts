import type { ExperimentSummary, RunSummary } from '../../../shared/journal.ts'

/** One line of the list: an experiment, or one of its runs beneath it. */
export type JournalRow =
  | { readonly kind: 'experiment'; readonly key: string; readonly experiment: ExperimentSummary }
  | { readonly kind: 'run'; readonly key: string; readonly experiment: ExperimentSummary; readonly run: RunSummary }

export function rowsOf(experiments: readonly ExperimentSummary[]): JournalRow[] {
  return experiments.flatMap((experiment) => [
    { kind: 'experiment' as const, key: experimentKey(experiment.id), experiment },
    ...experiment.runs.map((run) => ({ kind: 'run' as const, key: runKey(run.id), experiment, run })),
  ])
}

export function experimentKey(id: number): string {
  return `experiment-${id}`
}

export function runKey(id: number): string {
  return `run-${id}`
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
