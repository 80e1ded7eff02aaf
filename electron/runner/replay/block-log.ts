import { grown, nextCapacity } from '../../../shared/typed-arrays.ts'

/** Allocations that are kept: 12 bytes each. */
export const BLOCK_ALLOCATIONS_MAX = 8_000_000

const INITIAL_ALLOCATIONS = 1024

/** Which operation allocated which block, in order: the ordinals of blocks, and how old each is. */
export class BlockLog {
  readonly #max: number
  #operations = new Float64Array(INITIAL_ALLOCATIONS)
  #indices = new Int32Array(INITIAL_ALLOCATIONS)
  #length = 0

  constructor(max = BLOCK_ALLOCATIONS_MAX) {
    this.#max = max
  }

  /** `operation` allocated the block of this index. Beyond the most that is kept, nothing is known of later blocks. */
  add(operation: number, index: number): void {
    if (this.#length >= this.#max) return
    if (this.#length === this.#operations.length) {
      const capacity = nextCapacity(this.#length, this.#length + 1)
      this.#operations = grown(this.#operations, capacity)
      this.#indices = grown(this.#indices, capacity)
    }
    this.#operations[this.#length] = operation
    this.#indices[this.#length] = index
    this.#length += 1
  }

  /**
   * Ordinal of the block that has `index` at moment `operation`, 1 for the first that was allocated, and the operation that
   * allocated it; `undefined` for one that is not kept.
   */
  at(operation: number, index: number): { readonly ordinal: number; readonly operation: number } | undefined {
    for (let place = this.allocatedBy(operation) - 1; place >= 0; place -= 1) {
      if (this.#indices[place] === index) return { ordinal: place + 1, operation: this.#operations[place] as number }
    }
    return undefined
  }

  /** The ordinals of blocks at moment `operation`, in their order, by looking through the log once; 0 for those not kept. */
  ordinals(operation: number, indices: readonly number[]): number[] {
    const places = new Map(indices.map((index, place) => [index, place]))
    const ordinals = indices.map(() => 0)
    for (let entry = this.allocatedBy(operation) - 1; entry >= 0 && places.size > 0; entry -= 1) {
      const place = places.get(this.#indices[entry] as number)
      if (place === undefined) continue
      ordinals[place] = entry + 1
      places.delete(this.#indices[entry] as number)
    }
    return ordinals
  }

  /** How many blocks were allocated up to moment `operation`. */
  allocatedBy(operation: number): number {
    let low = 0
    for (let high = this.#length; low < high;) {
      const middle = (low + high) >> 1
      if ((this.#operations[middle] as number) <= operation) low = middle + 1
      else high = middle
    }
    return low
  }
}
