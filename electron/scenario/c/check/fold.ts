import type {
  Arithmetic,
  ArithmeticOperator,
  CompareOperator,
  Expression,
  Literal,
  Shift,
  ShiftOperator,
} from '../ast.ts'
import type { Place } from '../diagnostics.ts'
import { bitsOf, commonType, promoted, wrapped, type IntegerType, type ScalarType, type WordBits } from '../types.ts'

/**
 * Makes expressions, and computes those of constants at once. What C leaves undefined (division by zero, a shift by too
 * much) is not computed: such an expression stays as it is.
 */
export class Folder {
  readonly wordBits: WordBits

  constructor(wordBits: WordBits) {
    this.wordBits = wordBits
  }

  literal(type: ScalarType, value: bigint, at: Place): Literal {
    const inRange = type === 'pointer' ? value : wrapped(value, type, this.wordBits)
    return { kind: 'literal', type, value: inRange, at }
  }

  bool(value: boolean, at: Place): Literal {
    return this.literal('int', value ? 1n : 0n, at)
  }

  /** A value in another type. Addresses become unsigned long and go on from there. */
  convert(operand: Expression, type: ScalarType): Expression {
    if (operand.type === type) return operand
    const { at } = operand
    if (operand.kind === 'literal') return this.literal(type, operand.value, at)
    if (operand.type === 'pointer' && type !== 'bool' && type !== 'ulong') {
      return this.convert({ kind: 'convert', type: 'ulong', operand, at }, type)
    }
    return { kind: 'convert', type, operand, at }
  }

  promote(operand: Expression): Expression {
    return this.convert(operand, promoted(operand.type as IntegerType))
  }

  /** Both operands in their common type. */
  common(left: Expression, right: Expression): { type: IntegerType; left: Expression; right: Expression } {
    const type = commonType(left.type as IntegerType, right.type as IntegerType, this.wordBits)
    return { type, left: this.convert(left, type), right: this.convert(right, type) }
  }

  unary(operator: '-' | '~', given: Expression, at: Place): Expression {
    const operand = this.promote(given)
    const type = operand.type as IntegerType
    if (operand.kind !== 'literal') return { kind: 'unary', type, operator, operand, at }
    return this.literal(type, operator === '-' ? -operand.value : ~operand.value, at)
  }

  not(operand: Expression, at: Place): Expression {
    if (operand.kind === 'literal') return this.bool(operand.value === 0n, at)
    return { kind: 'not', type: 'int', operand, at }
  }

  arithmetic(operator: ArithmeticOperator, leftGiven: Expression, rightGiven: Expression, at: Place): Expression {
    const { type, left, right } = this.common(leftGiven, rightGiven)
    if (left.kind === 'literal' && right.kind === 'literal') {
      const value = arithmeticValue(operator, left.value, right.value, type, this.wordBits)
      if (value !== undefined) return this.literal(type, value, at)
    }
    return { kind: 'arithmetic', type, operator, left, right, at } satisfies Arithmetic
  }

  shift(operator: ShiftOperator, leftGiven: Expression, countGiven: Expression, at: Place): Expression {
    const left = this.promote(leftGiven)
    const count = this.promote(countGiven)
    const type = left.type as IntegerType
    if (left.kind === 'literal' && count.kind === 'literal') {
      const value = shiftValue(operator, left.value, count.value, type, this.wordBits)
      if (value !== undefined) return this.literal(type, value, at)
    }
    return { kind: 'shift', type, operator, left, count, at } satisfies Shift
  }

  /** Operands of one type. */
  compare(operator: CompareOperator, left: Expression, right: Expression, at: Place): Expression {
    if (left.kind === 'literal' && right.kind === 'literal') {
      return this.bool(compareValues(operator, left.value, right.value), at)
    }
    return { kind: 'compare', type: 'int', operator, left, right, at }
  }

  logical(operator: '&&' | '||', left: Expression, right: Expression, at: Place): Expression {
    if (left.kind === 'literal') {
      const decided = (left.value !== 0n) === (operator === '||')
      if (decided) return this.bool(operator === '||', at)
      if (right.kind === 'literal') return this.bool(right.value !== 0n, at)
    }
    return { kind: 'logical', type: 'int', operator, left, right, at }
  }
}

/** `undefined` where C gives no value: a zero divisor, and the one quotient that does not fit. */
export function arithmeticValue(
  operator: ArithmeticOperator,
  left: bigint,
  right: bigint,
  type: IntegerType,
  wordBits: WordBits,
): bigint | undefined {
  const exact = exactValue(operator, left, right)
  if (exact === undefined) return undefined
  const isDivision = operator === '/' || operator === '%'
  if (isDivision && wrapped(left / right, type, wordBits) !== left / right) return undefined
  return wrapped(exact, type, wordBits)
}

function exactValue(operator: ArithmeticOperator, left: bigint, right: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0n ? undefined : left / right
    case '%':
      return right === 0n ? undefined : left % right
    case '&':
      return left & right
    case '|':
      return left | right
    case '^':
      return left ^ right
  }
}

/** `undefined` when the count is not below the bits of the type. */
export function shiftValue(
  operator: ShiftOperator,
  left: bigint,
  count: bigint,
  type: IntegerType,
  wordBits: WordBits,
): bigint | undefined {
  if (count < 0n || count >= BigInt(bitsOf(type, wordBits))) return undefined
  return wrapped(operator === '<<' ? left << count : left >> count, type, wordBits)
}

export function compareValues(operator: CompareOperator, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
  }
}
