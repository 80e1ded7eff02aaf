/** What a block knows of the slots that were handed out and given back, for the flush of `vm_unmap_aliases`. */
export interface DirtySlots {
  /** Notes that `slots` slots from `offset` were given back. */
  mark(offset: number, slots: number): void
  /** From the first dirty slot to the one after the last, as far as it is known; undefined when none is. */
  span(): { first: number; end: number } | undefined
  /** They have been flushed. */
  reset(): void
}

/**
 * The bitmap up to 4.0. It is marked with `bitmap_allocate_region`, which works inside one machine word: since slots
 * stopped being aligned to their order (3fcd76e8028e), the part of a region that lies in the next word stays unmarked.
 */
export class DirtyBitmap implements DirtySlots {
  readonly #bits: boolean[]
  readonly #wordBits: number

  constructor(slots: number, wordBits: number) {
    this.#bits = new Array<boolean>(slots).fill(false)
    this.#wordBits = wordBits
  }

  mark(offset: number, slots: number): void {
    const endOfWord = (Math.floor(offset / this.#wordBits) + 1) * this.#wordBits
    this.#bits.fill(true, offset, Math.min(offset + slots, endOfWord))
  }

  span(): { first: number; end: number } | undefined {
    const first = this.#bits.indexOf(true)
    return first < 0 ? undefined : { first, end: this.#bits.lastIndexOf(true) + 1 }
  }

  reset(): void {
    this.#bits.fill(false)
  }
}

/** `dirty_min` and `dirty_max`, since 7d61bfe8fddb. */
export class DirtyMinMax implements DirtySlots {
  #min = Infinity
  #max = 0

  mark(offset: number, slots: number): void {
    this.#min = Math.min(this.#min, offset)
    this.#max = Math.max(this.#max, offset + slots)
  }

  span(): { first: number; end: number } | undefined {
    return this.#max === 0 ? undefined : { first: this.#min, end: this.#max }
  }

  reset(): void {
    this.#min = Infinity
    this.#max = 0
  }
}
