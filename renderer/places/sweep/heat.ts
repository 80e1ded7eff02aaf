import { formatDecimal } from '../../../shared/format.ts'

/** Where a value stands between the lowest and the highest on a log scale, 0 to 1; 0 where all are alike. */
export function heatShare(value: number, values: readonly number[]): number {
  const scale = (of: number): number => Math.log1p(Math.max(0, of))
  const low = Math.min(...values.map(scale))
  const high = Math.max(...values.map(scale))
  return high === low ? 0 : (scale(value) - low) / (high - low)
}

/** `979`, `2.7`, `1,150`: short enough for a cell. */
export function heatText(value: number): string {
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0
  return formatDecimal(value, digits)
}

/** Ink in a cell's ground, in per cent. What lies between the two ranges leaves no text on it readable in both themes. */
const LIGHT_GROUND = [6, 38] as const
const DARK_GROUND = [60, 92] as const

/** The ground for a share, and whether its figures are those of a dark ground. */
export function heatGround(share: number): { readonly inkPercent: number; readonly isDark: boolean } {
  const isDark = share > 0.5
  const [low, high] = isDark ? DARK_GROUND : LIGHT_GROUND
  return { inkPercent: Math.round(low + (high - low) * (isDark ? 2 * share - 1 : 2 * share)), isDark }
}
