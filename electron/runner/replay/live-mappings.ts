import { NumberTable } from './number-table.ts'

/** The mappings that live at one moment of a replay, by the number of the operation that made each. */
export class LiveMappings {
  /** Of the mapping that `take` took last, relative to VMALLOC_START. */
  startPage = 0
  pages = 0
  readonly #table = new NumberTable()
  // The mapping made last is mostly the next one to go, and enters the table only when another one is made
  #lastOperation = 0
  #lastStartPage = 0
  #lastPages = 0

  /** How many there are. */
  get size(): number {
    return this.#table.size + (this.#lastOperation > 0 ? 1 : 0)
  }

  add(operation: number, startPage: number, pages: number): void {
    if (this.#lastOperation > 0) this.#table.add(this.#lastOperation, this.#lastStartPage, this.#lastPages)
    this.#lastOperation = operation
    this.#lastStartPage = startPage
    this.#lastPages = pages
  }

  /** False when no mapping of that operation lives. */
  take(operation: number): boolean {
    if (operation === this.#lastOperation) {
      this.startPage = this.#lastStartPage
      this.pages = this.#lastPages
      this.#lastOperation = 0
      return true
    }
    if (!this.#table.take(operation)) return false
    this.startPage = this.#table.first
    this.pages = this.#table.second
    return true
  }

  /** Calls `tell` with each, in no particular order. */
  each(tell: (operation: number, startPage: number, pages: number) => void): void {
    this.#table.each(tell)
    if (this.#lastOperation > 0) tell(this.#lastOperation, this.#lastStartPage, this.#lastPages)
  }

  get state() {
    return { table: this.#table.state, last: [this.#lastOperation, this.#lastStartPage, this.#lastPages] as const }
  }

  set state({ table, last }) {
    this.#table.state = table
    ;[this.#lastOperation, this.#lastStartPage, this.#lastPages] = last
  }
}
