import { grown } from '../../shared/typed-arrays.ts'
import type { AreaSource } from './area-source.ts'
import type { AreaTable } from './area-table.ts'

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
  readonly #table: AreaTable
  readonly #source: AreaSource
  #pending = new Int32Array(INITIAL_AREAS)

  constructor(table: AreaTable, source: AreaSource) {
    this.#table = table
    this.#source = source
  }

  add(area: number): void {
    if (this.length === this.#pending.length) this.#pending = grown(this.#pending, this.length * 2)
    this.#pending[this.length] = area
    this.length += 1
    const startPage = this.#table.startPage[area] as number
    const endPage = this.#table.endPage(area)
    this.pages += endPage - startPage
    if (startPage < this.lowestPage) this.lowestPage = startPage
    if (endPage > this.highestPage) this.highestPage = endPage
  }

  /** Gives every pending area back to where it came from; `afterFailure` when an allocation failed. */
  drain(afterFailure: boolean): void {
    this.#source.drain({ areas: this.#pending.slice(0, this.length), pages: this.pages, afterFailure })
    this.length = 0
    this.pages = 0
    this.lowestPage = Infinity
    this.highestPage = -Infinity
  }

  /** The ids of all pending areas, in the order in which they were freed. */
  get areas(): Int32Array {
    return this.#pending.subarray(0, this.length)
  }

  get state() {
    const { pages, length, lowestPage, highestPage } = this
    return { pages, length, lowestPage, highestPage, pending: this.#pending }
  }

  set state({ pages, length, lowestPage, highestPage, pending }) {
    Object.assign(this, { pages, length, lowestPage, highestPage })
    this.#pending = pending
  }
}
