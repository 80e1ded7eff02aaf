import { PAGE_SIZE_BYTES } from '../../shared/machine.ts'
import { NONE, type AreaTable } from './area-table.ts'
import type { AddressSpace } from './address-space.ts'

/**
 * Finding address space as Linux 3.2 to 4.10 does (alloc_vmap_area since 89699605fe7c): busy and pending areas sorted by
 * address, searched upward from the area allocated last (`free_vmap_cache`). Space below is looked at again only for a
 * request smaller than the largest hole noticed (`cached_hole_size`), with a smaller alignment than the last one
 * (`cached_align`), or after a lower area was given back.
 */
export class NextFitSpace implements AddressSpace {
  readonly #areas: AreaTable
  readonly #endPage: number
  /** How far VMALLOC_START lies above a block boundary: alignment is absolute, pages here are relative. */
  readonly #startOffset: number
  #cached = NONE
  #cachedHolePages = 0
  #cachedAlignBytes = 1

  constructor(areas: AreaTable, startOffset: number, vmallocPages: number) {
    this.#areas = areas
    this.#startOffset = startOffset
    this.#endPage = vmallocPages
  }

  take(pages: number, alignBytes: number): number {
    if (this.#cached === NONE || pages < this.#cachedHolePages || alignBytes < this.#cachedAlignBytes) {
      this.#cachedHolePages = 0
      this.#cached = NONE
    }
    this.#cachedAlignBytes = alignBytes

    const alignPages = Math.max(1, alignBytes / PAGE_SIZE_BYTES)
    const areas = this.#areas
    let candidate: number
    let upper: number
    if (this.#cached === NONE) {
      candidate = this.#alignUp(0, alignPages)
      upper = this.#lowestEndingAtOrAbove(candidate)
    } else {
      candidate = this.#alignUp(areas.endPage(this.#cached), alignPages)
      upper = this.#cached
    }
    // `upper` is the next area that could be in the way; NONE when all areas lie below the candidate
    while (
      upper !== NONE &&
      candidate + pages > (areas.startPage[upper] as number) &&
      candidate + pages <= this.#endPage
    ) {
      const holePages = (areas.startPage[upper] as number) - candidate
      if (holePages > this.#cachedHolePages) this.#cachedHolePages = holePages
      candidate = this.#alignUp(areas.endPage(upper), alignPages)
      upper = areas.above(upper)
    }
    if (candidate + pages > this.#endPage) return NONE
    this.#cached = areas.insertAbove(upper === NONE ? areas.highest : areas.below(upper), candidate, pages)
    return this.#cached
  }

  giveBack(area: number): void {
    const { startPage } = this.#areas
    if (this.#cached !== NONE && (startPage[area] as number) <= (startPage[this.#cached] as number)) {
      this.#cached = this.#areas.below(area)
    }
    this.#areas.remove(area)
  }

  #lowestEndingAtOrAbove(page: number): number {
    let area = this.#areas.lowest
    while (area !== NONE && this.#areas.endPage(area) < page) area = this.#areas.above(area)
    return area
  }

  #alignUp(page: number, alignPages: number): number {
    // Pages go beyond 32 bits, but `&` keeps the low ones, and alignments are powers of two of at most 1,024
    const beyond = (this.#startOffset + page) & (alignPages - 1)
    return beyond === 0 ? page : page + alignPages - beyond
  }
}
