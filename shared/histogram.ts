/** [first value, last value, how often each of these values came]. */
export type ValueRange = readonly [firstValue: number, lastValue: number, countOfEach: number]

/** How often each whole number came. */
export interface Histogram {
  /** Ascending; neighbours with equal counts are one range, values that never came are in none. At most `HISTOGRAM_RANGES_MAX`. */
  readonly ranges: readonly ValueRange[]
  /** The largest values taken together, where telling them apart would take more ranges; otherwise absent, and all is exact. */
  readonly remainder?: HistogramRemainder
}

export interface HistogramRemainder {
  /** Smallest and largest value that came. */
  readonly firstValue: number
  readonly lastValue: number
  /** How often values from `firstValue` on came in all. */
  readonly count: number
}

/** A histogram that needs more ranges than this is exact for its smaller values only. */
export const HISTOGRAM_RANGES_MAX = 65_536

/** Between these two a quantile lies; they are the same number unless it falls into a histogram's remainder. */
export interface Quantile {
  readonly lowest: number
  readonly highest: number
}

export function totalCount({ ranges, remainder }: Histogram): number {
  const exact = ranges.reduce((sum, [first, last, count]) => sum + (last - first + 1) * count, 0)
  return exact + (remainder?.count ?? 0)
}

/** The smallest value that at least `share` (above 0, at most 1) of all are not above; `undefined` when nothing came. */
export function quantile(histogram: Histogram, share: number): Quantile | undefined {
  const needed = Math.max(1, Math.ceil(totalCount(histogram) * share))
  let passed = 0
  for (const [first, last, count] of histogram.ranges) {
    const values = Math.ceil((needed - passed) / count)
    if (first + values - 1 <= last) return { lowest: first + values - 1, highest: first + values - 1 }
    passed += (last - first + 1) * count
  }
  const { remainder } = histogram
  return remainder && { lowest: remainder.firstValue, highest: remainder.lastValue }
}

/** The largest value that came; `undefined` when nothing did. */
export function largestValue({ ranges, remainder }: Histogram): number | undefined {
  return remainder?.lastValue ?? ranges.at(-1)?.[1]
}
