import type { RunStatus } from '../run.ts'
import type { QueryField } from './fields.ts'
import { QuerySyntaxError, type Comparison, type QueryValue, type Span, type TimeSpan } from './query.ts'

export const STATUSES = [
  'running',
  'finished',
  'cancelled',
  'interrupted',
  'failed',
] as const satisfies readonly RunStatus[]

const YES_NO: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['true', true],
  ['no', false],
  ['false', false],
])

const ORDERED: readonly Comparison[] = ['<', '<=', '>', '>=']

/** The value that a field is compared with. @throws {QuerySyntaxError} */
export function valueOf(field: QueryField, comparison: Comparison, text: string, span: Span): QueryValue {
  const refuse = (message: string): never => {
    throw new QuerySyntaxError(message, span)
  }
  switch (field.kind) {
    case 'words':
      if (comparison !== ':')
        refuse(`${field.name} is searched by words. Write ${field.name}:word or ${field.name}:"two words".`)
      return { kind: 'text', text }
    case 'text':
      if (ORDERED.includes(comparison))
        refuse(`${field.name} has no order. Use : for a part of it, = for all of it, or !=.`)
      if (field.name === 'status' && !STATUSES.some((status) => status.includes(text.toLowerCase()))) {
        refuse(`There is no status "${text}". Write one of ${STATUSES.join(', ')}.`)
      }
      return { kind: 'text', text }
    case 'yes-no': {
      const yes = YES_NO.get(text.toLowerCase())
      if (yes === undefined || ORDERED.includes(comparison))
        return refuse(`${field.name} is yes or no. Write ${field.name}:yes or ${field.name}:no.`)
      return { kind: 'yes-no', yes }
    }
    case 'time':
      return {
        kind: 'time',
        time:
          timeSpanOf(text) ??
          refuse(`"${text}" is no date. Write a year, month or day, such as 2026, 2026-11 or 2026-11-23.`),
      }
    case 'number':
    case 'count':
    case 'parameter':
      return {
        kind: 'number',
        number: numberOf(text) ?? refuse(`"${text}" is no number. Write digits, such as 1000 or 1,000.`),
      }
  }
}

/** A number with or without thousands separators. */
function numberOf(text: string): number | undefined {
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text
  return /^-?(\d+(\.\d+)?|\.\d+)$/.test(plain) ? Number(plain) : undefined
}

/** Local time, as dates are shown. */
function timeSpanOf(text: string): TimeSpan | undefined {
  const [whole, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? []
  if (whole === undefined) return undefined
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)]
  const first = new Date(y, m, d)
  // 2026-02-31 would be a day of March
  if (first.getMonth() !== m || first.getDate() !== d) return undefined
  const next = day !== undefined ? new Date(y, m, d + 1) : month !== undefined ? new Date(y, m + 1) : new Date(y + 1, 0)
  return { fromMs: first.getTime(), toMs: next.getTime() }
}
