import type { MeasuredRuns } from './sweep-messages.ts'
import type { PointEnd } from './sweep-points.ts'

/** Longest time for one measured run; what takes longer is carried on in proportion to its operations, where those are known. */
const RUN_MS_MAX = 400
/** Time for all, after which no further run is begun. */
const ALL_MS = 900

/** What measuring needs: a run that ends when it is told to. */
export interface Measurable {
  /** Makes a run, which ends by itself or after `limitMs`. */
  readonly make: (index: number, limitMs: number) => PointEnd
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number
}

/**
 * Times the runs at `indexes`. A first round, which is slow while the compiler settles, only counts for runs that no later round
 * reaches.
 */
export function measureRuns(indexes: readonly number[], { make, clock }: Measurable): MeasuredRuns {
  const latest = new Map<number, { readonly ms: number; readonly atLeast: boolean }>()
  const untilMs = clock() + ALL_MS
  let timed = 0
  for (let round = 0; clock() < untilMs; round += 1) {
    for (const index of indexes) {
      if (timed > 0 && clock() >= untilMs) break
      const startedMs = clock()
      const end = make(index, RUN_MS_MAX)
      latest.set(index, wholeRun(end, clock() - startedMs))
      timed += 1
    }
  }
  const measured = [...latest.values()]
  const runMs = measured.reduce((sum, { ms }) => sum + ms, 0) / measured.length
  return { runMs, atLeast: measured.some(({ atLeast }) => atLeast), timed }
}

function wholeRun(end: PointEnd, elapsedMs: number): { readonly ms: number; readonly atLeast: boolean } {
  if (end.kind === 'finished') return { ms: elapsedMs, atLeast: false }
  const { operations, operationsTotal } = end
  if (operationsTotal === undefined || operations === 0) return { ms: elapsedMs, atLeast: true }
  return { ms: (elapsedMs * operationsTotal) / operations, atLeast: false }
}
