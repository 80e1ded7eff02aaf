/** The one place that turns figures into text for people. Machine-readable output never passes through here. */

const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const MINUS = '\u2212'

/** What stands between groups of three digits, by the name of the choice. */
export const DIGIT_GROUPINGS = { comma: ',', space: '\u202f', none: '' } as const
export type DigitGrouping = keyof typeof DIGIT_GROUPINGS

let grouping = (): DigitGrouping => 'comma'

/** Asks `read` from now on how digits are grouped: the window follows a setting, and nothing else does. */
export function groupDigitsBy(read: () => DigitGrouping): void {
  grouping = read
}

/** 126000 -> `126,000`; negative numbers carry a real minus sign. */
export function formatCount(value: number): string {
  return grouped(integers.format(value).replace('-', MINUS))
}

const ORDINAL_SUFFIXES: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'st', two: 'nd', few: 'rd' }
const ordinalRules = new Intl.PluralRules('en', { type: 'ordinal' })

/** "1st", "2nd", "1,003rd". */
export function formatOrdinal(value: number): string {
  return `${formatCount(value)}${ORDINAL_SUFFIXES[ordinalRules.select(value)] ?? 'th'}`
}

/** 1014.25 with one digit -> `1,014.3`. */
export function formatDecimal(value: number, digits: number): string {
  const text = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return grouped(text.replace('-', MINUS))
}

function grouped(text: string): string {
  const sign = DIGIT_GROUPINGS[grouping()]
  return sign === ',' ? text : text.replaceAll(',', sign)
}

/** A difference in its own column: `+80`, `−7`, `same`. */
export function formatDelta(value: number): string {
  if (value === 0) return 'same'
  return value > 0 ? `+${formatCount(value)}` : formatCount(value)
}

/** A size given in pages of 4 KiB, in the largest unit that keeps it a short number: `32 TiB`, `4 MiB`, `12 KiB`. */
export function formatPages(pages: number): string {
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']
  let value = pages * 4
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = Number.isInteger(value) ? 0 : 1
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`
}

/** A span of time for people: `3 ms`, `1.4 s`, `2 min 5 s`. */
export function formatDuration(elapsedMs: number): string {
  if (elapsedMs < 1000) return `${Math.round(elapsedMs)} ms`
  const seconds = elapsedMs / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  return `${formatCount(minutes)} min ${Math.round(seconds - minutes * 60)} s`
}

/** `2026-11-23 14:05`, local time. */
export function formatTime(epochMs: number): string {
  const time = new Date(epochMs)
  const two = (part: number): string => String(part).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`
}

/** `one`, `two`, … up to twelve, then figures: numbers inside a sentence. */
export function formatSmallNumber(value: number): string {
  const words = [
    'no',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ]
  return words[value] ?? formatCount(value)
}

/** `1 block`, `2 blocks`. */
export function formatQuantity(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : plural}`
}

const BYTE_UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

/** `90.1 MB`: as file managers count, in thousands. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[unit] ?? ''}`
}
