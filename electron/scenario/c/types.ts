/** The types of the language. `pages` and `pgprot` have one value each, which only the allocator's calls take. */
export type IntegerType = 'bool' | 'int' | 'unsigned' | 'long' | 'ulong'
export type ScalarType = IntegerType | 'pointer'
export type ValueType = ScalarType | 'void' | 'pages' | 'pgprot'

export interface ArrayType {
  readonly element: ScalarType
  /** `undefined` for a parameter, which takes arrays of any length. */
  readonly length: number | undefined
}

export type WordBits = 32 | 64

const C_NAMES: Readonly<Record<ValueType, string>> = {
  bool: 'bool',
  int: 'int',
  unsigned: 'unsigned int',
  long: 'long',
  ulong: 'unsigned long',
  pointer: 'void *',
  void: 'void',
  pages: 'struct page **',
  pgprot: 'pgprot_t',
}

/** A type as C writes it. */
export function cName(type: ValueType): string {
  return C_NAMES[type]
}

export function isInteger(type: ValueType): type is IntegerType {
  return type === 'bool' || type === 'int' || type === 'unsigned' || type === 'long' || type === 'ulong'
}

export function isSigned(type: IntegerType): boolean {
  return type === 'int' || type === 'long'
}

/** Bits of the value: C11 6.2.5. */
export function bitsOf(type: IntegerType, wordBits: WordBits): number {
  if (type === 'bool') return 1
  return type === 'int' || type === 'unsigned' ? 32 : wordBits
}

/** sizeof, in bytes. */
export function sizeOf(type: ScalarType, wordBits: WordBits): number {
  if (type === 'pointer') return wordBits / 8
  return type === 'bool' ? 1 : bitsOf(type, wordBits) / 8
}

/** Integer promotion: C11 6.3.1.1. */
export function promoted(type: IntegerType): IntegerType {
  return type === 'bool' ? 'int' : type
}

/** The usual arithmetic conversions: C11 6.3.1.8. */
export function commonType(left: IntegerType, right: IntegerType, wordBits: WordBits): IntegerType {
  const types = new Set([promoted(left), promoted(right)])
  if (types.has('ulong')) return 'ulong'
  // A long holds every unsigned only when it is wider
  if (types.has('long')) return types.has('unsigned') && wordBits === 32 ? 'ulong' : 'long'
  return types.has('unsigned') ? 'unsigned' : 'int'
}

/** The value that an integer becomes in a type: C11 6.3.1.2 and 6.3.1.3; signed types wrap around, as GCC defines it. */
export function wrapped(value: bigint, type: IntegerType, wordBits: WordBits): bigint {
  if (type === 'bool') return value === 0n ? 0n : 1n
  const bits = bitsOf(type, wordBits)
  return isSigned(type) ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)
}

/** True when the values of a type do not fit in a JavaScript number and are computed as BigInt. */
export function isWide(type: ValueType, wordBits: WordBits): boolean {
  return wordBits === 64 && (type === 'long' || type === 'ulong')
}
