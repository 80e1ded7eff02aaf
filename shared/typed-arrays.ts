type Growable = Uint8Array | Int16Array | Uint16Array | Int32Array | Float64Array

/** A copy of `array` with room for `capacity` elements; the new ones are zero. */
export function grown<Kind extends Growable>(array: Kind, capacity: number): Kind {
  const larger = new (array.constructor as new (length: number) => Kind)(capacity)
  larger.set(array)
  return larger
}

/**
 * Reads an element that an invariant guarantees to exist. Typed arrays answer numbers for every index in range; the compiler
 * cannot know the range.
 */
export function at(array: Growable, index: number): number {
  return array[index] as number
}
