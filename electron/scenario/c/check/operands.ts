import type { ArithmeticOperator, ShiftOperator } from '../ast.ts'
import { bitsOf, promoted, type IntegerType } from '../types.ts'
import type { CheckContext } from './context.ts'
import type { Typed } from './values.ts'

/**
 * Warns of a constant divisor of 0 and of a constant shift count that is not below the bits of the type. They are no
 * errors: a constant depends on the machine, and the operation may be one that this machine never reaches.
 */
export function warnOfConstant(
  context: CheckContext,
  operator: ArithmeticOperator | ShiftOperator,
  leftType: IntegerType,
  right: Typed<IntegerType>,
): void {
  if (right.kind !== 'literal') return
  const { value } = right
  if ((operator === '/' || operator === '%') && value === 0n) {
    context.diagnostics.warning(right.at, 'The divisor is 0, so the run ends here if it comes here.')
  }
  const bits = bitsOf(promoted(leftType), context.wordBits)
  if ((operator === '<<' || operator === '>>') && (value < 0n || value >= BigInt(bits))) {
    const message = `The shift count is ${value}, and a value of ${bits} bits accepts 0 to ${bits - 1}, so the run ends here if it comes here.`
    context.diagnostics.warning(right.at, message)
  }
}
