type Growable = Uint8Array | Int16Array | Uint16Array | Int32Array | Float64Array

/**
 * A copy of `array` with room for `capacity` elements; the new ones are zero.
 *
 * Elements are read as `array[index] as number` where an invariant keeps the index in range. A helper function for that read
 * would be shared by arrays of every kind, and the engine's inline cache in it would give up: pairs took 1.7 times as long when measured.
 */
export function grown<Kind extends Growable>(array: Kind, capacity: number): Kind {
  const bytes = (array.buffer as ArrayBuffer).transfer(capacity * array.BYTES_PER_ELEMENT)
  return new (array.constructor as new (buffer: ArrayBuffer) => Kind)(bytes)
}

/** Above this many elements tables grow by an eighth, so that little of a large one stands empty. */
const DOUBLED_MAX = 1 << 12

/** The next capacity of a table that must hold `needed` elements, a multiple of 32. */
export function nextCapacity(capacity: number, needed: number): number {
  const larger = capacity < DOUBLED_MAX ? capacity * 2 : capacity + capacity / 8
  return Math.ceil(Math.max(larger, needed) / 32) * 32
}
