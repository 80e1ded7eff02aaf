import type { KernelModel } from '../../shared/kernel-model.ts'
import { NONE } from './area-table.ts'
import type { BlockTable } from './block-table.ts'
import { FreeList } from './free-list.ts'
import type { BlockSearch } from './search/block-search.ts'
import { newSearch } from './search/new-search.ts'

/** A CPU's free list and what looks for blocks on it. */
export interface BlockQueue {
  readonly list: FreeList
  readonly search: BlockSearch
}

/**
 * The vmap block queues: one free list a CPU, HEAD to TAIL, holding the blocks that CPU created and that still have free
 * slots.
 */
export class FreeLists {
  /** Listed blocks of all CPUs. */
  length = 0
  readonly cpus: number
  readonly #blocks: BlockTable
  /** Sizes of maps that a block serves: 2^0 to 2^(orders - 1) slots. */
  readonly #orders: number
  readonly #model: KernelModel
  /** Made when a CPU is first used: most machines have many more than a scenario needs. */
  #queues: (BlockQueue | undefined)[]

  constructor(blocks: BlockTable, nrCpus: number, maxAlloc: number, model: KernelModel) {
    this.#blocks = blocks
    this.cpus = nrCpus
    this.#orders = Math.log2(maxAlloc) + 1
    this.#model = model
    this.#queues = new Array<BlockQueue | undefined>(nrCpus).fill(undefined)
  }

  queue(cpu: number): BlockQueue {
    return (this.#queues[cpu] ??= this.#newQueue())
  }

  /** Blocks on one CPU's list. */
  lengthOf(cpu: number): number {
    return this.#queues[cpu]?.list.length ?? 0
  }

  /** Blocks of one CPU's list, HEAD to TAIL; the one at hand may leave the list. */
  *blocksOf(cpu: number): Generator<number> {
    const list = this.#queues[cpu]?.list
    if (list === undefined) return
    for (let block = list.next(NONE); block !== NONE;) {
      const next = list.next(block)
      yield block
      block = next
    }
  }

  /** All listed blocks, CPU by CPU, HEAD to TAIL. */
  *[Symbol.iterator](): Generator<number> {
    for (let cpu = 0; cpu < this.cpus; cpu += 1) yield* this.blocksOf(cpu)
  }

  /** Lists a block with free slots on the list of its CPU. */
  insert(block: number, end: 'head' | 'tail'): void {
    this.#queueOf(block).list.insert(block, end)
    this.length += 1
  }

  /** Says that a listed block has `after` instead of `before` free slots; without any it leaves its list. */
  shrink(block: number, before: number, after: number): void {
    const { list, search } = this.#queueOf(block)
    if (after === 0) {
      search.leaving?.(block)
      this.length -= 1
    }
    list.shrink(block, before, after)
  }

  /** Takes a block off its list; it has no free slots from then on. */
  remove(block: number): void {
    const before = this.#blocks.freeSlots(block)
    this.#blocks.takeSlots(block, before)
    this.shrink(block, before, 0)
  }

  get state() {
    const queues = this.#queues.map((queue) => queue && { list: queue.list.state, search: queue.search.state })
    return { length: this.length, queues }
  }

  set state({ length, queues }) {
    this.length = length
    this.#queues = queues.map((state) => {
      if (state === undefined) return undefined
      const queue = this.#newQueue()
      queue.list.state = state.list
      if (state.search !== undefined) queue.search.state = state.search
      return queue
    })
  }

  #newQueue(): BlockQueue {
    const { search, slotPlacement } = this.#model
    const keepsAnswers = search === 'first-fit' && slotPlacement === 'bump'
    const list = new FreeList(this.#blocks, this.#orders, keepsAnswers)
    return { list, search: newSearch(this.#model, list, this.#blocks) }
  }

  #queueOf(block: number): BlockQueue {
    return this.queue(this.#blocks.cpu[block] as number)
  }
}
