import type { Machine } from '../../shared/machine.ts'
import type { AddressSpace } from './address-space.ts'
import { alignPagesOf, alignUp } from './alignment.ts'
import { NONE, type AreaTable } from './area-table.ts'
import { SortedAreas } from './sorted-areas.ts'

/**
 * Finding address space as Linux 2.6.28 does: the first gap from VMALLOC_START over busy and pending areas, with a page kept
 * free after every area passed. Two blocks in a row therefore stand two block sizes apart.
 */
export class FirstFitSpace implements AddressSpace {
  readonly #areas: SortedAreas
  readonly #endPage: number
  readonly #startOffset: number
  /**
   * The area that the last search put in place, and what it asked for. A search for the same finds nothing below it as long
   * as nothing there was given back, so it starts at that area: without this, n blocks would cost n² / 2 steps.
   */
  #last = NONE
  #lastPages = 0
  #lastAlignBytes = 0

  constructor(table: AreaTable, { vmallocStartPage, vmallocPages, bbmapBits }: Machine) {
    this.#areas = new SortedAreas(table)
    this.#startOffset = vmallocStartPage % bbmapBits
    this.#endPage = vmallocPages
  }

  take(pages: number, alignBytes: number): number {
    const areas = this.#areas
    const { table } = areas
    const alignPages = alignPagesOf(alignBytes)
    const resumed = this.#last !== NONE && pages === this.#lastPages && alignBytes === this.#lastAlignBytes
    let candidate = resumed ? (table.startPage[this.#last] as number) : alignUp(0, alignPages, this.#startOffset)
    let upper = resumed ? this.#last : areas.lowestEndingAtOrAbove(candidate)
    while (
      upper !== NONE &&
      candidate + pages > (table.startPage[upper] as number) &&
      candidate + pages <= this.#endPage
    ) {
      candidate = alignUp(table.endPage(upper) + 1, alignPages, this.#startOffset)
      upper = areas.above(upper)
    }
    if (candidate + pages > this.#endPage) return NONE
    this.#last = areas.insertBelow(upper, candidate, pages)
    this.#lastPages = pages
    this.#lastAlignBytes = alignBytes
    return this.#last
  }

  giveBack(areas: Int32Array, from: number, to: number): void {
    const { startPage } = this.#areas.table
    for (let position = from; position < to; position += 1) {
      const area = areas[position] as number
      if (this.#last !== NONE && (startPage[area] as number) <= (startPage[this.#last] as number)) this.#last = NONE
      this.#areas.remove(area)
    }
  }

  get state() {
    return { areas: this.#areas.state, last: [this.#last, this.#lastPages, this.#lastAlignBytes] as const }
  }

  set state({ areas, last }) {
    this.#areas.state = areas
    ;[this.#last, this.#lastPages, this.#lastAlignBytes] = last
  }
}
