import { meanInterval, type MeanInterval } from './interval.ts'
import { meanOf, type Sample } from './summary.ts'
import { wilcoxon, type Wilcoxon } from './wilcoxon.ts'

/** How many pairs have the first below, equal to and above the second. */
export interface Shares {
  readonly below: number
  readonly equal: number
  readonly above: number
}

/**
 * What two samples of the same seeds say of each other. `constant`: every pair differs by the same amount, so there is nothing
 * to estimate and no p value, but the exact difference.
 */
export type PairedComparison =
  | { readonly kind: 'constant'; readonly pairs: number; readonly difference: number; readonly shares: Shares }
  | {
      readonly kind: 'varying'
      readonly pairs: number
      readonly meanDifference: number
      readonly interval: MeanInterval
      readonly shares: Shares
      readonly test: Wilcoxon
    }

/** first - second, pair by pair. @throws {RangeError} when they are not of equal length. */
export function differencesOf(first: Sample, second: Sample): Float64Array {
  if (first.length !== second.length) {
    throw new RangeError(`Samples of ${first.length} and ${second.length} values are not paired.`)
  }
  return Float64Array.from({ length: first.length }, (_, pair) => (first[pair] as number) - (second[pair] as number))
}

/** `word` answers random 32-bit words for the interval; `undefined` for samples without pairs. */
export function comparePairs(differences: Float64Array, word: () => number): PairedComparison | undefined {
  const pairs = differences.length
  const [first] = differences
  if (first === undefined) return undefined
  const shares = sharesOf(differences)
  const test = differences.every((difference) => difference === first) ? undefined : wilcoxon(differences)
  if (test === undefined) return { kind: 'constant', pairs, difference: first, shares }
  const interval = meanInterval(differences, word)
  return { kind: 'varying', pairs, meanDifference: meanOf(differences), interval, shares, test }
}

function sharesOf(differences: Float64Array): Shares {
  let below = 0
  let above = 0
  for (const difference of differences) {
    if (difference < 0) below += 1
    else if (difference > 0) above += 1
  }
  return { below, equal: differences.length - below - above, above }
}
