import { PAGE_SIZE, alignUp } from './machine.ts'

/** A range of the vmalloc space, in absolute pages: `start` belongs to it, `end` does not. */
export interface VmapArea {
  readonly start: number
  readonly end: number
  readonly use: 'block' | 'big map' | 'vmap'
  /** A pending area is freed but not drained: its addresses cannot be handed out again. */
  state: 'busy' | 'pending'
}

/**
 * The vmalloc space of `alloc_vmap_area` from 2.6.39 to 4.10: areas sorted by address, searched from where the last
 * search ended. It remembers the last area found (`free_vmap_cache`), the largest hole passed on the way
 * (`cached_hole_size`) and the alignment last asked for (`cached_align`), and starts from the bottom again only when a
 * hole that it passed might be large enough.
 */
export class AreaList {
  /** Busy and pending areas, ascending. */
  readonly #areas: VmapArea[] = []
  readonly #start: number
  readonly #end: number
  #cache: VmapArea | undefined
  #hole = 0
  #cachedAlignBytes = 0

  constructor(start: number, end: number) {
    this.#start = start
    this.#end = end
  }

  /**
   * Finds `size` pages at a multiple of `alignBytes` and makes them a busy area; undefined when the walk finds none.
   * The alignment is in bytes because an ordinary area asks for 1 byte and a big map for 1 page: both land on any
   * page, but the smaller alignment after the larger one starts again from the bottom.
   */
  allocate(size: number, alignBytes: number, use: VmapArea['use']): VmapArea | undefined {
    if (this.#cache === undefined || size < this.#hole || alignBytes < this.#cachedAlignBytes) {
      this.#hole = 0
      this.#cache = undefined
    }
    this.#cachedAlignBytes = alignBytes

    const start = this.#walk(size, Math.max(1, alignBytes / PAGE_SIZE))
    if (start + size > this.#end) return undefined

    const area: VmapArea = { start, end: start + size, use, state: 'busy' }
    this.#insert(area)
    this.#cache = area
    return area
  }

  /** The first candidate that no area is in the way of; it may lie too high to fit. */
  #walk(size: number, align: number): number {
    let candidate = alignUp(this.#cache?.end ?? this.#start, align)
    let index = this.#firstToExamine(candidate)
    for (;;) {
      const area = this.#areas[index]
      if (area === undefined) return candidate
      const inTheWay = candidate + size > area.start && candidate + size <= this.#end
      if (!inTheWay) return candidate
      if (candidate + this.#hole < area.start) this.#hole = area.start - candidate
      candidate = alignUp(area.end, align)
      index += 1
    }
  }

  /** Position of the cached area, or else of the lowest one that does not end below the candidate. */
  #firstToExamine(candidate: number): number {
    return this.#cache === undefined
      ? this.#areas.findIndex((area) => area.end >= candidate)
      : this.#areas.indexOf(this.#cache)
  }

  #insert(area: VmapArea): void {
    const position = this.#areas.findLastIndex((other) => other.start < area.start) + 1
    const below = this.#areas[position - 1]
    const above = this.#areas[position]
    if ((below !== undefined && below.end > area.start) || (above !== undefined && above.start < area.end)) {
      throw new Error(`area ${area.start}..${area.end} overlaps a neighbour`)
    }
    this.#areas.splice(position, 0, area)
  }

  /** `__free_vmap_area`: the range can be handed out again; the search goes back below it if it is past it. */
  remove(area: VmapArea): void {
    const position = this.#areas.indexOf(area)
    if (position < 0) throw new Error(`area ${area.start}..${area.end} is not in the list`)
    if (this.#cache !== undefined && area.start <= this.#cache.start) this.#cache = this.#areas[position - 1]
    this.#areas.splice(position, 1)
  }

  /** The busy area that starts at this page (`find_vmap_area`). */
  busyAt(start: number): VmapArea | undefined {
    return this.#areas.find((area) => area.start === start && area.state === 'busy')
  }
}
