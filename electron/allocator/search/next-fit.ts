import { NONE } from '../area-table.ts'
import type { FreeList } from '../free-list.ts'
import type { BlockSearch } from './block-search.ts'

/**
 * The first block that suffices from the one after the block that served last, to TAIL and on from HEAD, that one at the end.
 * When it leaves the list its successor takes its part and is looked at first. Failed searches change nothing.
 */
export class NextFitSearch implements BlockSearch {
  visitedNodes = 0
  readonly #list: FreeList
  /** `NONE`: from HEAD. */
  #remembered = NONE
  /** The search starts after the remembered block, which served, or at it, which has taken the part of one that left. */
  #startsAfter = false

  constructor(list: FreeList) {
    this.#list = list
  }

  find(order: number): number {
    const list = this.#list
    const start = this.start()
    let block = start === NONE ? NONE : list.firstFittingFrom(start, order)
    if (block === NONE) block = list.firstFitting(order)
    this.visitedNodes = block === NONE ? list.length : list.rank(block) - list.rank(start) + 1
    if (this.visitedNodes <= 0) this.visitedNodes += list.length
    return block
  }

  start(): number {
    if (this.#remembered === NONE) return this.#list.next(NONE)
    if (!this.#startsAfter) return this.#remembered
    const next = this.#list.next(this.#remembered)
    return next === NONE ? this.#list.next(NONE) : next
  }

  served(block: number): void {
    this.#remembered = block
    this.#startsAfter = true
  }

  leaving(block: number): void {
    if (block !== this.#remembered) return
    this.#remembered = this.#list.next(block)
    this.#startsAfter = false
  }

  get state(): readonly number[] {
    return [this.#remembered, Number(this.#startsAfter)]
  }

  set state([remembered = NONE, startsAfter]) {
    this.#remembered = remembered
    this.#startsAfter = startsAfter === 1
  }
}
