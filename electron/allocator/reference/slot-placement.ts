/** Which slots of a block a request gets. Slots are never handed out twice. */
export interface SlotPlacement {
  /** The first slot taken; the caller made sure that as many are left. */
  take(slots: number): number
  /** The slots taken, as text. */
  state(): string
}

/** One above the other, whatever their alignment: since 3fcd76e8028e (3.11). */
export class BumpPlacement implements SlotPlacement {
  #next = 0

  take(slots: number): number {
    const first = this.#next
    this.#next += slots
    return first
  }

  state(): string {
    return String(this.#next)
  }
}

/**
 * The lowest run at a multiple of its length, as `bitmap_find_free_region` on `alloc_map` found it up to 3.10: small
 * maps fill the holes below large ones. Lengths are powers of two and taken from the bottom, so the free runs grow with
 * their address and no two are equal: whenever enough slots are left, an aligned run of them is.
 */
export class AlignedPlacement implements SlotPlacement {
  readonly #taken: boolean[]

  constructor(slots: number) {
    this.#taken = new Array<boolean>(slots).fill(false)
  }

  take(slots: number): number {
    for (let first = 0; first < this.#taken.length; first += slots) {
      if (!this.#taken.slice(first, first + slots).includes(true)) {
        this.#taken.fill(true, first, first + slots)
        return first
      }
    }
    throw new Error(`no aligned run of ${slots} slots is left`)
  }

  state(): string {
    return this.#taken.map((taken) => (taken ? '1' : '0')).join('')
  }
}
