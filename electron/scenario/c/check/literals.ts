import type { Literal } from '../ast.ts'
import { replacement } from '../diagnostics.ts'
import type { SyntaxNode } from '../syntax/syntax-node.ts'
import { cName, wrapped, type IntegerType } from '../types.ts'
import type { CheckContext } from './context.ts'

const NUMBER = /^([+-]?)(?:(0[xX][0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))([uUlL]*)$/
const FLOAT = /^[+-]?(0[xX][0-9a-fA-F.]*[.pP]|[0-9]*\.|[0-9]+[eE][+-]?[0-9]|[0-9]+[fFdD]$)/

/** Types that a constant may have, smallest first: C11 6.4.4.1. Decimals without u never become unsigned. */
const CANDIDATES: Readonly<Record<'decimal' | 'other', Readonly<Record<string, readonly IntegerType[]>>>> = {
  decimal: { '': ['int', 'long'], u: ['unsigned', 'ulong'], l: ['long'], ul: ['ulong'] },
  other: { '': ['int', 'unsigned', 'long', 'ulong'], u: ['unsigned', 'ulong'], l: ['long', 'ulong'], ul: ['ulong'] },
}

/** An integer constant. The grammar counts a sign that stands before it as part of it; C does not. */
export function checkNumber(context: CheckContext, node: SyntaxNode): Literal | undefined {
  const text = context.textOf(node)
  const match = NUMBER.exec(text)
  if (match === null) return refuseNumber(context, node, text)
  const [, sign, hex, octal, decimal, suffix = ''] = match
  const value = BigInt(hex ?? (octal === undefined || octal === '0' ? (decimal ?? '0') : `0o${octal.slice(1)}`))
  const kind = suffix.toLowerCase() === 'lu' ? 'ul' : suffix.toLowerCase()
  const candidates = CANDIDATES[decimal === undefined ? 'other' : 'decimal'][kind]
  if (candidates === undefined) {
    return context.refuse(node, `${text} is a long long, which the lab's C does not have; suffixes are u, l and ul.`)
  }
  const type = candidates.find((candidate) => wrapped(value, candidate, context.wordBits) === value)
  if (type === undefined) {
    const largest = candidates.at(-1) ?? 'int'
    return context.refuse(node, `${text} does not fit in ${cName(largest)} of ${context.wordBits} bits.`)
  }
  return context.fold.literal(type, sign === '-' ? -value : value, node)
}

function refuseNumber(context: CheckContext, node: SyntaxNode, text: string): Literal | undefined {
  if (FLOAT.test(text)) {
    return context.refuse(node, `${text} is a floating-point number; the lab's C has integers only.`)
  }
  if (text.includes("'")) {
    return context.refuse(
      node,
      `${text}: C has no ' in numbers.`,
      replacement("Delete '", node, text.replaceAll("'", '')),
    )
  }
  return context.refuse(node, `${text} is no number of C; accepted are decimal, 0x hexadecimal and 0 octal integers.`)
}
