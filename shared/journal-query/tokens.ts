import { COMPARISONS, QuerySyntaxError, type Comparison, type Span } from './query.ts'

export type Token = Span &
  (
    | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' }
    | { readonly kind: 'comparison'; readonly comparison: Comparison }
    | { readonly kind: 'word' | 'quoted'; readonly text: string }
  )

const KEYWORDS: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
])
/** What may stand before a comparison; in other words its signs are letters like any other, as in `p->next`. */
const FIELD_NAME = /^[A-Za-z_][\w.]*$/
/** The longest first, so that `<=` is not read as `<`. */
const SIGNS = COMPARISONS.toSorted((left, right) => right.length - left.length)

/** The parts of a query in order. @throws {QuerySyntaxError} */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < query.length) {
    if (isSpace(query.charAt(at))) {
      at += 1
      continue
    }
    const token = tokenAt(query, at, tokens.at(-1))
    tokens.push(token)
    at = token.to
  }
  return tokens
}

function tokenAt(query: string, from: number, before: Token | undefined): Token {
  const sign = query.charAt(from)
  if (sign === '"') return quotedAt(query, from)
  if (before?.kind === 'comparison' && sign !== ')') return wordAt(query, from, true)
  if (sign === '(') return { kind: 'open', from, to: from + 1 }
  if (sign === ')') return { kind: 'close', from, to: from + 1 }
  if (sign === '-' && /[^\s)]/.test(query.charAt(from + 1))) return { kind: 'not', from, to: from + 1 }
  const comparison = comparisonAt(query, from)
  if (comparison !== undefined) return { kind: 'comparison', comparison, from, to: from + comparison.length }
  return wordAt(query, from, false)
}

/** Two quotes within quotes stand for one. */
function quotedAt(query: string, from: number): Token {
  let text = ''
  for (let at = from + 1; at < query.length; at += 1) {
    const sign = query.charAt(at)
    if (sign !== '"') text += sign
    else if (query.charAt(at + 1) !== '"') return { kind: 'quoted', text, from, to: at + 1 }
    else {
      text += sign
      at += 1
    }
  }
  throw new QuerySyntaxError('This quote is not closed. Add " at the end of the words.', { from, to: query.length })
}

/** A word ends at white space, at a parenthesis that was not opened in it, and, unless it is a value, after a field's name. */
function wordAt(query: string, from: number, isValue: boolean): Token {
  let depth = 0
  let at = from
  for (; at < query.length; at += 1) {
    const sign = query.charAt(at)
    if (isSpace(sign)) break
    if (sign === '(') depth += 1
    if (sign === ')' && --depth < 0) break
    if (!isValue && comparisonAt(query, at) !== undefined && FIELD_NAME.test(query.slice(from, at))) break
  }
  const span = { from, to: at }
  const text = query.slice(from, at)
  const keyword = isValue ? undefined : KEYWORDS.get(text)
  return keyword === undefined ? { kind: 'word', text, ...span } : { kind: keyword, ...span }
}

function comparisonAt(query: string, at: number): Comparison | undefined {
  return SIGNS.find((sign) => query.startsWith(sign, at))
}

function isSpace(sign: string): boolean {
  return /[\s\p{Cc}]/u.test(sign)
}
