import { performance } from 'node:perf_hooks'

/** Rounds of one measurement go on for as long as this, at least one. Peer and lab have the same. */
export const BUDGET_MS = 300
const WARM_UP_MS = 200

/**
 * The shortest of at most `rounds` rounds, in milliseconds: the one that other work on the machine disturbed least. As many
 * rounds before, that nobody times, let the compiler settle. What `prepare` does is not timed.
 */
export function bestMs(prepare: () => () => void, rounds = Infinity): number {
  const warmAtMs = performance.now() + WARM_UP_MS
  for (let round = 0; performance.now() < warmAtMs && round < rounds; round += 1) prepare()()
  let best = Infinity
  for (let spent = 0, round = 0; spent < BUDGET_MS && round < rounds; round += 1) {
    const work = prepare()
    const startedMs = performance.now()
    work()
    const elapsedMs = performance.now() - startedMs
    spent += elapsedMs
    best = Math.min(best, elapsedMs)
  }
  return best
}

export function perSecond(pairs: number, elapsedMs: number): number {
  return Math.round((pairs / elapsedMs) * 1000)
}
