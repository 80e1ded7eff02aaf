import { PairStream } from './pair-stream.ts'

/** `count` maps of `pages` pages, one after the other. */
export interface PairGroup {
  readonly pages: number
  readonly count: number
}

/** The same groups of pairs, over and over. */
export class RepeatedPairs extends PairStream {
  readonly operationsTotal: number
  readonly #pages: Int32Array
  readonly #counts: Int32Array
  #iterationsLeft: number
  #group = 0
  #pairsLeft: number

  constructor(iterations: number, groups: readonly PairGroup[]) {
    super()
    const used = groups.filter((group) => group.count > 0)
    this.#pages = Int32Array.from(used, (group) => group.pages)
    this.#counts = Int32Array.from(used, (group) => group.count)
    this.#iterationsLeft = used.length === 0 ? 0 : iterations
    this.#pairsLeft = used[0]?.count ?? 0
    const pairs = used.reduce((sum, group) => sum + group.count, 0)
    this.operationsTotal = 2 * pairs * this.#iterationsLeft
  }

  protected nextPages(): number {
    if (this.#iterationsLeft === 0) return 0
    const pages = this.#pages[this.#group] as number
    this.#pairsLeft -= 1
    if (this.#pairsLeft === 0) this.#nextGroup()
    return pages
  }

  #nextGroup(): void {
    this.#group += 1
    if (this.#group === this.#pages.length) {
      this.#group = 0
      this.#iterationsLeft -= 1
    }
    this.#pairsLeft = this.#counts[this.#group] as number
  }
}
