/** Where the series needs fewer steps than the continued fraction. */
const SERIES_MAX = 3
const FRACTION_STEPS = 200

/**
 * The share of a standard normal distribution above z >= 0, to about 14 digits also far out: a power series near 0, the
 * continued fraction of Laplace beyond (Abramowitz and Stegun 26.2.11 and 26.2.14).
 */
export function normalAbove(z: number): number {
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
  if (z > SERIES_MAX) return density / fraction(z)
  let term = z
  let sum = z
  for (let step = 1; Math.abs(term) > Number.EPSILON * Math.abs(sum); step += 1) {
    term *= (z * z) / (2 * step + 1)
    sum += term
  }
  return 0.5 - density * sum
}

function fraction(z: number): number {
  let value = z
  for (let step = FRACTION_STEPS; step > 0; step -= 1) value = z + step / value
  return value
}

/** The z with a share of 0.025 above it. */
export const NORMAL_975 = 1.959_963_984_540_054
