import { FAILED } from '../../../../shared/requests.ts'
import { budgetNamed } from '../../../../shared/scenario-budgets.ts'
import type { RunSites } from './sites.ts'

/** NULL; the handle of a map that failed. */
export const NULL_HANDLE = 0

const INITIAL_SLOTS = 1024

/** What the table keeps of a mapping, side by side. */
const CELLS = 4
const CELL = {
  /** The handle while the mapping lives, and its negative from then on. */
  handle: 0,
  /** Pages of a vm_map_ram; for a vmap, -1 - pages. */
  size: 1,
  startPage: 2,
  /** Where it was mapped while it lives, where it was unmapped from then on. */
  site: 3,
} as const

/**
 * The mappings that a scenario made and has not unmapped. Each has a number that no other one of the run has, its handle,
 * so that a handle which is no longer good is known by that alone. The mapping stands in the slot that the low bits of its
 * handle name; a number whose slot is taken is passed over. At most half of the slots are taken, so that is rare.
 */
export class Mappings {
  readonly #sites: RunSites
  readonly #liveMax: number
  /** Slots - 1; the number of slots is a power of two. */
  #mask = INITIAL_SLOTS - 1
  #table = new Float64Array(INITIAL_SLOTS * CELLS)
  #lastHandle = 0
  #live = 0
  /** Live mappings that need no more slots and keep to the budget. */
  #liveLimit: number

  constructor(sites: RunSites, liveMax: number) {
    this.#sites = sites
    this.#liveMax = liveMax
    this.#liveLimit = Math.min(liveMax, INITIAL_SLOTS / 2)
  }

  /** The handle of a new mapping, or NULL for one that failed. `size` as in `CELL`. */
  add(startPage: number, size: number, site: number): number {
    if (startPage === FAILED) return NULL_HANDLE
    this.#live += 1
    if (this.#live > this.#liveLimit) this.#makeRoom(site)
    const table = this.#table
    const mask = this.#mask
    let handle = this.#lastHandle + 1
    while ((table[(handle & mask) * CELLS] as number) > 0) handle += 1
    this.#lastHandle = handle
    const slot = (handle & mask) * CELLS
    table[slot + CELL.handle] = handle
    table[slot + CELL.size] = size
    table[slot + CELL.startPage] = startPage
    table[slot + CELL.site] = site
    return handle
  }

  /** Ends the run when one more mapping would be one too many. */
  requireRoom(site: number): void {
    if (this.#live >= this.#liveMax) this.#refuseOneMore(site)
  }

  /** Takes a mapping out and answers its first page. The run ends when there is no such mapping of this size. */
  remove(handle: number, size: number, site: number): number {
    const table = this.#table
    const slot = (handle & this.#mask) * CELLS
    if (handle === NULL_HANDLE || table[slot + CELL.handle] !== handle || table[slot + CELL.size] !== size) {
      return this.#refuse(handle, size, site)
    }
    table[slot + CELL.handle] = -handle
    table[slot + CELL.site] = site
    this.#live -= 1
    return table[slot + CELL.startPage] as number
  }

  /** The size that a live mapping of vmap has in the table, for `remove`; a size that no mapping has otherwise. */
  areaSize(handle: number): number {
    const size = this.#cell(handle, CELL.size)
    return this.isLive(handle) && size < 0 ? size : -1
  }

  isLive(handle: number): boolean {
    return handle !== NULL_HANDLE && this.#cell(handle, CELL.handle) === handle
  }

  startPage(handle: number): number {
    return this.#cell(handle, CELL.startPage)
  }

  /** Says why a handle that names no live mapping is not good any more. */
  describeStale(handle: number): string {
    const isLast = this.#cell(handle, CELL.handle) === -handle
    return `its mapping was unmapped${isLast ? ` in line ${this.#lastLine(handle)}` : ''}`
  }

  #cell(handle: number, cell: number): number {
    return this.#table[(handle & this.#mask) * CELLS + cell] as number
  }

  /** The line of what was last done to the mapping in a handle's slot. */
  #lastLine(handle: number): number {
    return this.#sites.line(this.#cell(handle, CELL.site))
  }

  #makeRoom(site: number): void {
    if (this.#live > this.#liveMax) this.#refuseOneMore(site)
    const before = this.#table
    const slots = (before.length / CELLS) * 2
    this.#table = new Float64Array(slots * CELLS)
    this.#mask = slots - 1
    this.#liveLimit = Math.min(this.#liveMax, slots / 2)
    for (let old = 0; old < before.length; old += CELLS) {
      const handle = Math.abs(before[old + CELL.handle] as number)
      // Handles that differ in the bits used so far still do with one more, so no two meet in a slot
      if (handle !== NULL_HANDLE) this.#table.set(before.subarray(old, old + CELLS), (handle & this.#mask) * CELLS)
    }
  }

  #refuseOneMore(site: number): never {
    const problem = `${this.#liveMax} mappings live at the same time, which is ${budgetNamed('liveMappings')}`
    return this.#sites.fail(site, problem, 'budget')
  }

  #refuse(handle: number, size: number, site: number): never {
    const call = this.#sites.text(site)
    const isArea = size < 0
    if (handle === NULL_HANDLE) {
      return this.#sites.fail(
        site,
        `${call}: the pointer is NULL, as after a map that failed. A kernel would crash here; test it first.`,
      )
    }
    if (!this.isLive(handle)) return this.#sites.fail(site, `${call}: double unmap; ${this.describeStale(handle)}.`)
    const mapped = this.#cell(handle, CELL.size)
    const where = `in line ${this.#lastLine(handle)}`
    if (isArea)
      return this.#sites.fail(
        site,
        `${call}: it was mapped ${where} by vm_map_ram, whose mappings vm_unmap_ram gives back.`,
      )
    if (mapped < 0)
      return this.#sites.fail(site, `${call}: it was mapped ${where} by vmap, whose mappings vunmap gives back.`)
    return this.#sites.fail(site, `${call}: ${size} pages are unmapped, and ${mapped} were mapped ${where}.`)
  }
}
