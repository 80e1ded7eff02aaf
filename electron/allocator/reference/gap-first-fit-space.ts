import type { AddressSpace } from './address-space.ts'
import type { PageRange } from './area.ts'
import { alignUp, alignmentPages } from './machine.ts'
import { SortedRanges } from './sorted-ranges.ts'

const GAP_PAGES = 1

/**
 * `alloc_vmap_area` of 2.6.28: first fit from VMALLOC_START. The next candidate is a page past the area in the way, so
 * that every area is followed by a gap, and blocks, which are aligned to their size, stand two sizes apart.
 */
export class GapFirstFitSpace implements AddressSpace {
  readonly #bounds: PageRange
  readonly #used = new SortedRanges()

  constructor(bounds: PageRange) {
    this.#bounds = bounds
  }

  allocate(size: number, alignBytes: number): number | undefined {
    const align = alignmentPages(alignBytes)
    let candidate = alignUp(this.#bounds.start, align)
    for (let index = this.#used.firstNotBelow(candidate); candidate + size <= this.#bounds.end; index += 1) {
      const inTheWay = this.#used.at(index)
      if (inTheWay === undefined || candidate + size <= inTheWay.start) {
        this.#used.insert({ start: candidate, end: candidate + size })
        return candidate
      }
      candidate = alignUp(inTheWay.end + GAP_PAGES, align)
    }
    return undefined
  }

  free(range: PageRange): void {
    this.#used.remove(range, () => undefined)
  }

  state(): string {
    return this.#used.state()
  }
}
