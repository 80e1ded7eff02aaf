import { COUNT_LABELS, COUNT_NAMES, type CountName } from '../../../shared/counts.ts'
import type { RunSummary } from '../../../shared/journal.ts'

/** Something that runs are compared by. Times are none: they say more about the machine at hand than about a kernel. */
export interface Metric {
  /** It is explained under this name, too. */
  readonly id: CountName | 'blocks_listed'
  readonly label: string
  readonly help: string
  /** `undefined` of a run without a result. */
  readonly valueOf: (run: RunSummary) => number | undefined
}

export const METRICS: readonly Metric[] = [
  ...COUNT_NAMES.map((name): Metric => ({
    id: name,
    label: COUNT_LABELS[name].label,
    help: COUNT_LABELS[name].help,
    valueOf: ({ counts }) => counts?.[name],
  })),
  {
    id: 'blocks_listed',
    label: 'Blocks left listed',
    help: 'Blocks on the free lists of all CPUs when the run ended.',
    valueOf: ({ blocksListed }) => blocksListed,
  },
]

/** True when the runs that have a result do not all have the same value. */
export function differs(metric: Metric, runs: readonly RunSummary[]): boolean {
  const values = new Set(runs.map(metric.valueOf).filter((value) => value !== undefined))
  return values.size > 1
}
