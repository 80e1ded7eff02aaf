import type { CheckedParameter } from '../../../../shared/scenario-check.ts'
import type { Variable } from '../ast.ts'
import { replacement } from '../diagnostics.ts'
import type { SyntaxNode } from '../syntax/syntax-node.ts'
import { bitsOf, isInteger, isSigned, type IntegerType } from '../types.ts'
import type { CheckContext } from './context.ts'

/** `1..1000000: outer iterations`, and what is close enough to have been meant so. */
const RANGE = /^\s*([-+*/<>(), \w]+?)\s*(\.\.\.?|\u2026)\s*([-+*/<>(), \w]+?)\s*(?::\s*([^]*?))?\s*$/
const NUMBER = /^(-?)(0x[\da-f]+|\d+)u?l?$/i
const BOUND = /^(-?\d\w*|[A-Za-z_]\w*)\s*(?:([+-])\s*(\d+))?$/

/** The text inside a comment, or `undefined` for a comment that is not about a range. */
function rangeIn(comment: string): RegExpExecArray | undefined {
  const inner = comment.startsWith('//') ? comment.slice(2) : comment.slice(2, -2)
  return RANGE.exec(inner) ?? undefined
}

/**
 * The parameter that `static int name = value; /* min..max: help *\/` declares; `undefined` for a variable whose line ends
 * without a range, which is an ordinary one, and for a range that is refused.
 */
export function readParameter(
  context: CheckContext,
  variable: Variable,
  value: { readonly number: bigint; readonly node: SyntaxNode } | undefined,
  comment: SyntaxNode | undefined,
): CheckedParameter | undefined {
  const range = comment && rangeIn(context.textOf(comment))
  if (range === undefined || comment === undefined) return undefined
  const { name, type } = variable
  if (typeof type !== 'string' || type === 'pages' || !isInteger(type)) {
    return context.refuse(comment, `${name} has a range, as a parameter has, and is no integer.`)
  }
  if (value === undefined)
    return context.refuse(variable.at, `${name} is a parameter and needs a default: ${name} = 1000.`)
  const [, minText = '', dots = '', maxText = '', help = ''] = range
  if (dots !== '..') {
    const at = comment.from + context.textOf(comment).indexOf(dots)
    const fix = replacement('Change to ..', { from: at, to: at + dots.length }, '..')
    return context.refuse(comment, 'A range is written with two dots: min..max.', fix)
  }
  const min = readBound(context, minText, comment)
  const max = readBound(context, maxText, comment)
  if (min === undefined || max === undefined) return undefined
  if (!checkRange(context, name, type, min, max, comment)) return undefined
  const number = Number(value.number)
  if (number < min || number > max) {
    return context.refuse(value.node, `The default of ${name} is ${number}; its range is ${min} to ${max}.`)
  }
  const { from, to } = value.node
  return { name, help: help.replace(/\s+/g, ' '), min, max, default: number, defaultAt: context.source.span(from, to) }
}

/** A number, a constant, or a constant plus or minus a number. */
function readBound(context: CheckContext, text: string, comment: SyntaxNode): number | undefined {
  const [, base = '', sign = '+', more = '0'] = BOUND.exec(text) ?? []
  const meaning = context.names.find(base)
  const constant =
    meaning?.kind === 'constant'
      ? meaning.constant.value
      : meaning?.kind === 'define'
        ? meaning.literal.value
        : undefined
  const [, minus = '', digits] = NUMBER.exec(base) ?? []
  const number = digits === undefined ? constant : minus === '-' ? -BigInt(digits) : BigInt(digits)
  if (number === undefined) {
    return context.refuse(
      comment,
      `${text} is no bound of a range; accepted are numbers and constants, as in 0..NR_CPUS - 1.`,
    )
  }
  return Number(sign === '-' ? number - BigInt(more) : number + BigInt(more))
}

function checkRange(
  context: CheckContext,
  name: string,
  type: IntegerType,
  min: number,
  max: number,
  comment: SyntaxNode,
): boolean {
  const [least, most] = limitsOf(type, context)
  const problem =
    min > max
      ? `The range of ${name} is ${min}..${max}, and its minimum is above its maximum.`
      : min < least || max > most
        ? `The range of ${name} is ${min}..${max}; accepted are ${least} to ${most}.`
        : undefined
  if (problem !== undefined) context.diagnostics.error(comment, problem)
  return problem === undefined
}

/** What a parameter of a type can be: what the type holds, as far as a form can hold it exactly. */
function limitsOf(type: IntegerType, { wordBits }: CheckContext): readonly [number, number] {
  const bits = Math.min(bitsOf(type, wordBits), 53)
  if (isSigned(type)) return [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]
  return [0, 2 ** bits - 1]
}
