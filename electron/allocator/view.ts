import type { CountName } from '../../shared/counts.ts'
import type { ListedBlock } from '../../shared/run.ts'
import { NONE } from './area-table.ts'
import type { PlainAreas } from './plain-areas.ts'
import type { Reclaim } from './reclaim.ts'
import type { AllocatorState } from './state.ts'

/**
 * What a taken part of the vmalloc space is: a vmap block, another area in use, an area freed and not yet drained, or one that
 * a node's pool keeps.
 */
export type AreaKind = 'block' | 'plain' | 'pending' | 'pooled'

export interface TakenArea {
  readonly kind: AreaKind
  /** Relative to VMALLOC_START. */
  readonly startPage: number
  readonly pages: number
  /** Of a block, its slots that were never handed out; otherwise 0. */
  readonly freeSlots: number
}

/** Counters that the allocator keeps apart from its tables. */
type CallCount = 'vm_map_ram' | 'vm_unmap_ram' | 'nodes_visited' | 'lazy_pages'

/** A vmap block as it stands. */
export interface BlockState {
  /** Position in the vmalloc space, in blocks. */
  readonly index: number
  /** First page, relative to VMALLOC_START. */
  readonly startPage: number
  /** The CPU that created it, on whose free list it is while it has free slots. */
  readonly cpu: number
  readonly freeSlots: number
  readonly dirtySlots: number
}

/** Looks into an allocator without changing anything, between calls and from its listeners. */
export class AllocatorView {
  readonly #state: AllocatorState
  readonly #reclaim: Reclaim
  readonly #plain: PlainAreas
  readonly #startOffset: number

  constructor(state: AllocatorState, reclaim: Reclaim, plain: PlainAreas) {
    this.#state = state
    this.#reclaim = reclaim
    this.#plain = plain
    this.#startOffset = state.machine.vmallocStartPage % state.blockPages
  }

  /** Index of the block that a page would be in. */
  blockIndexAt(page: number): number {
    return Math.floor((this.#startOffset + page) / this.#state.blockPages)
  }

  /** First page of the block of an index; negative for index 0 of a space that does not start at a block boundary. */
  firstPageOf(blockIndex: number): number {
    return blockIndex * this.#state.blockPages - this.#startOffset
  }

  /** `undefined` when there is no such block. */
  block(blockIndex: number): BlockState | undefined {
    const block = blockIndex < 0 ? NONE : this.#state.blockAt.find(blockIndex)
    return block === NONE ? undefined : this.#stateOf(block, blockIndex)
  }

  /** All blocks, in no particular order. */
  *blocks(): Generator<BlockState> {
    const { areas, blocks } = this.#state
    for (const area of areas) {
      // The table of blocks may be shorter than that of areas
      const index = blocks.index[area] ?? NONE
      if (index !== NONE) yield this.#stateOf(area, index)
    }
  }

  /** Where a block stands on its CPU's free list, 1 at HEAD; `undefined` when there is no such block or it is full. */
  listPosition(blockIndex: number): number | undefined {
    const { blockAt, blocks, lists } = this.#state
    const block = blockIndex < 0 ? NONE : blockAt.find(blockIndex)
    if (block === NONE || blocks.freeSlots(block) === 0) return undefined
    return lists.queue(blocks.cpu[block] as number).list.rank(block)
  }

  /** The blocks that a map of 2^order slots on `cpu` looks at, in order; with the one that it takes at the end, if it takes one. */
  *looked(cpu: number, order: number): Generator<ListedBlock> {
    const { search } = this.#state.model
    const stopsAtFirst = search === 'first-fit' || search === 'next-fit'
    for (const block of this.#inSearchOrder(cpu)) {
      yield this.#listed(block)
      if (stopsAtFirst && this.#state.blocks.freeSlots(block) >= 1 << order) return
    }
  }

  /** All areas that are not free, in no particular order. */
  *areas(): Generator<TakenArea> {
    const { areas, blocks } = this.#state
    const pending = new Set(this.#reclaim.pendingAreas)
    for (const area of areas) {
      const kind = this.#kindOf(area, pending)
      const freeSlots = kind === 'block' ? blocks.freeSlots(area) : 0
      yield { kind, startPage: areas.startPage[area] as number, pages: areas.pages[area] as number, freeSlots }
    }
  }

  /** A counter of what happens besides calls. */
  count(name: Exclude<CountName, CallCount>): number {
    return this.#state.counts[name]
  }

  /** Pages of all areas that are not free. */
  get takenPages(): number {
    return this.#state.areas.takenPages
  }

  #stateOf(block: number, index: number): BlockState {
    const { blocks } = this.#state
    return {
      ...{ index, startPage: this.firstPageOf(index), cpu: blocks.cpu[block] as number },
      ...{ freeSlots: blocks.freeSlots(block), dirtySlots: blocks.dirtySlots(block) },
    }
  }

  #kindOf(area: number, pending: ReadonlySet<number>): AreaKind {
    // The table of blocks may be shorter than that of areas
    if ((this.#state.blocks.index[area] ?? NONE) !== NONE) return 'block'
    if (pending.has(area)) return 'pending'
    return this.#plain.holds(area) ? 'plain' : 'pooled'
  }

  *#inSearchOrder(cpu: number): Generator<number> {
    const { list, search } = this.#state.lists.queue(cpu)
    const start = search.start?.() ?? list.next(NONE)
    if (start === NONE) return
    let block = start
    do {
      yield block
      block = list.next(block)
      if (block === NONE) block = list.next(NONE)
    } while (block !== start)
  }

  #listed(block: number): ListedBlock {
    const { blocks } = this.#state
    return [blocks.index[block] as number, blocks.freeSlots(block), blocks.dirtySlots(block)]
  }
}
