import { grown, nextCapacity } from '../../shared/typed-arrays.ts'

/** No area, no block: the end of every list. */
export const NONE = -1

const INITIAL_AREAS = 1024

/**
 * All areas that are not free, as a struct of arrays: an area is an id, its fields stand at that index. Ids are reused after
 * `release`. A vmap block uses the id of its area, so other tables hold their fields at the same index and grow with
 * `capacity`.
 */
export class AreaTable {
  /** First page, relative to VMALLOC_START; of an unused id the next unused id. */
  startPage = new Float64Array(INITIAL_AREAS)
  pages = new Float64Array(INITIAL_AREAS)
  /** Pages of all areas that are not free. */
  takenPages = 0
  #unused = NONE
  #idsUsed = 0

  get capacity(): number {
    return this.startPage.length
  }

  endPage(area: number): number {
    return (this.startPage[area] as number) + (this.pages[area] as number)
  }

  add(startPage: number, pages: number): number {
    const area = this.#unusedId()
    this.startPage[area] = startPage
    this.pages[area] = pages
    this.takenPages += pages
    return area
  }

  release(area: number): void {
    this.takenPages -= this.pages[area] as number
    this.startPage[area] = this.#unused
    this.#unused = area
  }

  /** The ids of all areas that are not free, ascending. */
  *[Symbol.iterator](): Generator<number> {
    const unused = new Uint8Array(this.#idsUsed)
    for (let area = this.#unused; area !== NONE; area = this.startPage[area] as number) unused[area] = 1
    for (let area = 0; area < unused.length; area += 1) if (unused[area] === 0) yield area
  }

  get state() {
    return {
      ...{ startPage: this.startPage, pages: this.pages, takenPages: this.takenPages },
      ...{ unused: this.#unused, idsUsed: this.#idsUsed },
    }
  }

  set state({ startPage, pages, takenPages, unused, idsUsed }) {
    this.startPage = startPage
    this.takenPages = takenPages
    this.pages = pages
    this.#unused = unused
    this.#idsUsed = idsUsed
  }

  #unusedId(): number {
    const area = this.#unused
    if (area !== NONE) {
      // As an integer again: ids of the kind that fractions have would slow down whatever is done with them
      this.#unused = (this.startPage[area] as number) | 0
      return area
    }
    if (this.#idsUsed === this.capacity) this.#grow(nextCapacity(this.capacity, this.capacity + 1))
    this.#idsUsed += 1
    return this.#idsUsed - 1
  }

  #grow(capacity: number): void {
    this.startPage = grown(this.startPage, capacity)
    this.pages = grown(this.pages, capacity)
  }
}
