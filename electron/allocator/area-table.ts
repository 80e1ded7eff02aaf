import { grown } from '../../shared/typed-arrays.ts'

/** No area, no block: the end of every list. */
export const NONE = -1

const INITIAL_AREAS = 1024

/**
 * All busy and pending vmap areas, sorted by address, as a struct of arrays: an area is an id, its fields stand at that
 * index. Ids are reused after `remove`. A vmap block uses the id of its area, so other tables hold block fields at the same
 * index and grow with `capacity`.
 */
export class AreaTable {
  /** First page, relative to VMALLOC_START. */
  startPage = new Float64Array(INITIAL_AREAS)
  pages = new Float64Array(INITIAL_AREAS)
  /** Number of areas in the table. */
  length = 0
  lowest = NONE
  highest = NONE
  #below = new Int32Array(INITIAL_AREAS)
  /** The next higher area; chains the unused ids as well. */
  #above = new Int32Array(INITIAL_AREAS)
  #unused = NONE
  #idsUsed = 0

  get capacity(): number {
    return this.startPage.length
  }

  above(area: number): number {
    return this.#above[area] as number
  }

  below(area: number): number {
    return this.#below[area] as number
  }

  endPage(area: number): number {
    return (this.startPage[area] as number) + (this.pages[area] as number)
  }

  /** Adds an area directly above `lower` (`NONE`: as the lowest) and answers its id. */
  insertAbove(lower: number, startPage: number, pages: number): number {
    const area = this.#unusedId()
    this.startPage[area] = startPage
    this.pages[area] = pages
    const upper = lower === NONE ? this.lowest : (this.#above[lower] as number)
    this.#below[area] = lower
    this.#above[area] = upper
    if (lower === NONE) this.lowest = area
    else this.#above[lower] = area
    if (upper === NONE) this.highest = area
    else this.#below[upper] = area
    this.length += 1
    return area
  }

  remove(area: number): void {
    const lower = this.#below[area] as number
    const upper = this.#above[area] as number
    if (lower === NONE) this.lowest = upper
    else this.#above[lower] = upper
    if (upper === NONE) this.highest = lower
    else this.#below[upper] = lower
    this.#above[area] = this.#unused
    this.#unused = area
    this.length -= 1
  }

  #unusedId(): number {
    if (this.#unused !== NONE) {
      const area = this.#unused
      this.#unused = this.#above[area] as number
      return area
    }
    if (this.#idsUsed === this.capacity) this.#grow(this.capacity * 2)
    const area = this.#idsUsed
    this.#idsUsed += 1
    return area
  }

  #grow(capacity: number): void {
    this.startPage = grown(this.startPage, capacity)
    this.pages = grown(this.pages, capacity)
    this.#below = grown(this.#below, capacity)
    this.#above = grown(this.#above, capacity)
  }
}
