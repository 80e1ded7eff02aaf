import { NONE } from './area-table.ts'
import { grown } from '../../shared/typed-arrays.ts'

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
  readonly #head: Int32Array
  readonly #tail: Int32Array
  readonly #lengths: Int32Array
  #next = new Int32Array(INITIAL_BLOCKS)
  #previous = new Int32Array(INITIAL_BLOCKS)
  #cpu = new Uint16Array(INITIAL_BLOCKS)

  constructor(nrCpus: number) {
    this.#head = new Int32Array(nrCpus).fill(NONE)
    this.#tail = new Int32Array(nrCpus).fill(NONE)
    this.#lengths = new Int32Array(nrCpus)
  }

  get cpus(): number {
    return this.#head.length
  }

  /** Blocks on one CPU's list. */
  lengthOf(cpu: number): number {
    return this.#lengths[cpu] as number
  }

  headOf(cpu: number): number {
    return this.#head[cpu] as number
  }

  /** The block after `block` towards TAIL, or `NONE`. */
  next(block: number): number {
    return this.#next[block] as number
  }

  /** The first block from HEAD of the CPU's list with at least `slots` free, or `NONE`. */
  firstFit(cpu: number, slots: number): number {
    let block = this.#head[cpu] as number
    let visitedNodes = 0
    while (block !== NONE) {
      visitedNodes += 1
      if ((this.freeSlots[block] as number) >= slots) break
      block = this.#next[block] as number
    }
    this.visitedNodes = visitedNodes
    return block
  }

  /** Lists a block that has `freeSlots` > 0 free. */
  insert(block: number, cpu: number, end: 'head' | 'tail', freeSlots: number): void {
    if (block >= this.freeSlots.length) this.#grow(block)
    this.freeSlots[block] = freeSlots
    this.#cpu[block] = cpu
    const head = this.#head[cpu] as number
    const tail = this.#tail[cpu] as number
    if (head === NONE) {
      this.#next[block] = NONE
      this.#previous[block] = NONE
      this.#head[cpu] = block
      this.#tail[cpu] = block
    } else if (end === 'head') {
      this.#next[block] = head
      this.#previous[block] = NONE
      this.#previous[head] = block
      this.#head[cpu] = block
    } else {
      this.#next[block] = NONE
      this.#previous[block] = tail
      this.#next[tail] = block
      this.#tail[cpu] = block
    }
    this.#lengths[cpu] = (this.#lengths[cpu] as number) + 1
    this.length += 1
  }

  /** Hands out `slots` of a listed block; a block without free slots leaves its list at once. True when it left. */
  takeSlots(block: number, slots: number): boolean {
    const left = (this.freeSlots[block] as number) - slots
    if (left === 0) {
      this.remove(block)
      return true
    }
    this.freeSlots[block] = left
    return false
  }

  /** Takes a block off its list; it has no free slots from then on. */
  remove(block: number): void {
    const cpu = this.#cpu[block] as number
    const next = this.#next[block] as number
    const previous = this.#previous[block] as number
    if (previous === NONE) this.#head[cpu] = next
    else this.#next[previous] = next
    if (next === NONE) this.#tail[cpu] = previous
    else this.#previous[next] = previous
    this.freeSlots[block] = 0
    this.#lengths[cpu] = (this.#lengths[cpu] as number) - 1
    this.length -= 1
  }

  #grow(block: number): void {
    const capacity = 2 ** Math.ceil(Math.log2(block + 1))
    this.freeSlots = grown(this.freeSlots, capacity)
    this.#next = grown(this.#next, capacity)
    this.#previous = grown(this.#previous, capacity)
    this.#cpu = grown(this.#cpu, capacity)
  }
}
