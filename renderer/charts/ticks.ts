/** A round step that cuts 0..max into at most `intervals` parts: 1, 2, 2.5 or 5 times a power of ten, never below 1. */
export function roundStep(max: number, intervals: number): number {
  const rough = Math.max(max, 1) / intervals
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * (1 - 1e-9))
  const found = step ?? 10 * power
  return Number.isInteger(found) ? found : Math.max(1, Math.ceil(found))
}

/** The multiples of a step from `low` to `high`. */
export function roundValues(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step)
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, i) => (first + i) * step)
}

export interface CountAxis {
  readonly max: number
  readonly step: number
}

/** An axis of counts: from 0 to the lowest end at or above `max` that three to five round steps reach. */
export function countAxis(max: number): CountAxis {
  const axes = [4, 3, 5].map((intervals) => {
    const step = roundStep(max, intervals)
    return { max: Math.max(1, Math.ceil(max / step)) * step, step }
  })
  return axes.reduce((best, axis) => (axis.max < best.max ? axis : best))
}
