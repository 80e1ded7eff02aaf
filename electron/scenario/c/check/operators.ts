import { isArray, type ArithmeticOperator, type CompareOperator, type Expression, type ShiftOperator } from '../ast.ts'
import { insertion } from '../diagnostics.ts'
import { childOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import { commonType, sizeOf, type ArrayType, type ScalarType } from '../types.ts'
import type { CheckContext } from './context.ts'
import { warnOfConstant } from './operands.ts'
import { readCastType } from './type-names.ts'
import { checkInteger, checkOperand, checkValue, requireInteger, type Typed } from './values.ts'

const ARITHMETIC: ReadonlySet<string> = new Set<ArithmeticOperator>(['+', '-', '*', '/', '%', '&', '|', '^'])
const COMPARE: ReadonlySet<string> = new Set<CompareOperator>(['==', '!=', '<', '<=', '>', '>='])

function operatorOf(context: CheckContext, node: SyntaxNode): string {
  const operator = childOf(node, 'operator')
  return operator === undefined ? '' : context.textOf(operator)
}

export function checkUnary(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const argument = childOf(node, 'argument')
  const operator = operatorOf(context, node)
  if (argument === undefined) return undefined
  if (operator === '!') {
    const operand = checkOperand(context, argument)
    return operand && context.fold.not(operand, node)
  }
  const operand = checkInteger(context, argument, `The operator ${operator}`)
  if (operand === undefined) return undefined
  if (operator === '+') return { ...context.fold.promote(operand), at: node }
  return context.fold.unary(operator === '~' ? '~' : '-', operand, node)
}

export function checkBinary(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const leftNode = childOf(node, 'left')
  const rightNode = childOf(node, 'right')
  const operator = operatorOf(context, node)
  if (leftNode === undefined || rightNode === undefined) return undefined
  const left = checkOperand(context, leftNode)
  const right = checkOperand(context, rightNode)
  if (left === undefined || right === undefined) return undefined
  if (operator === '&&' || operator === '||') return context.fold.logical(operator, left, right, node)
  if (COMPARE.has(operator)) return checkCompare(context, operator as CompareOperator, left, right, node)
  return integerOperation(context, operator as ArithmeticOperator | ShiftOperator, left, right, node)
}

function integerOperation(
  context: CheckContext,
  operator: ArithmeticOperator | ShiftOperator,
  leftGiven: Typed<ScalarType>,
  rightGiven: Typed<ScalarType>,
  node: SyntaxNode,
): Expression | undefined {
  const left = requireInteger(context, leftGiven, `The operator ${operator}`)
  const right = requireInteger(context, rightGiven, `The operator ${operator}`)
  if (left === undefined || right === undefined) return undefined
  warnOfConstant(context, operator, left.type, right)
  if (ARITHMETIC.has(operator)) return context.fold.arithmetic(operator as ArithmeticOperator, left, right, node)
  return context.fold.shift(operator as ShiftOperator, left, right, node)
}

function checkCompare(
  context: CheckContext,
  operator: CompareOperator,
  left: Typed<ScalarType>,
  right: Typed<ScalarType>,
  node: SyntaxNode,
): Expression | undefined {
  if (left.type !== 'pointer' && right.type !== 'pointer') {
    const common = context.fold.common(left, right)
    return context.fold.compare(operator, common.left, common.right, node)
  }
  if (operator !== '==' && operator !== '!=') {
    return context.refuse(
      node,
      `Pointers have no order here; compare their addresses: (unsigned long)p ${operator} (unsigned long)q.`,
    )
  }
  const integer = [left, right].find(
    (side) => side.type !== 'pointer' && !(side.kind === 'literal' && side.value === 0n),
  )
  if (integer !== undefined) {
    return context.refuse(
      integer.at,
      `A pointer can be compared with a pointer or NULL, and ${context.phrase(integer.at)} is an integer.`,
    )
  }
  const toPointer = (side: Expression): Expression => context.fold.convert(side, 'pointer')
  return context.fold.compare(operator, toPointer(left), toPointer(right), node)
}

export function checkConditional(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const conditionNode = childOf(node, 'condition')
  const thenNode = childOf(node, 'consequence')
  const otherwiseNode = childOf(node, 'alternative')
  if (conditionNode === undefined || otherwiseNode === undefined) return undefined
  if (thenNode === undefined) {
    return context.refuse(
      node,
      'C needs a value between ? and :.',
      insertion('Repeat the condition', otherwiseNode.from - 1, context.textOf(conditionNode)),
    )
  }
  const condition = checkOperand(context, conditionNode)
  const then = checkValue(context, thenNode)
  const otherwise = checkOperand(context, otherwiseNode)
  if (condition === undefined || then === undefined || otherwise === undefined) return undefined
  const type = conditionalType(context, then, otherwise)
  if (type === undefined) {
    return context.refuse(node, 'One side of the : is a pointer and the other an integer; both must be one of them.')
  }
  const converted = { then: context.fold.convert(then, type), otherwise: context.fold.convert(otherwise, type) }
  if (condition.kind === 'literal') return condition.value === 0n ? converted.otherwise : converted.then
  return { kind: 'conditional', type, condition, ...converted, at: node }
}

function conditionalType(
  context: CheckContext,
  then: Typed<ScalarType>,
  otherwise: Typed<ScalarType>,
): ScalarType | undefined {
  if (then.type !== 'pointer' && otherwise.type !== 'pointer') {
    return commonType(then.type, otherwise.type, context.wordBits)
  }
  const fits = (side: Typed<ScalarType>): boolean =>
    side.type === 'pointer' || (side.kind === 'literal' && side.value === 0n)
  return fits(then) && fits(otherwise) ? 'pointer' : undefined
}

export function checkComma(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const leftNode = childOf(node, 'left')
  const rightNode = childOf(node, 'right')
  if (leftNode === undefined || rightNode === undefined) return undefined
  const left = context.expression(leftNode)
  const right = context.expression(rightNode)
  return left && right && { kind: 'comma', type: right.type, left, right, at: node }
}

export function checkCast(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const typeNode = childOf(node, 'type')
  const valueNode = childOf(node, 'value')
  if (typeNode === undefined || valueNode === undefined) return undefined
  const type = readCastType(context, typeNode)
  if (type === undefined) return undefined
  if (type === 'void') {
    const operand = context.expression(valueNode)
    return operand && { kind: 'convert', type, operand, at: node }
  }
  const value = checkOperand(context, valueNode)
  if (value === undefined) return undefined
  const isNull = value.kind === 'literal' && value.value === 0n
  if (type === 'pointer' && value.type !== 'pointer' && !isNull) {
    return context.refuse(node, 'An integer cannot become a pointer; only vm_map_ram, vmap and NULL give pointers.')
  }
  if (value.type === 'pointer' && (type === 'int' || type === 'unsigned')) {
    return context.refuse(node, 'An address needs the type unsigned long.')
  }
  return { ...context.fold.convert(value, type), at: node }
}

/** sizeof, in bytes. Its operand is checked but never runs. */
export function checkSizeof(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const typeNode = childOf(node, 'type')
  if (typeNode !== undefined) {
    const type = readCastType(context, typeNode)
    if (type === 'void') return context.refuse(node, 'void has no size.')
    return type && bytes(context, sizeOf(type, context.wordBits), node)
  }
  const valueNode = childOf(node, 'value')
  if (valueNode === undefined) return undefined
  const array = arrayNamed(context, valueNode)
  if (array?.length !== undefined) return bytes(context, array.length * sizeOf(array.element, context.wordBits), node)
  const value = checkOperand(context, valueNode)
  return value && bytes(context, sizeOf(value.type, context.wordBits), node)
}

function bytes(context: CheckContext, count: number, node: SyntaxNode): Expression {
  return context.fold.literal('ulong', BigInt(count), node)
}

/** The type of the array that an expression names, if that is all it does. */
function arrayNamed(context: CheckContext, node: SyntaxNode): ArrayType | undefined {
  if (node.kind === 'parenthesized_expression') {
    const [inner] = partsOf(node)
    return inner && arrayNamed(context, inner)
  }
  const meaning = node.kind === 'identifier' ? context.names.find(context.textOf(node)) : undefined
  return meaning?.kind === 'variable' && isArray(meaning.variable.type) ? meaning.variable.type : undefined
}
