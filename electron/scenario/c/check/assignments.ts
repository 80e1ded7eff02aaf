import { isArray, type ArithmeticOperator, type Expression, type ShiftOperator, type Target } from '../ast.ts'
import { childOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import { isInteger, promoted, commonType, type IntegerType } from '../types.ts'
import type { CheckContext } from './context.ts'
import { warnOfConstant } from './operands.ts'
import { REFUSED_KINDS } from './refusals.ts'
import { refuseHidden, undeclaredVariable } from './unknown-names.ts'
import { checkInteger, checkValue, convertTo, requireInteger } from './values.ts'

/** What can be assigned to: a variable, or an element of an array. */
function checkTarget(context: CheckContext, node: SyntaxNode): Target | undefined {
  if (node.kind === 'parenthesized_expression') {
    const [inner] = partsOf(node)
    return inner && checkTarget(context, inner)
  }
  if (node.kind === 'subscript_expression') {
    const target = elementTarget(context, node)
    return target && notConst(context, node, target, target.kind === 'element' ? target.array.isConst : false)
  }
  if (node.kind !== 'identifier') {
    if (context.isRefused(node)) return undefined
    const reason = `${context.phrase(node)} cannot be assigned to; accepted are variables and elements of arrays.`
    return context.refuse(node, REFUSED_KINDS[node.kind] ?? reason)
  }
  return variableTarget(context, node)
}

function variableTarget(context: CheckContext, node: SyntaxNode): Target | undefined {
  const name = context.textOf(node)
  const meaning = context.names.find(name)
  if (meaning?.kind === 'refused') return undefined
  const variable = meaning === undefined ? undeclaredVariable(context, node) : undefined
  if (meaning !== undefined && meaning.kind !== 'variable') {
    return context.refuse(node, `${name} is no variable and cannot be assigned to.`)
  }
  const found = variable ?? meaning?.variable
  if (found === undefined) return undefined
  if (found.type === 'pages') return context.refuse(node, `${name} is given by the lab and cannot be assigned to.`)
  if (isArray(found.type))
    return context.refuse(node, `${name} is an array and cannot be assigned to; ${name}[index] can.`)
  return notConst(context, node, { kind: 'variable', variable: found, type: found.type, at: node }, found.isConst)
}

function notConst(context: CheckContext, node: SyntaxNode, target: Target, isConst: boolean): Target | undefined {
  return isConst ? context.refuse(node, `${context.phrase(node)} is const and cannot be assigned to.`) : target
}

/** array[index]. */
function elementTarget(context: CheckContext, node: SyntaxNode): Target | undefined {
  const arrayNode = childOf(node, 'argument')
  const indexNode = childOf(node, 'index')
  if (arrayNode === undefined || indexNode === undefined) return undefined
  const name = context.textOf(arrayNode)
  const meaning = arrayNode.kind === 'identifier' ? context.names.find(name) : undefined
  if (context.isRefused(arrayNode)) return undefined
  const array = meaning?.kind === 'variable' ? meaning.variable : undefined
  if (array === undefined || !isArray(array.type)) {
    const hint = arrayNode.kind === 'subscript_expression' ? ' Arrays have one dimension here.' : ''
    const known = arrayNode.kind !== 'identifier' || meaning !== undefined
    if (!known && refuseHidden(context, arrayNode)) return undefined
    if (!known) context.declareRefused(arrayNode)
    return context.refuse(
      arrayNode,
      known ? `${name} is no array.${hint}` : `${name} is not declared; int ${name}[100] declares an array.`,
    )
  }
  const index = checkInteger(context, indexNode, 'An index')
  if (index === undefined) return undefined
  const { length } = array.type
  if (index.kind === 'literal' && length !== undefined && (index.value < 0n || index.value >= BigInt(length))) {
    const message = `${name} has the elements 0 to ${length - 1}, so the run ends here if it comes here.`
    context.diagnostics.warning(indexNode, message)
  }
  return { kind: 'element', array, index, type: array.type.element, at: node }
}

export function checkElement(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const target = elementTarget(context, node)
  return target && { kind: 'read', type: target.type, target, at: node }
}

export function checkAssignment(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const leftNode = childOf(node, 'left')
  const rightNode = childOf(node, 'right')
  const operatorNode = childOf(node, 'operator')
  if (leftNode === undefined || rightNode === undefined || operatorNode === undefined) return undefined
  const target = checkTarget(context, leftNode)
  const given = checkValue(context, rightNode)
  if (target === undefined || given === undefined) return undefined
  const operator = context.textOf(operatorNode).slice(0, -1)
  if (operator !== '')
    return checkCompound(context, node, target, operator as ArithmeticOperator | ShiftOperator, given)
  const value = convertTo(context, given, target.type, context.phrase(leftNode))
  return value && { kind: 'assign', type: target.type, target, value, at: node }
}

function checkCompound(
  context: CheckContext,
  node: SyntaxNode,
  target: Target,
  operator: ArithmeticOperator | ShiftOperator,
  given: NonNullable<ReturnType<typeof checkValue>>,
): Expression | undefined {
  const what = `The operator ${operator}=`
  if (!isInteger(target.type)) {
    return context.refuse(node, `${what} needs an integer, and ${context.phrase(target.at)} is a pointer.`)
  }
  const right = requireInteger(context, given, what)
  if (right === undefined) return undefined
  warnOfConstant(context, operator, target.type, right)
  const isShift = operator === '<<' || operator === '>>'
  const operandType: IntegerType = isShift
    ? promoted(target.type)
    : commonType(target.type, right.type, context.wordBits)
  const value = isShift ? context.fold.promote(right) : context.fold.convert(right, operandType)
  return { kind: 'compound', type: target.type, target, operator, operandType, value, at: node }
}

/** ++ and --, before or after. */
export function checkStep(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const argument = childOf(node, 'argument')
  const operatorNode = childOf(node, 'operator')
  if (argument === undefined || operatorNode === undefined) return undefined
  const target = checkTarget(context, argument)
  const operator = context.textOf(operatorNode)
  if (target === undefined) return undefined
  if (!isInteger(target.type) || target.type === 'bool') {
    const type = target.type === 'bool' ? 'a bool' : 'a pointer'
    return context.refuse(node, `${operator} needs an integer, and ${context.phrase(argument)} is ${type}.`)
  }
  const result = operatorNode.from < argument.from ? 'after' : 'before'
  return { kind: 'step', type: target.type, target, by: operator === '++' ? 1 : -1, result, at: node }
}
