import type { Sample } from './summary.ts'

/** Bars a histogram has at most. */
export const BINS_MAX = 60

/** Whole numbers counted in bars of equal width. */
export interface Bins {
  /** First value of the first bar. */
  readonly start: number
  /** Whole numbers a bar covers: 1, 2 or 5 times a power of ten. */
  readonly width: number
  readonly counts: readonly number[]
}

/** Bars of the same width over the same values for all samples of whole numbers together; `undefined` when all are empty. */
export function binsOf(samples: readonly Sample[], binsMax = BINS_MAX): readonly Bins[] | undefined {
  const range = rangeOf(samples)
  if (range === undefined) return undefined
  const width = widthFor(range.max - range.min + 1, binsMax)
  const start = Math.floor(range.min / width) * width
  const bars = Math.floor((range.max - start) / width) + 1
  return samples.map((sample) => {
    const counts = new Array<number>(bars).fill(0)
    for (const value of sample) {
      const bar = Math.floor((value - start) / width)
      counts[bar] = (counts[bar] ?? 0) + 1
    }
    return { start, width, counts }
  })
}

function rangeOf(samples: readonly Sample[]): { readonly min: number; readonly max: number } | undefined {
  let min = Infinity
  let max = -Infinity
  for (const sample of samples) {
    for (const value of sample) {
      min = Math.min(min, value)
      max = Math.max(max, value)
    }
  }
  return min > max ? undefined : { min, max }
}

/** The smallest 1, 2 or 5 times a power of ten of which `binsMax` cover `values` wherever the first one starts. */
function widthFor(values: number, binsMax: number): number {
  for (let power = 1; ; power *= 10) {
    for (const width of [power, 2 * power, 5 * power]) {
      if ((values - 1) / width + (width === 1 ? 1 : 2) <= binsMax) return width
    }
  }
}

/** [value, share of the sample that is not above it], ascending, each value once. */
export type EcdfStep = readonly [value: number, share: number]

/** The empirical distribution function. */
export function ecdfOf(sample: Sample): readonly EcdfStep[] {
  const sorted = Float64Array.from(sample).sort()
  const steps: EcdfStep[] = []
  sorted.forEach((value, place) => {
    if (value !== sorted[place + 1]) steps.push([value, (place + 1) / sorted.length])
  })
  return steps
}
