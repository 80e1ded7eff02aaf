import type { AddressSpace } from './address-space.ts'
import type { AreaTable } from './area-table.ts'
import { grown } from '../../shared/typed-arrays.ts'

const INITIAL_AREAS = 256

/**
 * Areas that were freed lazily: their address space stays unusable until a drain gives all of them back after one TLB flush.
 */
export class PendingAreas {
  /** Pages of all pending areas. */
  pages = 0
  length = 0
  /** Span that a flush has to cover; empty (start above end) when nothing is pending. */
  lowestPage = Infinity
  highestPage = -Infinity
  readonly #areas: AreaTable
  readonly #space: AddressSpace
  #pending = new Int32Array(INITIAL_AREAS)

  constructor(areas: AreaTable, space: AddressSpace) {
    this.#areas = areas
    this.#space = space
  }

  add(area: number): void {
    if (this.length === this.#pending.length) this.#pending = grown(this.#pending, this.length * 2)
    this.#pending[this.length] = area
    this.length += 1
    const startPage = this.#areas.startPage[area] as number
    const pages = this.#areas.pages[area] as number
    this.pages += pages
    if (startPage < this.lowestPage) this.lowestPage = startPage
    if (startPage + pages > this.highestPage) this.highestPage = startPage + pages
  }

  /** Gives every pending area back to the address space. */
  drain(): void {
    for (let position = 0; position < this.length; position += 1)
      this.#space.giveBack(this.#pending[position] as number)
    this.length = 0
    this.pages = 0
    this.lowestPage = Infinity
    this.highestPage = -Infinity
  }
}
