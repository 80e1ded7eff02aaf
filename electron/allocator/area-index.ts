import type { AreaTable } from './area-table.ts'

const EMPTY = 0
const INITIAL_CELLS = 2048

/**
 * From the first page of a busy area to its id: open addressing with linear probing. A cell holds an id + 1; the key is read
 * from the area table, so a listed block costs 8 to 16 bytes here.
 */
export class AreaIndex {
  readonly #table: AreaTable
  #cells = new Int32Array(INITIAL_CELLS)
  /** 32 - log2(cells). */
  #shift = 32 - Math.log2(INITIAL_CELLS)
  #length = 0

  constructor(table: AreaTable) {
    this.#table = table
  }

  /** The busy area that starts at `startPage`, or -1. */
  find(startPage: number): number {
    const cell = this.#cellOf(startPage)
    return (this.#cells[cell] as number) - 1
  }

  add(area: number): void {
    if ((this.#length + 1) * 2 > this.#cells.length) this.#grow()
    this.#cells[this.#cellOf(this.#table.startPage[area] as number)] = area + 1
    this.#length += 1
  }

  remove(area: number): void {
    let hole = this.#cellOf(this.#table.startPage[area] as number)
    const mask = this.#cells.length - 1
    // Backward shift: move up every later entry of the run that may stand in the hole, so that no tombstone is needed
    for (let cell = (hole + 1) & mask; (this.#cells[cell] as number) !== EMPTY; cell = (cell + 1) & mask) {
      const home = this.#home(this.#table.startPage[(this.#cells[cell] as number) - 1] as number)
      if (((cell - home) & mask) >= ((cell - hole) & mask)) {
        this.#cells[hole] = this.#cells[cell] as number
        hole = cell
      }
    }
    this.#cells[hole] = EMPTY
    this.#length -= 1
  }

  get state() {
    return { cells: this.#cells, length: this.#length }
  }

  set state({ cells, length }) {
    this.#cells = cells
    this.#shift = 32 - Math.log2(cells.length)
    this.#length = length
  }

  /** The cell that holds `startPage`, or the empty one where it would go. */
  #cellOf(startPage: number): number {
    const { startPage: starts } = this.#table
    const mask = this.#cells.length - 1
    let cell = this.#home(startPage)
    for (;;) {
      const entry = this.#cells[cell] as number
      if (entry === EMPTY || (starts[entry - 1] as number) === startPage) return cell
      cell = (cell + 1) & mask
    }
  }

  #home(startPage: number): number {
    // Fibonacci hashing: the upper bits of the product depend on all bits below. Pages go beyond 32 bits, so both halves count
    const halves = (startPage | 0) ^ Math.imul((startPage / 0x1_0000_0000) | 0, 0x85eb_ca6b)
    return Math.imul(halves, 0x9e37_79b1) >>> this.#shift
  }

  #grow(): void {
    const cells = this.#cells
    this.#cells = new Int32Array(cells.length * 2)
    this.#shift -= 1
    for (const entry of cells) {
      if (entry !== EMPTY) this.#cells[this.#cellOf(this.#table.startPage[entry - 1] as number)] = entry
    }
  }
}
