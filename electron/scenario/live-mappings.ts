import { grown } from '../../shared/typed-arrays.ts'

/** What an id of a trace names: a vm_map_ram mapping or an ordinary area. */
export const LIVE = { map: 1, area: 2 } as const
export type LiveKind = (typeof LIVE)[keyof typeof LIVE]

/** Mappings that a replay holds at the same time; a table of more of them would not fit in a JavaScript Map. */
export const LIVE_MAPPINGS_MAX = 10_000_000

const INITIAL_SLOTS = 1024

/** The live mappings of a trace by their ids, which may be any numbers. Memory follows the most that live at once. */
export class LiveMappings {
  /** Of the mapping that `take` took last. */
  startPage = 0
  pages = 0
  readonly #slotOf = new Map<number, number>()
  #kind = new Uint8Array(INITIAL_SLOTS)
  #startPage = new Float64Array(INITIAL_SLOTS)
  #pages = new Float64Array(INITIAL_SLOTS)
  /** Slots below this have been used; those of them that are free now. */
  #used = 0
  readonly #free: number[] = []

  /** Lets `id` name this mapping from now on; false when there is no room for one more. */
  set(id: number, kind: LiveKind, startPage: number, pages: number): boolean {
    const slot = this.#slotOf.get(id) ?? this.#newSlot(id)
    if (slot < 0) return false
    this.#kind[slot] = kind
    this.#startPage[slot] = startPage
    this.#pages[slot] = pages
    return true
  }

  /** Lets `id` name nothing. */
  forget(id: number): void {
    const slot = this.#slotOf.get(id)
    if (slot !== undefined) this.#release(id, slot)
  }

  /** True when `id` named a mapping of this kind; it names nothing from then on. */
  take(id: number, kind: LiveKind): boolean {
    const slot = this.#slotOf.get(id)
    if (slot === undefined || this.#kind[slot] !== kind) return false
    this.startPage = this.#startPage[slot] as number
    this.pages = this.#pages[slot] as number
    this.#release(id, slot)
    return true
  }

  #release(id: number, slot: number): void {
    this.#slotOf.delete(id)
    this.#free.push(slot)
  }

  #newSlot(id: number): number {
    if (this.#slotOf.size === LIVE_MAPPINGS_MAX) return -1
    const slot = this.#free.pop() ?? this.#used
    if (slot === this.#used) this.#used += 1
    if (slot === this.#kind.length) {
      this.#kind = grown(this.#kind, 2 * slot)
      this.#startPage = grown(this.#startPage, 2 * slot)
      this.#pages = grown(this.#pages, 2 * slot)
    }
    this.#slotOf.set(id, slot)
    return slot
  }
}
