import { formatCount } from './format.ts'

const PER_CENT_DIGITS = 1
/** What is less is not shown as 0 per cent. */
const LEAST_PER_CENT = 0.1

/** How a count differs from another one, with its sign and as a share of it: `−7 (−0.7 %)`, `+992`, or `same`. */
export function formatDifference(count: number, from: number): string {
  const difference = count - from
  if (difference === 0) return 'same'
  const sign = difference > 0 ? '+' : '−'
  const absolute = `${sign}${formatCount(Math.abs(difference))}`
  // Nothing is a share of 0
  if (from === 0) return absolute
  const perCent = Math.abs(difference / from) * 100
  if (perCent < LEAST_PER_CENT) return `${absolute} (under ${LEAST_PER_CENT} %)`
  const share = perCent >= 100 ? formatCount(Math.round(perCent)) : perCent.toFixed(PER_CENT_DIGITS)
  return `${absolute} (${sign}${share} %)`
}
