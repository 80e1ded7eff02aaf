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
  switch (operator) {
    case '/':
    case '%':
      return isSafeDivisor(right.literal)
        ? arithmeticText(operator, left, right.text, kept)
        : division(operator, left, right.text, kept, site)
    case '<<':
    case '>>':
      return shiftText(operator, left, countText(right, isBig(kept) ? 64 : 32, site), kept)
    default:
      return arithmeticText(operator, left, right.text, kept)
  }
}

/** Neither 0 nor -1, whose quotient with the smallest integer does not fit. */
function isSafeDivisor(literal: bigint | undefined): boolean {
  return literal !== undefined && literal !== 0n && literal !== -1n
}

function division(operator: '/' | '%', left: string, right: string, kept: Representation, site: number): string {
  const isQuotient = operator === '/'
  switch (kept) {
    case 'i32':
      return `m.${isQuotient ? 'quotient' : 'remainder'}(${left}, ${right}, ${site})`
    case 'u32':
      return `m.${isQuotient ? 'unsignedQuotient' : 'unsignedRemainder'}(${left}, ${right}, ${site})`
    default:
      return `m.${isQuotient ? 'wideQuotient' : 'wideRemainder'}(${left}, ${right}, ${site})`
  }
}

/** The count of a shift as the text of a number from 0 to `bits` - 1. */
function countText({ text, kept, literal }: Operand, bits: number, site: number): string {
  if (literal !== undefined && literal >= 0n && literal < BigInt(bits)) return `${literal}`
  return `m.${isBig(kept) ? 'wideCount' : 'count'}(${text}, ${bits}, ${site})`
}
