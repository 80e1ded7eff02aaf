import { FAILED } from '../../../../shared/requests.ts'
import { grown } from '../../../../shared/typed-arrays.ts'
import type { RunSites } from './sites.ts'

/**
 * A mapping has a slot in the table as long as it lives. Its handle is the slot in the low bits and, above them, how often
 * the slot was used before: so every handle is given out once, and one that is no longer good is known by that alone.
 */
const SLOT_BITS = 24
const SLOT_MASK = 2 ** SLOT_BITS - 1
const GENERATION = 2 ** SLOT_BITS
/** A slot whose handles are used up is left alone. */
const HANDLE_MAX = Number.MAX_SAFE_INTEGER - GENERATION

export const NULL_HANDLE = 0

const INITIAL_SLOTS = 1024

/** The mappings that a scenario made and has not unmapped. */
export class Mappings {
  readonly #sites: RunSites
  readonly #liveMax: number
  /** By slot: the handle while the mapping lives, and the negative of the last one while the slot is free. */
  #handles = new Float64Array(INITIAL_SLOTS)
  /** By slot: pages of a vm_map_ram; for a vmap, -1 - pages. */
  #sizes = new Float64Array(INITIAL_SLOTS)
  #startPages = new Float64Array(INITIAL_SLOTS)
  /** By slot: where it was mapped while it lives, where it was unmapped while it is free. */
  #lastSites = new Int32Array(INITIAL_SLOTS)
  /** Free slots, the last one first. */
  #free = new Int32Array(INITIAL_SLOTS)
  #freeLength = 0
  /** Slots ever used; slot 0 is NULL. */
  #slots = 1

  constructor(sites: RunSites, liveMax: number) {
    this.#sites = sites
    this.#liveMax = liveMax
  }

  /** The handle of a new mapping, or NULL for one that failed. `size` as in `#sizes`. */
  add(startPage: number, size: number, site: number): number {
    if (startPage === FAILED) return NULL_HANDLE
    let slot
    let handle
    if (this.#freeLength > 0) {
      this.#freeLength -= 1
      slot = this.#free[this.#freeLength] as number
      handle = GENERATION - (this.#handles[slot] as number)
    } else {
      slot = this.#newSlot(site)
      handle = slot
    }
    this.#handles[slot] = handle
    this.#sizes[slot] = size
    this.#startPages[slot] = startPage
    this.#lastSites[slot] = site
    return handle
  }

  /** Takes a mapping out and answers its first page. The run ends when there is no such mapping of this size. */
  remove(handle: number, size: number, site: number): number {
    const slot = handle & SLOT_MASK
    if (handle === NULL_HANDLE || this.#handles[slot] !== handle || this.#sizes[slot] !== size) {
      return this.#refuse(handle, size, site)
    }
    this.#handles[slot] = -handle
    this.#lastSites[slot] = site
    if (handle < HANDLE_MAX) {
      this.#free[this.#freeLength] = slot
      this.#freeLength += 1
    }
    return this.#startPages[slot] as number
  }

  /** The size that a live mapping of vmap has in the table, for `remove`; any number that fits no mapping otherwise. */
  areaSize(handle: number): number {
    const slot = handle & SLOT_MASK
    const size = this.#sizes[slot] as number
    return this.#handles[slot] === handle && size < 0 ? size : -1
  }

  isLive(handle: number): boolean {
    return handle !== NULL_HANDLE && this.#handles[handle & SLOT_MASK] === handle
  }

  startPage(handle: number): number {
    return this.#startPages[handle & SLOT_MASK] as number
  }

  /** Says why a handle that names no live mapping is not good any more. */
  describeStale(handle: number): string {
    const slot = handle & SLOT_MASK
    const isLast = this.#handles[slot] === -handle
    const where = isLast ? ` in line ${this.#sites.line(this.#lastSites[slot] as number)}` : ''
    return `its mapping was unmapped${where}`
  }

  #newSlot(site: number): number {
    const live = this.#slots - 1 - this.#freeLength
    if (live >= this.#liveMax || this.#slots > SLOT_MASK) {
      const problem = `${live} mappings live at the same time, which is the budget for live mappings. Unmap some, or raise the budget.`
      this.#sites.fail(site, problem, 'budget')
    }
    if (this.#slots === this.#handles.length) this.#grow()
    this.#slots += 1
    return this.#slots - 1
  }

  #grow(): void {
    const length = this.#handles.length * 2
    this.#handles = grown(this.#handles, length)
    this.#sizes = grown(this.#sizes, length)
    this.#startPages = grown(this.#startPages, length)
    this.#lastSites = grown(this.#lastSites, length)
    this.#free = grown(this.#free, length)
  }

  #refuse(handle: number, size: number, site: number): never {
    const call = this.#sites.text(site)
    const isArea = size < 0
    if (handle === NULL_HANDLE) {
      return this.#sites.fail(site, `${call}: the pointer is NULL, as after a map that failed. A kernel would crash here; test it first.`)
    }
    if (!this.isLive(handle)) return this.#sites.fail(site, `${call}: double unmap; ${this.describeStale(handle)}.`)
    const slot = handle & SLOT_MASK
    const mapped = this.#sizes[slot] as number
    const where = `in line ${this.#sites.line(this.#lastSites[slot] as number)}`
    if (isArea) return this.#sites.fail(site, `${call}: it was mapped ${where} by vm_map_ram, whose mappings vm_unmap_ram gives back.`)
    if (mapped < 0) return this.#sites.fail(site, `${call}: it was mapped ${where} by vmap, whose mappings vunmap gives back.`)
    return this.#sites.fail(site, `${call}: ${size} pages are unmapped, and ${mapped} were mapped ${where}.`)
  }
}
