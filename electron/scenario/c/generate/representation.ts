import type { ArithmeticOperator, ShiftOperator } from '../ast.ts'
import type { ScalarType, WordBits } from '../types.ts'

/**
 * How a value is kept in the generated code. `bit`, `i32` and `u32` are JavaScript numbers in the range of the type, `i64`
 * and `u64` BigInts, `handle` the number of a mapping (run/mappings.ts) with 0 for NULL.
 */
export type Representation = 'bit' | 'i32' | 'u32' | 'i64' | 'u64' | 'handle'

export function representationOf(type: ScalarType, wordBits: WordBits): Representation {
  switch (type) {
    case 'bool':
      return 'bit'
    case 'int':
      return 'i32'
    case 'unsigned':
      return 'u32'
    case 'long':
      return wordBits === 32 ? 'i32' : 'i64'
    case 'ulong':
      return wordBits === 32 ? 'u32' : 'u64'
    case 'pointer':
      return 'handle'
  }
}

export function isBig(kept: Representation): kept is 'i64' | 'u64' {
  return kept === 'i64' || kept === 'u64'
}

/** An integer as generated text. This is the only way in which a value of the source reaches the generated code. */
export function literalText(value: bigint, kept: Representation): string {
  const text = isBig(kept) ? `${value}n` : `${value}`
  return value < 0n ? `(${text})` : text
}

export function zeroText(kept: Representation): string {
  return literalText(0n, kept)
}

/** The text of a value, brought back into the range of its type. */
export function wrapText(text: string, kept: Representation): string {
  switch (kept) {
    case 'i32':
      return `(${text} | 0)`
    case 'u32':
      return `(${text} >>> 0)`
    case 'i64':
      return `BigInt.asIntN(64, ${text})`
    case 'u64':
      return `BigInt.asUintN(64, ${text})`
    case 'bit':
    case 'handle':
      return text
  }
}

/** The text of a value in another representation. Addresses of handles are the caller's. */
export function convertText(text: string, from: Representation, to: Representation): string {
  if (from === to) return text
  if (to === 'bit') return `(${text} !== ${zeroText(from)} ? 1 : 0)`
  if (isBig(to)) {
    if (isBig(from)) return wrapText(text, to)
    const big = `BigInt(${text})`
    return from === 'i32' && to === 'u64' ? wrapText(big, to) : big
  }
  if (isBig(from)) return `Number(BigInt.${to === 'i32' ? 'asIntN' : 'asUintN'}(32, ${text}))`
  return from === 'bit' ? text : wrapText(text, to)
}

/** An arithmetic operation that can be written out: all but division by what may be 0. */
export function arithmeticText(
  operator: ArithmeticOperator,
  left: string,
  right: string,
  kept: Representation,
): string {
  if (operator === '*' && !isBig(kept)) {
    const product = `Math.imul(${left}, ${right})`
    return kept === 'u32' ? wrapText(product, kept) : product
  }
  const staysInRange = operator === '&' || operator === '|' || operator === '^'
  const text = `${left} ${operator} ${right}`
  if (!staysInRange) return wrapText(text, kept)
  return kept === 'u32' ? wrapText(`(${text})`, kept) : `(${text})`
}

/** A shift by a count that is known to be in range; `count` is the text of a number. */
export function shiftText(operator: ShiftOperator, left: string, count: string, kept: Representation): string {
  if (isBig(kept)) {
    const shifted = `(${left} ${operator} BigInt(${count}))`
    return operator === '<<' ? wrapText(shifted, kept) : shifted
  }
  if (kept === 'u32') return operator === '>>' ? `(${left} >>> ${count})` : wrapText(`(${left} << ${count})`, kept)
  return `(${left} ${operator} ${count})`
}
