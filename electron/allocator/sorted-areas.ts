import { grown } from '../../shared/typed-arrays.ts'
import { NONE, type AreaTable } from './area-table.ts'

/** Areas in order of address, as a doubly linked list over the area table's ids. */
export class SortedAreas {
  readonly table: AreaTable
  lowest = NONE
  highest = NONE
  #below: Int32Array
  #above: Int32Array

  constructor(table: AreaTable) {
    this.table = table
    this.#below = new Int32Array(table.capacity)
    this.#above = new Int32Array(table.capacity)
  }

  above(area: number): number {
    return this.#above[area] as number
  }

  below(area: number): number {
    return this.#below[area] as number
  }

  /** Adds an area directly below `upper` (`NONE`: as the highest) and answers its id. */
  insertBelow(upper: number, startPage: number, pages: number): number {
    const area = this.table.add(startPage, pages)
    if (area >= this.#below.length) this.#grow()
    const lower = upper === NONE ? this.highest : this.below(upper)
    this.#below[area] = lower
    this.#above[area] = upper
    if (lower === NONE) this.lowest = area
    else this.#above[lower] = area
    if (upper === NONE) this.highest = area
    else this.#below[upper] = area
    return area
  }

  remove(area: number): void {
    const lower = this.below(area)
    const upper = this.above(area)
    if (lower === NONE) this.lowest = upper
    else this.#above[lower] = upper
    if (upper === NONE) this.highest = lower
    else this.#below[upper] = lower
    this.table.release(area)
  }

  /** The lowest area that ends at or above `page`, or `NONE`. */
  lowestEndingAtOrAbove(page: number): number {
    let area = this.lowest
    while (area !== NONE && this.table.endPage(area) < page) area = this.above(area)
    return area
  }

  get state() {
    return { lowest: this.lowest, highest: this.highest, below: this.#below, above: this.#above }
  }

  set state({ lowest, highest, below, above }) {
    this.lowest = lowest
    this.highest = highest
    this.#below = below
    this.#above = above
  }

  #grow(): void {
    this.#below = grown(this.#below, this.table.capacity)
    this.#above = grown(this.#above, this.table.capacity)
  }
}
