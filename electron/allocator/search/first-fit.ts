import { NONE } from '../area-table.ts'
import type { FreeList } from '../free-list.ts'
import type { BlockSearch } from './block-search.ts'

/** Every kernel release: from HEAD, the first block that suffices. What was found is remembered in the list's answers. */
export class FirstFitSearch implements BlockSearch {
  visitedNodes = 0
  readonly #list: FreeList

  constructor(list: FreeList) {
    this.#list = list
  }

  find(order: number): number {
    const list = this.#list
    const block = list.firstFitting(order)
    if (block === NONE) {
      this.visitedNodes = list.length
      return NONE
    }
    this.visitedNodes = list.rank(block)
    list.remember(order, block, this.visitedNodes)
    return block
  }
}
