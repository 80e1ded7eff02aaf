import type { Sample } from './summary.ts'

/** Signed ranks of paired differences. */
export interface SignedRanks {
  /** Differences that are not 0. */
  readonly pairs: number
  /** Differences of 0, which have no sign and are left out. */
  readonly zeros: number
  /** Rank sums of the positive and of the negative differences; ties share the mean of their ranks. */
  readonly positive: number
  readonly negative: number
  /** How many absolute differences are tied, for each group of equals; groups of one included. */
  readonly ties: readonly number[]
}

/** Ranks absolute differences from 1; zeros are left out before (Wilcoxon 1945). */
export function signedRanks(differences: Sample): SignedRanks {
  const nonZero = Float64Array.from(differences).filter((difference) => difference !== 0)
  const sorted = nonZero.sort((left, right) => Math.abs(left) - Math.abs(right))
  const ties: number[] = []
  let positive = 0
  let negative = 0
  for (let start = 0; start < sorted.length;) {
    const size = Math.abs(sorted[start] as number)
    let end = start
    let above = 0
    for (; end < sorted.length && Math.abs(sorted[end] as number) === size; end += 1) {
      if ((sorted[end] as number) > 0) above += 1
    }
    const rank = (start + 1 + end) / 2
    positive += rank * above
    negative += rank * (end - start - above)
    ties.push(end - start)
    start = end
  }
  return { pairs: sorted.length, zeros: differences.length - sorted.length, positive, negative, ties }
}
