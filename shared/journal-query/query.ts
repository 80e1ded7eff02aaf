import type { QueryField } from './fields.ts'

/** Characters of a query; what is longer was pasted by mistake. */
export const QUERY_LENGTH_MAX = 500
/** Parentheses and NOTs within one another. */
export const QUERY_DEPTH_MAX = 50

export const COMPARISONS = [':', '=', '!=', '<', '<=', '>', '>='] as const
export type Comparison = (typeof COMPARISONS)[number]

/** Where a part stands in the query: the first character, and the one after the last. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Milliseconds since 1970: the first of a day, month or year, and the first after it. */
export interface TimeSpan {
  readonly fromMs: number
  readonly toMs: number
}

export type QueryValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'yes-no'; readonly yes: boolean }
  | { readonly kind: 'time'; readonly time: TimeSpan }

/** What is asked of each run; an experiment is found with those of its runs that meet it. */
export type QueryNode =
  | (Span & { readonly kind: 'and' | 'or'; readonly parts: readonly QueryNode[] })
  | (Span & { readonly kind: 'not'; readonly part: QueryNode })
  /** Words that stand next to one another in title, question, note, tags, scenario, model or source. */
  | (Span & { readonly kind: 'words'; readonly text: string; readonly isBeginning: boolean })
  | (Span & {
      readonly kind: 'comparison'
      readonly field: QueryField
      readonly comparison: Comparison
      readonly value: QueryValue
    })

/** What is wrong with a query, where, and what to do about it. */
export interface QueryProblem extends Span {
  readonly message: string
}

export type ParsedQuery =
  /** `node` is absent when nothing is asked: everything is found. */
  { readonly ok: true; readonly node?: QueryNode } | { readonly ok: false; readonly problem: QueryProblem }

/** Thrown within the parser; `parseQuery` answers with its problem. */
export class QuerySyntaxError extends Error {
  readonly problem: QueryProblem

  constructor(message: string, { from, to }: Span) {
    super(message)
    this.name = 'QuerySyntaxError'
    this.problem = { message, from, to }
  }
}

/** The problem with its column, counted from 1, for where no underline can show it. */
export function problemText({ message, from }: QueryProblem): string {
  return `Column ${from + 1}: ${message}`
}
