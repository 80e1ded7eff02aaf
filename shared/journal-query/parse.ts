import { fieldOf, PARAMETER_PREFIX, similarField } from './fields.ts'
import {
  QUERY_DEPTH_MAX,
  QUERY_LENGTH_MAX,
  QuerySyntaxError,
  type ParsedQuery,
  type QueryNode,
  type Span,
} from './query.ts'
import { tokensOf, type Token } from './tokens.ts'
import { valueOf } from './values.ts'

/** Reads a query. It never throws, whatever the text; a query without conditions is one too. */
export function parseQuery(query: string): ParsedQuery {
  try {
    if (query.length > QUERY_LENGTH_MAX) {
      throw new QuerySyntaxError(
        `The query has ${query.length} characters; at most ${QUERY_LENGTH_MAX} are accepted (QUERY_LENGTH_MAX). Shorten it.`,
        { from: QUERY_LENGTH_MAX, to: query.length },
      )
    }
    const node = new Parser(tokensOf(query)).whole()
    return node === undefined ? { ok: true } : { ok: true, node }
  } catch (error) {
    if (error instanceof QuerySyntaxError) return { ok: false, problem: error.problem }
    throw error
  }
}

const KEYWORD = { and: 'AND', or: 'OR', not: 'NOT' } as const

/** Recursive descent: OR binds less than AND, written or not, and that less than NOT. */
class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): QueryNode | undefined {
    if (this.#tokens.length === 0) return undefined
    const node = this.#alternatives()
    const rest = this.#next
    // Only a closing parenthesis ends the alternatives before the end
    if (rest !== undefined)
      throw new QuerySyntaxError('This parenthesis closes none. Take it out, or add ( before.', rest)
    return node
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#at]
  }

  #alternatives(): QueryNode {
    const parts = [this.#conditions()]
    while (this.#next?.kind === 'or') {
      this.#at += 1
      parts.push(this.#conditions())
    }
    return joined('or', parts)
  }

  #conditions(): QueryNode {
    const parts = [this.#condition()]
    for (;;) {
      const next = this.#next
      if (next === undefined || next.kind === 'or' || next.kind === 'close') return joined('and', parts)
      if (next.kind === 'and') this.#at += 1
      parts.push(this.#condition())
    }
  }

  #condition(): QueryNode {
    const token = this.#next
    const before = this.#tokens[this.#at - 1]
    if (token === undefined) throw missing(before, before)
    this.#at += 1
    switch (token.kind) {
      case 'not':
        return this.#within(token, () => {
          const part = this.#condition()
          return { kind: 'not', part, from: token.from, to: part.to }
        })
      case 'open':
        return this.#within(token, () => this.#group(token))
      case 'word':
      case 'quoted':
        return this.#next?.kind === 'comparison' ? this.#comparison(token) : this.#words(token)
      case 'comparison':
        throw new QuerySyntaxError(
          `${token.comparison} needs a field before it, such as seed${token.comparison}1. Put it in quotes to search for it.`,
          token,
        )
      case 'and':
      case 'or':
      case 'close':
        throw missing(before, token)
    }
  }

  #group(open: Token): QueryNode {
    if (this.#next?.kind === 'close') {
      throw new QuerySyntaxError('These parentheses are empty. Put a condition in them, or take them out.', {
        from: open.from,
        to: this.#next.to,
      })
    }
    const inner = this.#alternatives()
    const close = this.#next
    if (close?.kind !== 'close') throw new QuerySyntaxError('This parenthesis is not closed. Add ).', open)
    this.#at += 1
    return { ...inner, from: open.from, to: close.to }
  }

  #words(token: Token & { readonly text: string }): QueryNode {
    const isLast = token === this.#tokens.at(-1)
    const isBeginning = token.kind === 'word' && (isLast || token.text.endsWith('*'))
    return { kind: 'words', text: token.text, isBeginning, from: token.from, to: token.to }
  }

  #comparison(name: Token & { readonly text: string }): QueryNode {
    const sign = this.#next
    if (sign?.kind !== 'comparison') throw new Error('A comparison was looked for where there is none.')
    this.#at += 1
    const field = name.kind === 'word' ? fieldOf(name.text) : undefined
    if (field === undefined) throw new QuerySyntaxError(unknownField(name.text), name)
    const value = this.#next
    if (value?.kind !== 'word' && value?.kind !== 'quoted') {
      throw new QuerySyntaxError(`A value is missing after ${name.text}${sign.comparison}. Write it here.`, sign)
    }
    this.#at += 1
    const { comparison } = sign
    if (value.kind === 'word' && value.text.startsWith('(')) {
      throw new QuerySyntaxError(
        `Parentheses group whole conditions, as in (${name.text}${comparison}a OR ${name.text}${comparison}b).`,
        value,
      )
    }
    const span: Span = { from: name.from, to: value.to }
    return { kind: 'comparison', field, comparison, value: valueOf(field, comparison, value.text, value), ...span }
  }

  #within(token: Token, read: () => QueryNode): QueryNode {
    this.#depth += 1
    if (this.#depth > QUERY_DEPTH_MAX) {
      throw new QuerySyntaxError(
        `More than ${QUERY_DEPTH_MAX} parentheses and NOTs stand within one another (QUERY_DEPTH_MAX). Use fewer.`,
        token,
      )
    }
    const node = read()
    this.#depth -= 1
    return node
  }
}

function joined(kind: 'and' | 'or', parts: readonly QueryNode[]): QueryNode {
  const [first] = parts
  const last = parts.at(-1)
  if (first === undefined || last === undefined) throw new Error(`There is nothing to join by ${kind}.`)
  return parts.length === 1 ? first : { kind, parts, from: first.from, to: last.to }
}

/** A condition is missing before `token`, or at the end when that is the last one. */
function missing(before: Token | undefined, token: Token | undefined): QuerySyntaxError {
  const span = token ?? { from: 0, to: 0 }
  if (before !== undefined && (before.kind === 'and' || before.kind === 'or' || before.kind === 'not')) {
    const word = KEYWORD[before.kind]
    return new QuerySyntaxError(`A condition is missing after ${word}. Write one, or put "${word}" in quotes.`, before)
  }
  if (token?.kind === 'and' || token?.kind === 'or') {
    const word = KEYWORD[token.kind]
    return new QuerySyntaxError(`A condition is missing before ${word}. Write one, or put "${word}" in quotes.`, span)
  }
  if (token?.kind === 'open')
    return new QuerySyntaxError('This parenthesis is not closed. Add a condition and ).', span)
  return new QuerySyntaxError('This parenthesis closes none. Take it out, or add ( before.', span)
}

function unknownField(name: string): string {
  const similar = similarField(name)
  const meant = similar === undefined ? '' : ` Is ${similar} meant?`
  const parameter = name.includes('.') ? '' : ` A parameter is written ${PARAMETER_PREFIX}${name}.`
  return `There is no field "${name}".${meant}${parameter} To search for the words, put them in quotes.`
}
