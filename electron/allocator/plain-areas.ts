import { PAGE_SIZE_BYTES } from '../../shared/machine.ts'
import { FAILED } from '../../shared/requests.ts'
import { AreaIndex } from './area-index.ts'
import type { AreaSource } from './area-source.ts'
import { NONE } from './area-table.ts'
import { ContradictionError } from './contradiction.ts'
import type { Reclaim } from './reclaim.ts'
import type { AllocatorState } from './state.ts'

const GUARD_PAGES = 1

/** Areas of the address space, and those of them that are no vmap blocks: big vm_map_ram mappings and ordinary vmap areas. */
export class PlainAreas {
  readonly #state: AllocatorState
  readonly #source: AreaSource
  readonly #reclaim: Reclaim
  /** By first page. */
  readonly #index: AreaIndex

  constructor(state: AllocatorState, source: AreaSource, reclaim: Reclaim) {
    this.#state = state
    this.#source = source
    this.#reclaim = reclaim
    this.#index = new AreaIndex(state.areas)
  }

  /** alloc_vmap_area: the new area's id, or `NONE`. On failure it purges once and tries once more. */
  allocate(pages: number, alignBytes: number, cpu: number): number {
    const { counts } = this.#state
    counts.alloc_vmap_area += 1
    let area = this.#source.take(pages, alignBytes, cpu)
    if (area === NONE) {
      this.#reclaim.afterFailure()
      area = this.#source.take(pages, alignBytes, cpu)
    }
    if (area === NONE) counts.alloc_vmap_area_failed += 1
    this.#checkPages()
    return area
  }

  /** A vm_map_ram mapping too big for a block: its first page, or `FAILED`. */
  mapBig(pages: number, cpu: number): number {
    return this.#add(this.allocate(pages, PAGE_SIZE_BYTES, cpu))
  }

  /** @throws {RangeError} when no mapping of that size starts there. */
  unmapBig(startPage: number, pages: number): void {
    const area = this.#index.find(startPage)
    if (area === NONE || (this.#state.areas.pages[area] as number) !== pages) {
      throw new RangeError(`No mapping of ${pages} pages starts at page ${startPage}.`)
    }
    this.#remove(area)
  }

  /** An ordinary area with its guard page: its first page, or `FAILED`. The kernel refuses 0 pages before it asks for any. */
  vmap(pages: number, cpu: number): number {
    return pages === 0 ? FAILED : this.#add(this.allocate(pages + GUARD_PAGES, 1, cpu))
  }

  /** Answers the area's pages, without its guard page. @throws {RangeError} when no area starts there. */
  vunmap(startPage: number): number {
    const area = this.#index.find(startPage)
    if (area === NONE) throw new RangeError(`No vmap area starts at page ${startPage}.`)
    const pages = (this.#state.areas.pages[area] as number) - GUARD_PAGES
    this.#remove(area)
    return pages
  }

  /** Whether an area is in use as such: a big mapping, or an ordinary area. */
  holds(area: number): boolean {
    return this.#index.find(this.#state.areas.startPage[area] as number) === area
  }

  get state() {
    return this.#index.state
  }

  set state(state) {
    this.#index.state = state
  }

  #checkPages(): void {
    const { areas, machine } = this.#state
    if (areas.takenPages <= machine.vmallocPages && areas.takenPages >= this.#reclaim.pendingPages) return
    const pages = `${areas.takenPages} pages are taken, ${this.#reclaim.pendingPages} of them pending`
    throw new ContradictionError(`${pages}, in a vmalloc space of ${machine.vmallocPages}`)
  }

  #add(area: number): number {
    if (area === NONE) return FAILED
    this.#index.add(area)
    return this.#state.areas.startPage[area] as number
  }

  #remove(area: number): void {
    this.#index.remove(area)
    this.#reclaim.freeArea(area)
  }
}
