import type { Expression } from '../ast.ts'
import type { SyntaxNode } from '../syntax/syntax-node.ts'
import { cName, isInteger, type IntegerType, type ScalarType } from '../types.ts'
import type { CheckContext } from './context.ts'

export type Typed<Type> = Expression & { readonly type: Type }

/** An expression whose value is used: an integer or a pointer. */
export function checkValue(context: CheckContext, node: SyntaxNode): Typed<ScalarType> | undefined {
  const value = context.expression(node)
  if (value === undefined) return undefined
  if (value.type === 'void') return context.refuse(node, `${context.phrase(node)} has no value to use.`)
  if (value.type === 'pages' || value.type === 'pgprot') {
    return context.refuse(node, `${context.phrase(node)} can only be handed to vm_map_ram and vmap.`)
  }
  return value as Typed<ScalarType>
}

/**
 * An operand. The grammar reads `a || b = c` and `a ? b : c = d` as if the assignment had parentheses; in C they are errors.
 */
export function checkOperand(context: CheckContext, node: SyntaxNode): Typed<ScalarType> | undefined {
  if (node.kind === 'assignment_expression') {
    return context.refuse(node, 'An assignment inside an expression needs parentheses around it.', {
      title: 'Add parentheses',
      edits: [
        { from: node.from, to: node.from, insert: '(' },
        { from: node.to, to: node.to, insert: ')' },
      ],
    })
  }
  return checkValue(context, node)
}

/** An operand that is an integer. `what` says who asks: “The operator %”. */
export function checkInteger(context: CheckContext, node: SyntaxNode, what: string): Typed<IntegerType> | undefined {
  const value = checkOperand(context, node)
  return value && requireInteger(context, value, what)
}

export function requireInteger(
  context: CheckContext,
  value: Typed<ScalarType>,
  what: string,
): Typed<IntegerType> | undefined {
  if (isInteger(value.type)) return value as Typed<IntegerType>
  const text = context.phrase(value.at)
  return context.refuse(
    value.at,
    `${what} needs an integer, and ${text} is a pointer; (unsigned long)${text} is its address.`,
  )
}

/** A value converted as if by assignment: C11 6.5.16.1. `what` says to what: “count of vm_map_ram”. */
export function convertTo(
  context: CheckContext,
  value: Typed<ScalarType>,
  type: ScalarType,
  what: string,
): Typed<ScalarType> | undefined {
  const isNull = value.kind === 'literal' && value.value === 0n
  const accepted = type === 'pointer' ? value.type === 'pointer' || isNull : value.type !== 'pointer' || type === 'bool'
  if (accepted) return context.fold.convert(value, type) as Typed<ScalarType>
  const text = context.phrase(value.at)
  const message =
    type === 'pointer'
      ? `${what} is a pointer, and ${text} is an integer; only vm_map_ram, vmap and NULL give pointers.`
      : `${what} is of type ${cName(type)}, and ${text} is a pointer; (unsigned long)${text} is its address.`
  return context.refuse(value.at, message)
}

/** An integer constant expression: C11 6.6. */
export function checkConstant(context: CheckContext, node: SyntaxNode, what: string): bigint | undefined {
  const value = checkInteger(context, node, what)
  if (value === undefined) return undefined
  if (value.kind === 'literal') return value.value
  return context.refuse(
    node,
    `${what} needs a constant that is known before the run; ${context.phrase(node)} is not. #define names constants.`,
  )
}
