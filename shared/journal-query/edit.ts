import { fieldOf, type QueryField } from './fields.ts'
import { parseQuery } from './parse.ts'
import type { QueryNode } from './query.ts'

/**
 * Changes of a query that a click makes: a field that has to have a value, as a condition of its own next to all others.
 * A query with a problem is left as it is.
 */

/** The value that a query asks of a field in this form; `undefined` when it does not. */
export function chosenValue(query: string, fieldName: string): string | undefined {
  const node = conditionsOf(query).find((condition) => isChoice(condition, fieldName))
  if (node?.kind !== 'comparison') return undefined
  switch (node.value.kind) {
    case 'text':
      return node.value.text
    case 'yes-no':
      return node.value.yes ? 'yes' : 'no'
    case 'number':
      return String(node.value.number)
    case 'time':
      return undefined
  }
}

export function withoutChoice(query: string, fieldName: string): string {
  if (!parseQuery(query).ok) return query
  const kept = conditionsOf(query).filter((condition) => !isChoice(condition, fieldName))
  return kept.map(({ from, to }) => query.slice(from, to)).join(' ')
}

/** The query with this value in place of what was chosen of the field before. */
export function withChoice(query: string, fieldName: string, value: string): string {
  if (!parseQuery(query).ok) return query
  const rest = withoutChoice(query, fieldName)
  const condition = `${fieldName}=${quotedIfNeeded(value)}`
  if (rest === '') return condition
  const parsed = parseQuery(rest)
  const isOpen = parsed.ok && parsed.node?.kind === 'or' && !isInParentheses(parsed.node)
  return isOpen ? `(${rest}) ${condition}` : `${rest} ${condition}`
}

/** As a value or a word is to be written so that it is read as one. */
export function quotedIfNeeded(text: string): string {
  const isPlain = /^[\w.+/@#][\w.+/@#-]*$/.test(text) && !/^(AND|OR|NOT)$/.test(text)
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`
}

/** The conditions that all have to be met. */
function conditionsOf(query: string): readonly QueryNode[] {
  const parsed = parseQuery(query)
  if (!parsed.ok || parsed.node === undefined) return []
  const { node } = parsed
  return node.kind === 'and' && !isInParentheses(node) ? node.parts : [node]
}

function isChoice(node: QueryNode, fieldName: string): boolean {
  if (node.kind !== 'comparison' || !isSameField(node.field, fieldOf(fieldName))) return false
  return node.comparison === '=' || (node.comparison === ':' && node.field.kind === 'yes-no')
}

function isSameField(left: QueryField, right: QueryField | undefined): boolean {
  return left.kind === right?.kind && left.name === right.name
}

function isInParentheses(node: QueryNode): boolean {
  return (node.kind === 'and' || node.kind === 'or') && node.from < (node.parts[0]?.from ?? node.from)
}
