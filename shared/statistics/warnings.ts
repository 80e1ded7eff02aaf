import { formatQuantity } from '../format.ts'

/** Below so many pairs that differ, a two-sided signed-rank test cannot reach 5 % whatever they are: 2 / 2^5 is more. */
export const PAIRS_FOR_TEST = 6
/** Below so many, a percentile bootstrap is too narrow by some per cent (Efron and Tibshirani 1993, chapter 14). */
export const PAIRS_FOR_INTERVAL = 20

/** What a reader must know of so few seeds, in words; empty when there are enough. */
export function seedWarnings(seeds: number, usesSeed: boolean): readonly string[] {
  if (!usesSeed) {
    return ['The scenario does not use its seed: every seed gives the same run, and differences are exact.']
  }
  if (seeds === 1) return ['One seed says nothing about others. Take at least 20.']
  if (seeds < PAIRS_FOR_TEST) {
    return [
      `${formatQuantity(seeds, 'seed')}: no test can reach p = 0.05 with fewer than ${PAIRS_FOR_TEST}, and intervals mean little. Take at least ${PAIRS_FOR_INTERVAL}.`,
    ]
  }
  if (seeds < PAIRS_FOR_INTERVAL) {
    return [`${formatQuantity(seeds, 'seed')}: intervals are rough. Take at least ${PAIRS_FOR_INTERVAL}.`]
  }
  return []
}
