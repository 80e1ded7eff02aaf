import { normalAbove } from './normal.ts'
import type { Sample } from './summary.ts'
import { signedRanks, type SignedRanks } from './ranks.ts'

/** From so many pairs that differ on, the normal approximation takes the place of the exact distribution. */
export const EXACT_PAIRS_BELOW = 50

export interface Wilcoxon {
  /** Two-sided. */
  readonly p: number
  readonly method: 'exact' | 'normal'
  readonly ranks: SignedRanks
  /** Matched-pairs rank-biserial correlation (Kerby 2014): 1 when all that differ are positive, -1 when all are negative. */
  readonly effect: number
}

/**
 * The signed-rank test of paired differences; `undefined` when no pair differs. Zeros are left out and ties share their mean
 * rank. Below 50 pairs the distribution is exact also with ties: that of all 2^n ways to give the ranks at hand their signs.
 * From 50 pairs on it is the normal one, with corrections for ties and continuity.
 */
export function wilcoxon(differences: Sample): Wilcoxon | undefined {
  const ranks = signedRanks(differences)
  if (ranks.pairs === 0) return undefined
  const method = ranks.pairs < EXACT_PAIRS_BELOW ? 'exact' : 'normal'
  const p = method === 'exact' ? exactP(ranks) : normalP(ranks)
  return { p, method, ranks, effect: (ranks.positive - ranks.negative) / (ranks.positive + ranks.negative) }
}

/** Twice the share of sign assignments whose positive rank sum is as small as the smaller of the two, at most 1. */
function exactP({ positive, negative, ties }: SignedRanks): number {
  // Mean ranks are whole when doubled. Counts reach 2^49, which a number holds exactly
  const smaller = 2 * Math.min(positive, negative)
  const ways = new Float64Array(2 * (positive + negative) + 1)
  ways[0] = 1
  let reached = 0
  let ranked = 0
  let pairs = 0
  for (const tied of ties) {
    const rank = 2 * ranked + tied + 1
    for (let each = 0; each < tied; each += 1) {
      reached += rank
      for (let sum = reached; sum >= rank; sum -= 1) ways[sum] = (ways[sum] as number) + (ways[sum - rank] as number)
    }
    ranked += tied
    pairs += tied
  }
  const asSmall = ways.subarray(0, smaller + 1).reduce((sum, count) => sum + count, 0)
  return Math.min(1, (2 * asSmall) / 2 ** pairs)
}

function normalP({ positive, negative, pairs, ties }: SignedRanks): number {
  const tieLoss = ties.reduce((sum, tied) => sum + tied ** 3 - tied, 0) / 48
  const sd = Math.sqrt((pairs * (pairs + 1) * (2 * pairs + 1)) / 24 - tieLoss)
  const distance = Math.abs(positive - negative) / 2
  return Math.min(1, 2 * normalAbove(Math.max(0, distance - 0.5) / sd))
}
