const CELLS = 3
const VALUES = 1
const INITIAL_SLOTS = 64

/**
 * From a whole number above 0 to two numbers: open addressing with linear probing, at most half full. Everything stands in
 * one array, so that a copy of it is a copy of the table.
 */
export class NumberTable {
  /** What `take` took last. */
  first = 0
  second = 0
  size = 0
  #cells = new Float64Array(INITIAL_SLOTS * CELLS)
  #mask = INITIAL_SLOTS - 1

  /** `key` must not be in the table. */
  add(key: number, first: number, second: number): void {
    if ((this.size + 1) * 2 > this.#mask + 1) this.#grow()
    this.size += 1
    this.#put(key, first, second)
  }

  /** Takes an entry out; false when there is none. */
  take(key: number): boolean {
    const slot = this.#slotOf(key)
    const cells = this.#cells
    if (cells[slot * CELLS] !== key) return false
    this.first = cells[slot * CELLS + VALUES] as number
    this.second = cells[slot * CELLS + VALUES + 1] as number
    this.size -= 1
    this.#close(slot)
    return true
  }

  /** Calls `tell` with each entry, in no particular order. */
  each(tell: (key: number, first: number, second: number) => void): void {
    const cells = this.#cells
    for (let cell = 0; cell < cells.length; cell += CELLS) {
      const key = cells[cell] as number
      if (key !== 0) tell(key, cells[cell + VALUES] as number, cells[cell + VALUES + 1] as number)
    }
  }

  get state() {
    return { size: this.size, cells: this.#cells.slice() }
  }

  set state({ size, cells }) {
    this.size = size
    this.#cells = cells.slice()
    this.#mask = cells.length / CELLS - 1
  }

  #put(key: number, first: number, second: number): void {
    const cell = this.#slotOf(key) * CELLS
    this.#cells[cell] = key
    this.#cells[cell + VALUES] = first
    this.#cells[cell + VALUES + 1] = second
  }

  /** The slot that holds `key`, or the empty one where it would go. */
  #slotOf(key: number): number {
    let slot = this.#home(key)
    for (;;) {
      const found = this.#cells[slot * CELLS] as number
      if (found === 0 || found === key) return slot
      slot = (slot + 1) & this.#mask
    }
  }

  #home(key: number): number {
    // The upper bits of the product depend on all bits below; keys go beyond 32 bits, so both halves count
    const mixed = Math.imul((key | 0) ^ Math.imul((key / 0x1_0000_0000) | 0, 0x85eb_ca6b), 0x9e37_79b1)
    return (mixed ^ (mixed >>> 16)) & this.#mask
  }

  /** Empties a slot and moves up every later entry of its run that may stand there, so that no tombstone is needed. */
  #close(slot: number): void {
    const cells = this.#cells
    const mask = this.#mask
    let hole = slot
    for (let next = (slot + 1) & mask; (cells[next * CELLS] as number) !== 0; next = (next + 1) & mask) {
      const home = this.#home(cells[next * CELLS] as number)
      if (((next - home) & mask) < ((next - hole) & mask)) continue
      cells.copyWithin(hole * CELLS, next * CELLS, (next + 1) * CELLS)
      hole = next
    }
    cells[hole * CELLS] = 0
  }

  #grow(): void {
    const before = this.#cells
    this.#cells = new Float64Array(before.length * 2)
    this.#mask = (before.length / CELLS) * 2 - 1
    for (let cell = 0; cell < before.length; cell += CELLS) {
      const key = before[cell] as number
      if (key !== 0) this.#put(key, before[cell + VALUES] as number, before[cell + VALUES + 1] as number)
    }
  }
}
