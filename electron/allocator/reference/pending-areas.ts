import type { AreaList, VmapArea } from './areas.ts'
import type { Counts } from './counts.ts'
import { FlushRange } from './flush-range.ts'

/** Lazy freeing, 2.6.28 to 4.6: freed areas stay in the address space until a purge returns them all at once. */
export class PendingAreas {
  readonly #areas: AreaList
  readonly #counts: Counts
  readonly #maxPages: number
  #pending: VmapArea[] = []
  #purging = false

  constructor(areas: AreaList, counts: Counts, maxPages: number) {
    this.#areas = areas
    this.#counts = counts
    this.#maxPages = maxPages
  }

  /**
   * `free_vmap_area_noflush`: the area becomes pending. Past the limit everything pending is drained at once, unless
   * a purge is running already: `try_purge_vmap_area_lazy` then gives up and nothing makes good for it.
   */
  add(area: VmapArea): void {
    if (area.state !== 'busy') throw new Error(`area ${area.start}..${area.end} is freed twice`)
    area.state = 'pending'
    this.#pending.push(area)
    this.#counts.lazy_pages += area.end - area.start
    if (this.#counts.lazy_pages > this.#maxPages && !this.#purging) {
      this.#counts.purge_on_lazy_threshold += 1
      this.purge()
    }
  }

  /**
   * `__purge_vmap_area_lazy`: lets `purgeFragments` add what it finds, returns all pending areas, ascending, and
   * flushes the TLB once over them and over the range the caller noted.
   */
  purge(purgeFragments: () => void = () => undefined, noted: FlushRange = new FlushRange()): void {
    this.#purging = true
    purgeFragments()
    const drained = this.#pending.toSorted((a, b) => a.start - b.start)
    this.#pending = []
    for (const area of drained) noted.cover(area.start, area.end)
    this.#counts.lazy_pages = 0
    this.#flush(noted)
    for (const area of drained) this.#areas.remove(area)
    this.#purging = false
  }

  #flush(range: FlushRange): void {
    if (range.isEmpty) return
    this.#counts.tlb_flushes += 1
    this.#counts.tlb_flush_pages += range.pages
  }
}
