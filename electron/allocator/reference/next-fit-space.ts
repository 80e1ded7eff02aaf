import type { AddressSpace } from './address-space.ts'
import type { PageRange } from './area.ts'
import { alignUp, alignmentPages } from './machine.ts'
import { SortedRanges } from './sorted-ranges.ts'

/**
 * `alloc_vmap_area` from 2.6.39 to 4.10: areas sorted by address, searched from where the last search ended. It
 * remembers the last area found (`free_vmap_cache`), the largest hole passed on the way (`cached_hole_size`) and the
 * alignment last asked for (`cached_align`), and starts from the bottom again only when a hole that it passed might be
 * large enough.
 */
export class NextFitSpace implements AddressSpace {
  readonly #bounds: PageRange
  readonly #used = new SortedRanges()
  #cache: PageRange | undefined
  #hole = 0
  #cachedAlignBytes = 0

  constructor(bounds: PageRange) {
    this.#bounds = bounds
  }

  allocate(size: number, alignBytes: number): number | undefined {
    if (this.#cache === undefined || size < this.#hole || alignBytes < this.#cachedAlignBytes) {
      this.#hole = 0
      this.#cache = undefined
    }
    this.#cachedAlignBytes = alignBytes

    const start = this.#walk(size, alignmentPages(alignBytes))
    if (start + size > this.#bounds.end) return undefined

    this.#cache = { start, end: start + size }
    this.#used.insert(this.#cache)
    return start
  }

  /** The first candidate that no area is in the way of; it may lie too high to fit. */
  #walk(size: number, align: number): number {
    let candidate = alignUp(this.#cache?.end ?? this.#bounds.start, align)
    let index = this.#cache === undefined ? this.#used.firstNotBelow(candidate) : this.#used.indexOf(this.#cache)
    for (;;) {
      const area = this.#used.at(index)
      if (area === undefined) return candidate
      const inTheWay = candidate + size > area.start && candidate + size <= this.#bounds.end
      if (!inTheWay) return candidate
      if (candidate + this.#hole < area.start) this.#hole = area.start - candidate
      candidate = alignUp(area.end, align)
      index += 1
    }
  }

  /** `__free_vmap_area`: the search goes back below what was removed if it is past it. */
  free(range: PageRange): void {
    this.#used.remove(range, (removed, below) => {
      if (this.#cache !== undefined && removed.start <= this.#cache.start) this.#cache = below
    })
  }

  /** Without a remembered area the next search forgets hole and alignment too. */
  state(): string {
    const hints = this.#cache === undefined ? '' : `${this.#cache.start} ${this.#hole} ${this.#cachedAlignBytes}`
    return `${this.#used.state()} after ${hints}`
  }
}
