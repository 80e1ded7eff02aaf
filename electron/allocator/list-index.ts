import { BitLevels } from './bit-levels.ts'
import { NONE } from './area-table.ts'

const INITIAL_POSITIONS = 1024
const WORD_BITS = 32

/**
 * One CPU's free list as positions that only grow away from their end: a block keeps its position while it is listed, and
 * its free slots only fall. So "the first block from HEAD with at least 2^order free slots" is the lowest member of one bit
 * set, and the number of blocks the kernel would have walked is the number of members up to it. Each costs the same with ten
 * blocks listed or ten million.
 */
export class ListIndex {
  length = 0
  /** Blocks that the last `firstFit` would have walked, the found one included. */
  visitedNodes = 0
  readonly #orders: number
  readonly #positionOf: { values: Int32Array }
  #capacity = INITIAL_POSITIONS
  #blockAt = new Int32Array(INITIAL_POSITIONS)
  /** Of each order: positions of blocks with at least 2^order free slots. Order 0 holds every listed block. */
  #fitting: BitLevels[]
  /** A Fenwick tree over the number of listed blocks in each word of positions. */
  #counts = new Int32Array(INITIAL_POSITIONS / WORD_BITS + 1)
  /**
   * Of each order: the last answer and its rank. Free slots only fall, so no block before the answer can come to fit; it
   * stays right while it fits itself and no block was put before it or left the list.
   */
  readonly #answer: Int32Array
  readonly #answerRank: Int32Array
  readonly #answerEpoch: Int32Array
  #epoch = 1
  /** Positions in use lie in [#first, #end). */
  #first: number
  #end: number

  /** `positionOf` is shared by the lists of all CPUs: a block is on one list at most. */
  constructor(orders: number, positionOf: { values: Int32Array }) {
    this.#orders = orders
    this.#positionOf = positionOf
    this.#fitting = Array.from({ length: orders }, () => new BitLevels(INITIAL_POSITIONS))
    this.#answer = new Int32Array(orders)
    this.#answerRank = new Int32Array(orders)
    this.#answerEpoch = new Int32Array(orders)
    this.#first = INITIAL_POSITIONS / 2
    this.#end = this.#first
  }

  /** The first block from HEAD with at least 2^order free slots, or `NONE`. */
  firstFit(order: number, freeSlotsOf: Int16Array): number {
    if (this.#answerEpoch[order] === this.#epoch) {
      const answer = this.#answer[order] as number
      if ((freeSlotsOf[answer] as number) >= 1 << order) {
        this.visitedNodes = this.#answerRank[order] as number
        return answer
      }
    }
    const position = (this.#fitting[order] as BitLevels).firstFrom(this.#first)
    if (position < 0) {
      this.visitedNodes = this.length
      return NONE
    }
    const block = this.#blockAt[position] as number
    this.visitedNodes = this.#rank(position)
    this.#answer[order] = block
    this.#answerRank[order] = this.visitedNodes
    this.#answerEpoch[order] = this.#epoch
    return block
  }

  /** The block after `block` towards TAIL (`NONE`: the one at HEAD), or `NONE`. */
  next(block: number): number {
    const from = block === NONE ? this.#first : (this.#positionOf.values[block] as number) + 1
    const position = (this.#fitting[0] as BitLevels).firstFrom(from)
    return position < 0 ? NONE : (this.#blockAt[position] as number)
  }

  /** How many blocks stand from HEAD to a position, itself included. */
  #rank(position: number): number {
    const listed = this.#fitting[0] as BitLevels
    // The block at HEAD is by far the most frequent question
    if (listed.firstFrom(this.#first) === position) return 1
    const word = position >>> 5
    let rank = popCount((listed.words[word] as number) & (0xffff_ffff >>> (31 - (position & 31))))
    for (let node = word; node > 0; node &= node - 1) rank += this.#counts[node] as number
    return rank
  }

  insert(block: number, end: 'head' | 'tail', freeSlots: number, freeSlotsOf: Int16Array): void {
    if (end === 'head' ? this.#first === 0 : this.#end === this.#capacity) this.#renumber(end, freeSlotsOf)
    const position = end === 'head' ? this.#first - 1 : this.#end
    if (end === 'head') this.#epoch += 1
    if (end === 'head') this.#first = position
    else this.#end = position + 1
    this.#place(block, position, freeSlots)
    this.length += 1
  }

  /** Says that a listed block has `after` instead of `before` free slots. */
  shrink(block: number, before: number, after: number): void {
    const position = this.#positionOf.values[block] as number
    const last = Math.min(this.#orders - 1, log2(before))
    for (let order = after === 0 ? 0 : log2(after) + 1; order <= last; order += 1) {
      ;(this.#fitting[order] as BitLevels).remove(position)
    }
    if (after > 0) return
    this.#epoch += 1
    this.#count(position >>> 5, -1)
    this.length -= 1
  }

  #place(block: number, position: number, freeSlots: number): void {
    this.#positionOf.values[block] = position
    this.#blockAt[position] = block
    for (let order = Math.min(this.#orders - 1, log2(freeSlots)); order >= 0; order -= 1) {
      ;(this.#fitting[order] as BitLevels).add(position)
    }
    this.#count(position >>> 5, 1)
  }

  #count(word: number, change: number): void {
    for (let node = word + 1; node < this.#counts.length; node += node & -node) {
      this.#counts[node] = (this.#counts[node] as number) + change
    }
  }

  /** Gives all blocks new positions in the same order, with room at `end`; doubles the room when it is half full. */
  #renumber(end: 'head' | 'tail', freeSlotsOf: Int16Array): void {
    const blocks = new Int32Array(this.length)
    for (let place = 0, block = this.next(NONE); block !== NONE; place += 1, block = this.next(block))
      blocks[place] = block
    if (this.length * 2 > this.#capacity) {
      this.#capacity *= 2
      this.#blockAt = new Int32Array(this.#capacity)
    }
    this.#counts = new Int32Array(this.#capacity / WORD_BITS + 1)
    this.#fitting = Array.from({ length: this.#orders }, () => new BitLevels(this.#capacity))
    this.#first = end === 'head' ? this.#capacity - this.length : 0
    this.#end = this.#first + this.length
    blocks.forEach((block, place) => {
      this.#place(block, this.#first + place, freeSlotsOf[block] as number)
    })
  }
}

function log2(value: number): number {
  return 31 - Math.clz32(value)
}

/** Bits set in a 32-bit word, summed in ever wider fields. */
function popCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x5555_5555)
  const nibbles = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}
