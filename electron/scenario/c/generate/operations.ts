import type { ArithmeticOperator, ShiftOperator } from '../ast.ts'
import { arithmeticText, isBig, shiftText, type Representation } from './representation.ts'

/** A right operand as text, with its value when it is a constant. */
export interface Operand {
  readonly text: string
  readonly kept: Representation
  readonly literal: bigint | undefined
}

/**
 * The text of an operation in the representation of its result. Where C gives no value the run has to stop, so a divisor
 * and a shift count are looked at first, unless they are constants that are in range.
 */
export function checkedOperation(
  operator: ArithmeticOperator | ShiftOperator,
  left: string,
  right: Operand,
  kept: Representation,
  site: number,
): string {
  if (operator === '<<' || operator === '>>') {
    return shiftText(operator, left, countText(right, isBig(kept) ? 64 : 32, site), kept)
  }
  const mayFail = (operator === '/' || operator === '%') && !isSafeDivisor(right.literal)
  return mayFail ? division(operator, left, right.text, kept, site) : arithmeticText(operator, left, right.text, kept)
}

/** Neither 0 nor -1, whose quotient with the smallest integer does not fit. */
function isSafeDivisor(literal: bigint | undefined): boolean {
  return literal !== undefined && literal !== 0n && literal !== -1n
}

/** Quotient and remainder have a method for each kind of number. */
function division(operator: '/' | '%', left: string, right: string, kept: Representation, site: number): string {
  const name = operator === '/' ? 'Quotient' : 'Remainder'
  const method = kept === 'i32' ? name.toLowerCase() : `${kept === 'u32' ? 'unsigned' : 'wide'}${name}`
  return `m.${method}(${left}, ${right}, ${site})`
}

/** The count of a shift as the text of a number from 0 to `bits` - 1. */
function countText({ text, kept, literal }: Operand, bits: number, site: number): string {
  if (literal !== undefined && literal >= 0n && literal < BigInt(bits)) return `${literal}`
  return `m.${isBig(kept) ? 'wideCount' : 'count'}(${text}, ${bits}, ${site})`
}
