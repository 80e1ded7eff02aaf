const INTERVALS_MAX = 6

/** Round whole numbers from 0 up to `maximum`: counts have no fractions. */
export function roundTicks(maximum: number): number[] {
  const step = roundStep(Math.max(1, maximum))
  return Array.from({ length: Math.floor(maximum / step) + 1 }, (_, index) => index * step)
}

/** The same, with a last tick at or above `maximum`, and never zero only. */
export function roundAxis(maximum: number): number[] {
  const step = roundStep(Math.max(1, maximum))
  return Array.from({ length: Math.max(1, Math.ceil(maximum / step)) + 1 }, (_, index) => index * step)
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that cuts the axis into few intervals. */
function roundStep(maximum: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(maximum / INTERVALS_MAX)))
  const steps = [1, 2, 2.5, 5, 10].map((factor) => factor * power).filter(Number.isInteger)
  return steps.find((step) => maximum / step <= INTERVALS_MAX) ?? 10 * power
}
