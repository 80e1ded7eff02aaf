import { NONE } from '../area-table.ts'
import type { BlockTable } from '../block-table.ts'
import type { FreeList } from '../free-list.ts'
import type { BlockSearch } from './block-search.ts'

/**
 * Best fit: the block with the fewest free slots that suffice. Worst fit: the one with the most. Of several the one nearest
 * to HEAD. Both look at every listed block.
 */
export class MostWantedSearch implements BlockSearch {
  visitedNodes = 0
  readonly #list: FreeList
  readonly #blocks: BlockTable
  readonly #wanted: 'fewest' | 'most'

  constructor(list: FreeList, blocks: BlockTable, wanted: 'fewest' | 'most') {
    this.#list = list
    this.#blocks = blocks
    this.#wanted = wanted
  }

  find(order: number): number {
    this.visitedNodes = this.#list.length
    let chosen = this.#list.firstFitting(order)
    for (let block = chosen; block !== NONE; block = this.#list.next(block)) {
      const free = this.#blocks.freeSlots(block)
      if (free >= 1 << order && this.#isBetter(free, this.#blocks.freeSlots(chosen))) chosen = block
    }
    return chosen
  }

  #isBetter(free: number, other: number): boolean {
    return this.#wanted === 'fewest' ? free < other : free > other
  }
}
