import { nextCapacity } from '../../shared/typed-arrays.ts'
import { NONE } from './area-table.ts'
import { BitLevels } from './bit-levels.ts'
import type { BlockTable } from './block-table.ts'

const INITIAL_POSITIONS = 256
const WORD_BITS = 32

/**
 * One CPU's free list (its vmap block queue), HEAD to TAIL, as positions that only grow away from their end: a block keeps
 * its position while it is listed, and its free slots only fall. So "the first block from HEAD with at least 2^order free
 * slots" is the lowest member of one bit set, and the number of blocks the kernel would have walked is the number of members
 * up to it. Each costs the same with ten blocks listed or ten million.
 */
export class FreeList {
  length = 0
  /**
   * Of each order, the block that a first-fit search would find, or `NONE` when that is not known, and the number of blocks
   * from HEAD to it, itself included. Free slots only fall, so no block before it can come to fit: it stays right while it fits
   * itself and no block was put before it or left the list.
   */
  readonly answers: Int32Array
  readonly #blocks: BlockTable
  readonly #orders: number
  #capacity = INITIAL_POSITIONS
  #blockAt = new Int32Array(INITIAL_POSITIONS)
  /** Of each order: positions of blocks with at least 2^order free slots. Order 0 holds every listed block. */
  #fitting: BitLevels[]
  /** A Fenwick tree over the number of listed blocks in each word of positions. */
  #counts = new Int32Array(INITIAL_POSITIONS / WORD_BITS + 1)
  /** Positions in use lie in [#first, #end). */
  #first = INITIAL_POSITIONS / 2
  #end = INITIAL_POSITIONS / 2

  /** `orders`: how many sizes of maps there are, 2^0 to 2^(orders - 1) slots. */
  constructor(blocks: BlockTable, orders: number) {
    this.#blocks = blocks
    this.#orders = orders
    this.#fitting = newSets(orders, INITIAL_POSITIONS)
    this.answers = new Int32Array(2 * orders).fill(NONE)
  }

  /** The first block from HEAD with at least 2^order free slots, or `NONE`. */
  firstFitting(order: number): number {
    return this.#fittingFrom(order, this.#first)
  }

  /** The same from `block` on towards TAIL, itself included. */
  firstFittingFrom(block: number, order: number): number {
    return this.#fittingFrom(order, this.#blocks.listPosition[block] as number)
  }

  /** The block after `block` towards TAIL (`NONE`: the one at HEAD), or `NONE`. */
  next(block: number): number {
    return this.#fittingFrom(0, block === NONE ? this.#first : (this.#blocks.listPosition[block] as number) + 1)
  }

  /** How many blocks stand from HEAD to `block`, itself included. */
  rank(block: number): number {
    const position = this.#blocks.listPosition[block] as number
    const listed = this.#fitting[0] as BitLevels
    // The block at HEAD is by far the most frequent question
    if (listed.firstFrom(this.#first) === position) return 1
    const word = position >>> 5
    let rank = popCount((listed.words[word] as number) & (0xffff_ffff >>> (31 - (position & 31))))
    for (let node = word; node > 0; node &= node - 1) rank += this.#counts[node] as number
    return rank
  }

  /** Keeps the answer of a first-fit search: see `answers`. */
  remember(order: number, block: number, rank: number): void {
    this.answers[2 * order] = block
    this.answers[2 * order + 1] = rank
  }

  /** Lists a block that has free slots. */
  insert(block: number, end: 'head' | 'tail'): void {
    if (end === 'head' ? this.#first === 0 : this.#end === this.#capacity) this.#renumber(end)
    if (end === 'head') {
      this.#first -= 1
      this.#forgetAnswers()
      this.#place(block, this.#first)
    } else {
      this.#place(block, this.#end)
      this.#end += 1
    }
    this.length += 1
  }

  /** Says that a listed block has `after` instead of `before` free slots; without any it leaves the list. */
  shrink(block: number, before: number, after: number): void {
    const position = this.#blocks.listPosition[block] as number
    const last = Math.min(this.#orders - 1, log2(before))
    for (let order = after === 0 ? 0 : log2(after) + 1; order <= last; order += 1) {
      ;(this.#fitting[order] as BitLevels).remove(position)
    }
    if (after > 0) return
    this.#forgetAnswers()
    this.#count(position >>> 5, -1)
    this.length -= 1
  }

  get state() {
    const { length, answers } = this
    const fitting = this.#fitting.map((set) => set.state)
    return {
      ...{ length, answers, fitting, capacity: this.#capacity, blockAt: this.#blockAt },
      ...{ counts: this.#counts, first: this.#first, end: this.#end },
    }
  }

  set state({ length, answers, fitting, capacity, blockAt, counts, first, end }) {
    this.length = length
    this.answers.set(answers)
    this.#fitting = newSets(this.#orders, capacity)
    this.#fitting.forEach((set, order) => {
      set.state = fitting[order] ?? []
    })
    this.#capacity = capacity
    this.#blockAt = blockAt
    this.#counts = counts
    this.#first = first
    this.#end = end
  }

  #fittingFrom(order: number, from: number): number {
    const position = (this.#fitting[order] as BitLevels).firstFrom(from)
    return position < 0 ? NONE : (this.#blockAt[position] as number)
  }

  #forgetAnswers(): void {
    this.answers.fill(NONE)
  }

  #place(block: number, position: number): void {
    this.#blocks.listPosition[block] = position
    this.#blockAt[position] = block
    const freeSlots = this.#blocks.freeSlots(block)
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

  /** Gives all blocks new positions in the same order, with room at `end`, and more room when little is left. */
  #renumber(end: 'head' | 'tail'): void {
    const blocks = new Int32Array(this.length)
    for (let place = 0, block = this.next(NONE); block !== NONE; place += 1, block = this.next(block)) {
      blocks[place] = block
    }
    if (this.length * 1.25 > this.#capacity) {
      this.#capacity = nextCapacity(this.#capacity, Math.ceil(this.length * 1.5))
      this.#blockAt = new Int32Array(this.#capacity)
    }
    this.#counts = new Int32Array(this.#capacity / WORD_BITS + 1)
    this.#fitting = newSets(this.#orders, this.#capacity)
    this.#first = end === 'head' ? this.#capacity - this.length : 0
    this.#end = this.#first + this.length
    blocks.forEach((block, place) => {
      this.#place(block, this.#first + place)
    })
  }
}

function newSets(orders: number, capacity: number): BitLevels[] {
  return Array.from({ length: orders }, () => new BitLevels(capacity))
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
