import type { KernelModel } from '../../shared/kernel-model.ts'
import { grown, nextCapacity } from '../../shared/typed-arrays.ts'
import { NONE } from './area-table.ts'

const INITIAL_BLOCKS = 1024

const CELLS = 4
const CELL_SHIFT = 2
const FREE = 0
const DIRTY = 1
const DIRTY_START = 2
const DIRTY_END = 3

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
  /** Four cells a block, so that one look finds all of them: see `FREE` and those after it. */
  cells = new Int16Array(INITIAL_BLOCKS * CELLS)
  /** The CPU that created the block, on whose free list it is. */
  cpu = new Uint16Array(INITIAL_BLOCKS)
  /** Position on that free list; means nothing for a block without free slots. */
  listPosition = new Int32Array(INITIAL_BLOCKS)

  readonly #slotsPerBlock: number = 0
  /** Mask of the machine word's bits; 0 when dirty ranges are exact. */
  readonly #wordMask: number = 0

  constructor(slotsPerBlock: number, wordBits: 32 | 64, dirtyTracking: KernelModel['dirtyTracking']) {
    this.#slotsPerBlock = slotsPerBlock
    this.#wordMask = dirtyTracking === 'bitmap' ? wordBits - 1 : 0
  }

  /** Slots never handed out; only falls. A block with some is on a free list, one without is on none. */
  freeSlots(block: number): number {
    return this.cells[(block << CELL_SHIFT) | FREE] as number
  }

  /** Slots given back; only rises. Slots of live mappings are neither free nor dirty. */
  dirtySlots(block: number): number {
    return this.cells[(block << CELL_SHIFT) | DIRTY] as number
  }

  /** First dirty slot that a flush has to cover; above `dirtyEnd` when there is none. */
  dirtyStart(block: number): number {
    return this.cells[(block << CELL_SHIFT) | DIRTY_START] as number
  }

  /** One past the last dirty slot that a flush has to cover; 0 when there is none. */
  dirtyEnd(block: number): number {
    return this.cells[(block << CELL_SHIFT) | DIRTY_END] as number
  }

  /** All of a new block's slots are free. */
  add(block: number, index: number, cpu: number): void {
    if (block >= this.index.length) this.#grow(block + 1)
    this.size += 1
    this.index[block] = index
    this.cells[(block << CELL_SHIFT) | FREE] = this.#slotsPerBlock
    this.cells[(block << CELL_SHIFT) | DIRTY] = 0
    this.cpu[block] = cpu
    this.forgetDirtyRange(block)
  }

  /** From then on `addDirty` refuses the block. */
  remove(block: number): void {
    this.size -= 1
    this.index[block] = NONE
    this.cells[(block << CELL_SHIFT) | FREE] = 0
    this.cells[(block << CELL_SHIFT) | DIRTY] = this.#slotsPerBlock
  }

  /** Hands out `slots` of a block's free slots and answers how many are left; -1, and hands out none, when it has fewer. */
  takeSlots(block: number, slots: number): number {
    const { cells } = this
    const cell = (block << CELL_SHIFT) | FREE
    const left = (cells[cell] as number) - slots
    if (left < 0) return -1
    cells[cell] = left
    return left
  }

  /**
   * Notes slots that were given back and answers how many of the block are dirty now, or -1, and notes nothing, when that would
   * be more than were handed out.
   */
  addDirty(block: number, offset: number, slots: number): number {
    const { cells } = this
    const cell = block << CELL_SHIFT
    const dirty = (cells[cell | DIRTY] as number) + slots
    if (dirty + (cells[cell | FREE] as number) > this.#slotsPerBlock) return -1
    cells[cell | DIRTY] = dirty
    let end = offset + slots
    if (this.#wordMask !== 0) end = Math.min(end, (offset | this.#wordMask) + 1)
    if (offset < (cells[cell | DIRTY_START] as number)) cells[cell | DIRTY_START] = offset
    if (end > (cells[cell | DIRTY_END] as number)) cells[cell | DIRTY_END] = end
    return dirty
  }

  /** Nothing of a block has to be flushed any more; the number of its dirty slots stays. */
  forgetDirtyRange(block: number): void {
    this.cells[(block << CELL_SHIFT) | DIRTY_START] = this.#slotsPerBlock
    this.cells[(block << CELL_SHIFT) | DIRTY_END] = 0
  }

  /** The ids of all blocks, ascending. */
  *[Symbol.iterator](): Generator<number> {
    for (let block = 0; block < this.index.length; block += 1) if (this.index[block] !== NONE) yield block
  }

  get state() {
    const { size, index, cells, cpu, listPosition } = this
    return { size, index, cells, cpu, listPosition }
  }

  set state(state) {
    Object.assign(this, state)
  }

  #grow(needed: number): void {
    const before = this.index.length
    const capacity = nextCapacity(before, needed)
    this.index = grown(this.index, capacity).fill(NONE, before)
    this.cells = grown(this.cells, capacity * CELLS)
    this.cpu = grown(this.cpu, capacity)
    this.listPosition = grown(this.listPosition, capacity)
  }
}
