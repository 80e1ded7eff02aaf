import { NORMAL_975 } from './normal.ts'
import { meanOf, quantileOfSorted, sdOf } from './summary.ts'

/** Samples drawn with replacement. */
export const RESAMPLES = 2000
/** Of larger samples the mean is normal to all digits shown, and drawing them takes seconds. */
export const BOOTSTRAP_VALUES_MAX = 10_000

/** A 95 % interval of a mean. */
export interface MeanInterval {
  readonly low: number
  readonly high: number
  readonly method: 'bootstrap' | 'normal'
}

/**
 * The percentile bootstrap (Efron 1979) of a mean; above `BOOTSTRAP_VALUES_MAX` values the normal interval. `word` answers
 * random 32-bit words: the same words give the same interval.
 */
export function meanInterval(sample: Float64Array, word: () => number): MeanInterval {
  if (sample.length > BOOTSTRAP_VALUES_MAX) return normalInterval(sample)
  const means = new Float64Array(RESAMPLES)
  for (let resample = 0; resample < RESAMPLES; resample += 1) means[resample] = resampledMean(sample, word)
  means.sort()
  return { low: quantileOfSorted(means, 0.025), high: quantileOfSorted(means, 0.975), method: 'bootstrap' }
}

/** The share of a word chooses the value; with 10,000 values at most the choice is even to three parts in a million. */
function resampledMean(sample: Float64Array, word: () => number): number {
  const { length } = sample
  let sum = 0
  for (let drawn = 0; drawn < length; drawn += 1) {
    sum += sample[Math.floor(((word() >>> 0) / 0x1_0000_0000) * length)] as number
  }
  return sum / length
}

function normalInterval(sample: Float64Array): MeanInterval {
  const mean = meanOf(sample)
  const half = (NORMAL_975 * sdOf(sample)) / Math.sqrt(sample.length)
  return { low: mean - half, high: mean + half, method: 'normal' }
}
