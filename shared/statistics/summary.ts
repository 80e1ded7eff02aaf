export type Sample = readonly number[] | Float64Array

/** What a sample is described by; quantiles interpolate between neighbours (type 7 of Hyndman and Fan, 1996). */
export interface Summary {
  readonly n: number
  readonly min: number
  /** A twentieth of the sample is below. */
  readonly p5: number
  readonly q1: number
  readonly median: number
  readonly mean: number
  readonly q3: number
  readonly p95: number
  readonly max: number
  /** Of a sample, with n - 1; 0 for a single value. */
  readonly sd: number
}

/** `undefined` for an empty sample. The sample stays as it is. */
export function summaryOf(sample: Sample): Summary | undefined {
  const n = sample.length
  if (n === 0) return undefined
  const sorted = Float64Array.from(sample).sort()
  const at = (share: number): number => quantileOfSorted(sorted, share)
  return {
    ...{ n, min: at(0), p5: at(0.05), q1: at(0.25), median: at(0.5), q3: at(0.75), p95: at(0.95), max: at(1) },
    ...{ mean: meanOf(sorted), sd: sdOf(sorted) },
  }
}

/** The quantile for `share` from 0 to 1 of an ascending sample that is not empty. */
export function quantileOfSorted(sorted: Sample, share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? NaN
  const above = sorted[Math.ceil(place)] ?? NaN
  return below + (above - below) * (place - Math.floor(place))
}

export function meanOf(sample: Sample): number {
  let sum = 0
  for (const value of sample) sum += value
  return sum / sample.length
}

/** Standard deviation with n - 1, in two passes: large values that differ little keep their digits. */
export function sdOf(sample: Sample): number {
  if (sample.length < 2) return 0
  const mean = meanOf(sample)
  let squares = 0
  for (const value of sample) squares += (value - mean) ** 2
  return Math.sqrt(squares / (sample.length - 1))
}
