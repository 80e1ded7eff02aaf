import { grown } from '../../shared/typed-arrays.ts'
import { NONE } from './area-table.ts'
import { ListIndex } from './list-index.ts'

const INITIAL_BLOCKS = 1024

/**
 * The vmap block queues: one free list a CPU, HEAD to TAIL, holding the blocks that CPU created and that still have free
 * slots. Owns each block's number of free slots, because how a block is found depends on it. Block ids are area ids.
 */
export class FreeLists {
  /** Slots never handed out. Only falls while a block is listed. */
  freeSlots = new Int16Array(INITIAL_BLOCKS)
  /** Listed blocks of all CPUs. */
  length = 0
  /** Blocks that the last `firstFit` looked at, the found one included. */
  visitedNodes = 0
  /** Slots of the largest map that a block serves. */
  readonly #slotsMax: number
  readonly #lists: (ListIndex | undefined)[]
  readonly #positionOf = { values: new Int32Array(INITIAL_BLOCKS) }
  #cpu = new Uint16Array(INITIAL_BLOCKS)

  constructor(nrCpus: number, maxAlloc: number) {
    this.#slotsMax = maxAlloc
    this.#lists = new Array<ListIndex | undefined>(nrCpus).fill(undefined)
  }

  get cpus(): number {
    return this.#lists.length
  }

  /** Blocks on one CPU's list. */
  lengthOf(cpu: number): number {
    return this.#lists[cpu]?.length ?? 0
  }

  headOf(cpu: number): number {
    return this.#lists[cpu]?.next(NONE) ?? NONE
  }

  /** The block after `block` towards TAIL, or `NONE`. */
  next(block: number): number {
    return this.#listOf(block).next(block)
  }

  /** The first block from HEAD of the CPU's list with at least `slots`, a power of two, free, or `NONE`. */
  firstFit(cpu: number, slots: number): number {
    const list = this.#lists[cpu]
    if (list === undefined) {
      this.visitedNodes = 0
      return NONE
    }
    const block = list.firstFit(31 - Math.clz32(slots), this.freeSlots)
    this.visitedNodes = list.visitedNodes
    return block
  }

  /** Lists a block that has `freeSlots` > 0 free. */
  insert(block: number, cpu: number, end: 'head' | 'tail', freeSlots: number): void {
    if (block >= this.freeSlots.length) this.#grow(block)
    this.freeSlots[block] = freeSlots
    this.#cpu[block] = cpu
    const list = (this.#lists[cpu] ??= new ListIndex(Math.log2(this.#slotsMax) + 1, this.#positionOf))
    list.insert(block, end, freeSlots, this.freeSlots)
    this.length += 1
  }

  /** Hands out `slots` of a listed block; a block without free slots leaves its list at once. True when it left. */
  takeSlots(block: number, slots: number): boolean {
    const before = this.freeSlots[block] as number
    const after = before - slots
    // Almost always the block can still serve what it could serve before
    if (after >= this.#slotsMax) this.freeSlots[block] = after
    else this.#setFree(block, before, after)
    return after === 0
  }

  /** Takes a block off its list; it has no free slots from then on. */
  remove(block: number): void {
    this.#setFree(block, this.freeSlots[block] as number, 0)
  }

  #setFree(block: number, before: number, after: number): void {
    this.freeSlots[block] = after
    this.#listOf(block).shrink(block, before, after)
    if (after === 0) this.length -= 1
  }

  #listOf(block: number): ListIndex {
    const list = this.#lists[this.#cpu[block] as number]
    if (list === undefined) throw new Error(`Block ${block} is on no list.`)
    return list
  }

  #grow(block: number): void {
    const capacity = 2 ** Math.ceil(Math.log2(block + 1))
    this.freeSlots = grown(this.freeSlots, capacity)
    this.#positionOf.values = grown(this.#positionOf.values, capacity)
    this.#cpu = grown(this.#cpu, capacity)
  }
}
