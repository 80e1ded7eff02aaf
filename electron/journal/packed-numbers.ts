import { deflateSync, inflateSync } from 'node:zlib'

const UINT32_MAX = 0xffff_ffff
const UINT32_BYTES = 4
const FLOAT64_BYTES = 8

/**
 * Packs whole numbers from 0 to 2^53 - 1: a zlib stream (RFC 1950) of little-endian uint32, or float64 when one of them is
 * larger than a uint32. The reader knows how many there are, so the width follows from the length.
 */
export function packNumbers(numbers: readonly number[]): Uint8Array {
  const wide = numbers.some((value) => value > UINT32_MAX)
  const view = new DataView(new ArrayBuffer(numbers.length * (wide ? FLOAT64_BYTES : UINT32_BYTES)))
  for (const [i, value] of numbers.entries()) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`Stored numbers are whole and not negative; number ${i} is ${value}`)
    }
    if (wide) view.setFloat64(i * FLOAT64_BYTES, value, true)
    else view.setUint32(i * UINT32_BYTES, value, true)
  }
  return deflateSync(new Uint8Array(view.buffer))
}

/** Unpacks `count` numbers. Throws when the bytes are damaged or hold another number of them. */
export function unpackNumbers(packed: Uint8Array, count: number): readonly number[] {
  // A damaged length must not make the lab ask for gigabytes; zero is no accepted bound
  const bytes = inflateSync(packed, { maxOutputLength: Math.max(1, count * FLOAT64_BYTES) })
  const wide = bytes.length === count * FLOAT64_BYTES
  if (!wide && bytes.length !== count * UINT32_BYTES) {
    throw new RangeError(`${bytes.length} bytes do not hold ${count} numbers`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: count }, (_, i) =>
    wide ? view.getFloat64(i * FLOAT64_BYTES, true) : view.getUint32(i * UINT32_BYTES, true),
  )
}
