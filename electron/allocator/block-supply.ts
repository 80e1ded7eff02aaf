import { PAGE_SIZE_BYTES } from '../../shared/machine.ts'
import type { AlignedPlacement } from './aligned-placement.ts'
import { NONE } from './area-table.ts'
import type { PlainAreas } from './plain-areas.ts'
import type { AllocatorState } from './state.ts'

/** Where a map finds its block: on the CPU's free list, or in a new one. */
export class BlockSupply {
  /** Free-list blocks that the last `find` looked at, in both walks if there were two. */
  visitedNodes = 0
  readonly #state: AllocatorState
  readonly #areas: PlainAreas
  readonly #placement: AlignedPlacement | undefined
  /** VMALLOC_START minus the block boundary at or below it, in pages. */
  readonly #startOffset: number

  constructor(state: AllocatorState, areas: PlainAreas, placement: AlignedPlacement | undefined) {
    this.#state = state
    this.#areas = areas
    this.#placement = placement
    this.#startOffset = state.machine.vmallocStartPage % state.blockPages
  }

  /** A block with 2^order free slots for a task on `cpu`, or `NONE` when there is no address space for a new one. */
  find(order: number, cpu: number): number {
    const { search } = this.#state.lists.queue(cpu)
    let block = search.find(order)
    this.visitedNodes = search.visitedNodes
    if (block === NONE) {
      block = this.#newBlock(cpu)
      if (block === NONE) return NONE
      if (this.#state.model.afterNewBlock === 'search-again') {
        block = search.find(order)
        this.visitedNodes += search.visitedNodes
      }
    }
    search.served?.(block)
    return block
  }

  #newBlock(cpu: number): number {
    const { areas, blocks, blockAt, blockPages, lists, listener, model } = this.#state
    const block = this.#areas.allocate(blockPages, blockPages * PAGE_SIZE_BYTES, cpu)
    if (block === NONE) return NONE
    const index = (this.#startOffset + (areas.startPage[block] as number)) / blockPages
    blockAt.set(index, block)
    blocks.add(block, index, cpu)
    this.#placement?.reset(block)
    lists.insert(block, model.newBlockAt)
    listener?.blockAllocated(index, cpu)
    return block
  }
}
