import { grown, nextCapacity } from '../../shared/typed-arrays.ts'

const INITIAL_BLOCKS = 1024
const NO_HOLE = -1

/**
 * Which of a block's slots a map gets in Linux 2.6.28 and 3.2: the lowest run aligned to its own size (bitmap_find_free_region over a bitmap of slots handed out).
 *
 * The bitmap is not needed. Slots in use end at `top`; below it, alignment leaves holes of powers of two. While a hole of
 * order k exists, every map of that order or less goes into a hole, so `top` stays a multiple of 2^(k+1) and no second hole of
 * order k or less comes into being: at most one hole an order, lower orders at lower addresses. The lowest aligned run is
 * therefore in the smallest hole that suffices, or at `top`.
 */
export class AlignedPlacement {
  /** Orders that a hole can have: less than the largest map. */
  readonly #orders: number
  #top = new Int16Array(INITIAL_BLOCKS)
  /** First slot of each order's hole, block by block. */
  #holes: Int16Array

  constructor(maxAlloc: number) {
    this.#orders = Math.log2(maxAlloc)
    this.#holes = new Int16Array(INITIAL_BLOCKS * this.#orders)
  }

  /** Forgets what a block of this id held before. */
  reset(block: number): void {
    if (block >= this.#top.length) {
      const capacity = nextCapacity(this.#top.length, block + 1)
      this.#top = grown(this.#top, capacity)
      this.#holes = grown(this.#holes, capacity * this.#orders)
    }
    this.#top[block] = 0
    this.#holes.fill(NO_HOLE, block * this.#orders, (block + 1) * this.#orders)
  }

  /** The first of `slots` slots, a power of two, of a block that has at least that many free. */
  place(block: number, slots: number): number {
    const holes = block * this.#orders
    const order = Math.log2(slots)
    for (let from = order; from < this.#orders; from += 1) {
      const hole = this.#holes[holes + from] as number
      if (hole === NO_HOLE) continue
      this.#holes[holes + from] = NO_HOLE
      // What is left of the hole is one hole of each order from the map's up
      for (let left = order; left < from; left += 1) this.#holes[holes + left] = hole + 2 ** left
      return hole
    }
    let top = this.#top[block] as number
    for (let left = 0; left < order; left += 1) {
      if ((top & (2 ** left)) === 0) continue
      this.#holes[holes + left] = top
      top += 2 ** left
    }
    this.#top[block] = top + slots
    return top
  }

  get state() {
    return { top: this.#top, holes: this.#holes }
  }

  set state({ top, holes }) {
    this.#top = top
    this.#holes = holes
  }
}
