import { isArray, type Expression, type Variable } from '../ast.ts'
import { partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import { checkAssignment, checkElement, checkStep } from './assignments.ts'
import { checkCall } from './calls.ts'
import type { CheckContext } from './context.ts'
import { checkNumber } from './literals.ts'
import { checkBinary, checkCast, checkComma, checkConditional, checkSizeof, checkUnary } from './operators.ts'
import { REFUSED_KINDS } from './refusals.ts'
import { undeclaredVariable } from './unknown-names.ts'

/** Any expression, also one without a value. */
export function checkExpression(context: CheckContext, node: SyntaxNode): Expression | undefined {
  switch (node.kind) {
    case 'identifier':
      return checkName(context, node)
    case 'number_literal':
      return checkNumber(context, node)
    case 'true':
    case 'false':
    case 'null':
      return checkConstantWord(context, node)
    case 'parenthesized_expression':
      return checkParentheses(context, node)
    case 'unary_expression':
      return checkUnary(context, node)
    case 'binary_expression':
      return checkBinary(context, node)
    case 'conditional_expression':
      return checkConditional(context, node)
    case 'comma_expression':
      return checkComma(context, node)
    case 'cast_expression':
      return checkCast(context, node)
    case 'sizeof_expression':
      return checkSizeof(context, node)
    case 'assignment_expression':
      return checkAssignment(context, node)
    case 'update_expression':
      return checkStep(context, node)
    case 'subscript_expression':
      return checkElement(context, node)
    case 'call_expression':
      return checkCall(context, node)
    default:
      if (context.isRefused(node)) return undefined
      return context.refuse(node, REFUSED_KINDS[node.kind] ?? `“${context.phrase(node)}” is not in the lab’s C.`)
  }
}

function checkParentheses(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const [inner] = partsOf(node)
  if (inner === undefined || inner.kind === 'compound_statement') {
    return context.refuse(node, 'A block as an expression is not in the lab’s C; write a function.')
  }
  return context.expression(inner)
}

function checkName(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const name = context.textOf(node)
  const meaning = context.names.find(name)
  if (meaning === undefined) {
    const variable = undeclaredVariable(context, node)
    return variable && readOf(variable, node)
  }
  switch (meaning.kind) {
    case 'refused':
      return undefined
    case 'variable': {
      const { variable } = meaning
      if (variable.type === 'pages') return { kind: 'opaque', type: 'pages', at: node }
      if (isArray(variable.type)) {
        return context.refuse(node, `${name} is an array; ${name}[index] is one of its elements.`)
      }
      return readOf(variable, node)
    }
    case 'define':
      return { ...meaning.literal, at: node }
    case 'constant':
      return context.fold.literal(meaning.constant.type, meaning.constant.value, node)
    case 'opaque':
      return { kind: 'opaque', type: meaning.type, at: node }
    case 'function':
    case 'builtin':
    case 'special':
      return context.refuse(
        node,
        `${name} is a function; pointers to functions are not in the lab’s C. Call it: ${name}(…).`,
      )
  }
}

function readOf(variable: Variable, node: SyntaxNode): Expression | undefined {
  const { type } = variable
  if (type === 'pages' || isArray(type)) return undefined
  return { kind: 'read', type, target: { kind: 'variable', variable, type, at: node }, at: node }
}

/** The grammar also takes spellings of other languages. */
function checkConstantWord(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const text = context.textOf(node)
  if (text === 'true') return context.fold.bool(true, node)
  if (text === 'false') return context.fold.bool(false, node)
  if (text === 'NULL') return context.fold.literal('pointer', 0n, node)
  return context.refuse(node, `${text} is no constant of C; accepted are true, false and NULL.`)
}
