import type { Machine } from '../../shared/machine.ts'
import type { AddressSpace } from './address-space.ts'
import { alignPagesOf, alignUp } from './alignment.ts'
import { NONE, type AreaTable } from './area-table.ts'
import { SortedAreas } from './sorted-areas.ts'

/**
 * Finding address space as Linux 3.2 to 4.10 does (alloc_vmap_area since 89699605fe7c): busy and pending areas sorted by
 * address, searched upward from the area allocated last (`free_vmap_cache`). Space below is looked at again only for a
 * request smaller than the largest hole noticed (`cached_hole_size`), with a smaller alignment than the last one
 * (`cached_align`), or after a lower area was given back.
 */
export class NextFitSpace implements AddressSpace {
  readonly #areas: SortedAreas
  readonly #endPage: number
  readonly #startOffset: number
  #cached = NONE
  #cachedHolePages = 0
  #cachedAlignBytes = 1

  constructor(table: AreaTable, { vmallocStartPage, vmallocPages, bbmapBits }: Machine) {
    this.#areas = new SortedAreas(table)
    this.#startOffset = vmallocStartPage % bbmapBits
    this.#endPage = vmallocPages
  }

  take(pages: number, alignBytes: number): number {
    if (this.#cached === NONE || pages < this.#cachedHolePages || alignBytes < this.#cachedAlignBytes) {
      this.#cachedHolePages = 0
      this.#cached = NONE
    }
    this.#cachedAlignBytes = alignBytes

    const areas = this.#areas
    const { table } = areas
    const alignPages = alignPagesOf(alignBytes)
    const from = this.#cached === NONE ? 0 : table.endPage(this.#cached)
    let candidate = alignUp(from, alignPages, this.#startOffset)
    // `upper` is the next area that could be in the way; NONE when all areas lie below the candidate
    let upper = this.#cached === NONE ? areas.lowestEndingAtOrAbove(candidate) : this.#cached
    while (
      upper !== NONE &&
      candidate + pages > (table.startPage[upper] as number) &&
      candidate + pages <= this.#endPage
    ) {
      const holePages = (table.startPage[upper] as number) - candidate
      if (holePages > this.#cachedHolePages) this.#cachedHolePages = holePages
      candidate = alignUp(table.endPage(upper), alignPages, this.#startOffset)
      upper = areas.above(upper)
    }
    if (candidate + pages > this.#endPage) return NONE
    this.#cached = areas.insertBelow(upper, candidate, pages)
    return this.#cached
  }

  /** The order does not matter here: the cache ends up below the lowest area in every one. */
  giveBack(areas: Int32Array, from: number, to: number): void {
    const { startPage } = this.#areas.table
    for (let position = from; position < to; position += 1) {
      const area = areas[position] as number
      if (this.#cached !== NONE && (startPage[area] as number) <= (startPage[this.#cached] as number)) {
        this.#cached = this.#areas.below(area)
      }
      this.#areas.remove(area)
    }
  }

  get state() {
    return {
      areas: this.#areas.state,
      cached: [this.#cached, this.#cachedHolePages, this.#cachedAlignBytes] as const,
    }
  }

  set state({ areas, cached }) {
    this.#areas.state = areas
    ;[this.#cached, this.#cachedHolePages, this.#cachedAlignBytes] = cached
  }
}
