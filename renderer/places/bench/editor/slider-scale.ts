import type { NumberRange } from '../../../components/number-text.ts'

/** Positions of a slider, from 0. */
export const POSITIONS = 1000

/** Ranges that are longer, and begin near 0, are logarithmic: a thousand is as easy to reach as a million. */
const LINEAR_MAX = 1000
const RATIO_MIN = 100
/** Values of a logarithmic slider are round. */
const DIGITS = 2

function isLogarithmic({ min, max }: NumberRange): boolean {
  return min >= 0 && max - min > LINEAR_MAX && max > min * RATIO_MIN
}

export function positionOf(value: number, range: NumberRange): number {
  const { min, max } = range
  if (max === min) return 0
  const share = isLogarithmic(range) ? Math.log1p(value - min) / Math.log1p(max - min) : (value - min) / (max - min)
  return Math.round(share * POSITIONS)
}

export function valueAt(position: number, range: NumberRange): number {
  const { min, max } = range
  if (position >= POSITIONS) return max
  if (position <= 0) return min
  const share = position / POSITIONS
  if (!isLogarithmic(range)) return Math.round(min + share * (max - min))
  const exact = min + Math.expm1(share * Math.log1p(max - min))
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, exact))) + 1 - DIGITS)
  return Math.min(max, Math.max(min, Math.round(exact / unit) * unit))
}

/** The next value up or down by keyboard: at least one further, and as far as `positions` of the slider. */
export function steppedValue(value: number, positions: number, range: NumberRange): number {
  const { min, max } = range
  const there = valueAt(Math.min(POSITIONS, Math.max(0, positionOf(value, range) + positions)), range)
  const next = positions > 0 ? Math.max(value + 1, there) : Math.min(value - 1, there)
  return Math.min(max, Math.max(min, next))
}
