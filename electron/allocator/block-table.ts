import type { KernelModel } from '../../shared/kernel-model.ts'
import { grown, nextCapacity } from '../../shared/typed-arrays.ts'
import { NONE } from './area-table.ts'

const INITIAL_BLOCKS = 1024

/**
 * The vmap blocks as a struct of arrays. A block has the id of its area; its fields stand at that index. 18 bytes a block.
 *
 * Dirty slots: up to 4.1 the kernel marks them in a bitmap through a helper that works within one machine word, so of `slots`
 * slots at `offset` only those up to the end of the offset's word are marked. Since 7d61bfe8fddb a minimum and a maximum are
 * kept instead. Only the first and the last mark are ever read, so both are a range here and differ in the end they note.
 */
export class BlockTable {
  /** Blocks allocated and not freed. */
  size = 0
  /** Position in the vmalloc space, counted in blocks from the boundary at or below VMALLOC_START; `NONE`: no such block. */
  index = new Int32Array(INITIAL_BLOCKS).fill(NONE)
  /** Slots never handed out; only falls. A block with some is on a free list, one without is on none. */
  freeSlots = new Int16Array(INITIAL_BLOCKS)
  /** Slots given back; only rises. Slots of live mappings are neither free nor dirty. */
  dirtySlots = new Int16Array(INITIAL_BLOCKS)
  /** First dirty slot that a flush has to cover; above `dirtyEnd` when there is none. */
  dirtyStart = new Int16Array(INITIAL_BLOCKS)
  /** One past the last dirty slot that a flush has to cover; 0 when there is none. */
  dirtyEnd = new Int16Array(INITIAL_BLOCKS)
  /** The CPU that created the block, on whose free list it is. */
  cpu = new Uint16Array(INITIAL_BLOCKS)
  /** Position on that free list; means nothing for a block without free slots. */
  listPosition = new Int32Array(INITIAL_BLOCKS)

  readonly #slotsPerBlock: number
  /** Mask of the machine word's bits; 0 when dirty ranges are exact. */
  readonly #wordMask: number

  constructor(slotsPerBlock: number, wordBits: 32 | 64, dirtyTracking: KernelModel['dirtyTracking']) {
    this.#slotsPerBlock = slotsPerBlock
    this.#wordMask = dirtyTracking === 'bitmap' ? wordBits - 1 : 0
  }

  /** All of a new block's slots are free. */
  add(block: number, index: number, cpu: number): void {
    if (block >= this.index.length) this.#grow(block + 1)
    this.size += 1
    this.index[block] = index
    this.freeSlots[block] = this.#slotsPerBlock
    this.dirtySlots[block] = 0
    this.cpu[block] = cpu
    this.forgetDirtyRange(block)
  }

  remove(block: number): void {
    this.size -= 1
    this.index[block] = NONE
  }

  /**
   * Notes slots that were given back and answers how many of the block are dirty now, or -1, and notes nothing, when that would
   * be more than were handed out.
   */
  addDirty(block: number, offset: number, slots: number): number {
    const dirty = (this.dirtySlots[block] as number) + slots
    if (dirty + (this.freeSlots[block] as number) > this.#slotsPerBlock) return -1
    this.dirtySlots[block] = dirty
    let end = offset + slots
    if (this.#wordMask !== 0) end = Math.min(end, (offset | this.#wordMask) + 1)
    if (offset < (this.dirtyStart[block] as number)) this.dirtyStart[block] = offset
    if (end > (this.dirtyEnd[block] as number)) this.dirtyEnd[block] = end
    return dirty
  }

  /** Nothing of a block has to be flushed any more; the number of its dirty slots stays. */
  forgetDirtyRange(block: number): void {
    this.dirtyStart[block] = this.#slotsPerBlock
    this.dirtyEnd[block] = 0
  }

  /** The ids of all blocks, ascending. */
  *[Symbol.iterator](): Generator<number> {
    for (let block = 0; block < this.index.length; block += 1) if (this.index[block] !== NONE) yield block
  }

  get state() {
    const { size, index, freeSlots, dirtySlots, dirtyStart, dirtyEnd, cpu, listPosition } = this
    return { size, index, freeSlots, dirtySlots, dirtyStart, dirtyEnd, cpu, listPosition }
  }

  set state(state) {
    Object.assign(this, state)
  }

  #grow(needed: number): void {
    const before = this.index.length
    const capacity = nextCapacity(before, needed)
    this.index = grown(this.index, capacity).fill(NONE, before)
    this.freeSlots = grown(this.freeSlots, capacity)
    this.dirtySlots = grown(this.dirtySlots, capacity)
    this.dirtyStart = grown(this.dirtyStart, capacity)
    this.dirtyEnd = grown(this.dirtyEnd, capacity)
    this.cpu = grown(this.cpu, capacity)
    this.listPosition = grown(this.listPosition, capacity)
  }
}
