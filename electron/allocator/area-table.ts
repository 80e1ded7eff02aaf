import { grown } from '../../shared/typed-arrays.ts'

/** No area, no block: the end of every list. */
export const NONE = -1

const INITIAL_AREAS = 1024

/**
 * All areas that are not free, as a struct of arrays: an area is an id, its fields stand at that index. Ids are reused after
 * `release`. A vmap block uses the id of its area, so other tables hold their fields at the same index and grow with
 * `capacity`.
 */
export class AreaTable {
  /** First page, relative to VMALLOC_START. */
  startPage = new Float64Array(INITIAL_AREAS)
  pages = new Float64Array(INITIAL_AREAS)
  /** Chains the unused ids. */
  #nextUnused = new Int32Array(INITIAL_AREAS)
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
    return area
  }

  release(area: number): void {
    this.#nextUnused[area] = this.#unused
    this.#unused = area
  }

  #unusedId(): number {
    const area = this.#unused
    if (area !== NONE) {
      this.#unused = this.#nextUnused[area] as number
      return area
    }
    if (this.#idsUsed === this.capacity) this.#grow(this.capacity * 2)
    this.#idsUsed += 1
    return this.#idsUsed - 1
  }

  #grow(capacity: number): void {
    this.startPage = grown(this.startPage, capacity)
    this.pages = grown(this.pages, capacity)
    this.#nextUnused = grown(this.#nextUnused, capacity)
  }
}
