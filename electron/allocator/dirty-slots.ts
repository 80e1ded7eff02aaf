import { grown } from '../../shared/typed-arrays.ts'

const INITIAL_BLOCKS = 1024

/**
 * Slots handed out and given back, per block, and the range of them that a TLB flush of vm_unmap_aliases covers.
 *
 * Up to 4.1 the kernel marks dirty slots in a bitmap through a helper that works within one machine word, so of `slots`
 * slots at `offset` only those up to the end of the offset's word are marked. Since 7d61bfe8fddb a minimum and a maximum are
 * kept instead. Only the first and the last mark are ever read, so both are a range here and differ in the end they note.
 */
export class DirtySlots {
  /** Slots given back; only rises. */
  count = new Int16Array(INITIAL_BLOCKS)
  /** First dirty slot; above `rangeEnd` when no slot is dirty. */
  rangeStart = new Int16Array(INITIAL_BLOCKS)
  /** One past the last dirty slot that is known. */
  rangeEnd = new Int16Array(INITIAL_BLOCKS)
  readonly #slotsPerBlock: number
  /** Mask of the machine word's bits; 0 when ranges are exact. */
  readonly #wordMask: number

  constructor(slotsPerBlock: number, wordBits: 32 | 64, tracking: 'bitmap' | 'min-max') {
    this.#slotsPerBlock = slotsPerBlock
    this.#wordMask = tracking === 'bitmap' ? wordBits - 1 : 0
  }

  reset(block: number): void {
    if (block >= this.count.length) this.#grow(block)
    this.count[block] = 0
    this.resetRange(block)
  }

  /** Notes slots that were given back and answers how many of the block are dirty now. */
  add(block: number, offset: number, slots: number): number {
    let end = offset + slots
    if (this.#wordMask !== 0) end = Math.min(end, (offset | this.#wordMask) + 1)
    if (offset < (this.rangeStart[block] as number)) this.rangeStart[block] = offset
    if (end > (this.rangeEnd[block] as number)) this.rangeEnd[block] = end
    const count = (this.count[block] as number) + slots
    this.count[block] = count
    return count
  }

  /** Forgets the range that a flush has covered; the number of dirty slots stays. */
  resetRange(block: number): void {
    this.rangeStart[block] = this.#slotsPerBlock
    this.rangeEnd[block] = 0
  }

  #grow(block: number): void {
    const capacity = 2 ** Math.ceil(Math.log2(block + 1))
    this.count = grown(this.count, capacity)
    this.rangeStart = grown(this.rangeStart, capacity)
    this.rangeEnd = grown(this.rangeEnd, capacity)
  }
}
