import { nextCapacity } from '../../shared/typed-arrays.ts'
import { NONE } from './area-table.ts'
import type { BlockTable } from './block-table.ts'
import { ContradictionError } from './contradiction.ts'
import { NestedSets } from './nested-sets.ts'

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
   * itself.
   */
  readonly answers: Int32Array
  readonly #blocks: BlockTable
  readonly #orders: number
  readonly #keepsAnswers: boolean
  #capacity = INITIAL_POSITIONS
  #blockAt = new Int32Array(INITIAL_POSITIONS)
  /** Set n: positions of blocks with at least 2^n free slots. Set 0 holds every listed block. */
  #fitting = new NestedSets(INITIAL_POSITIONS)
  /** A Fenwick tree over the number of listed blocks in each word of positions. */
  #counts = new Int32Array(INITIAL_POSITIONS / WORD_BITS + 1)
  /** Positions in use lie in [#first, #end); the block at HEAD is at #first. */
  #first = INITIAL_POSITIONS / 2
  #end = INITIAL_POSITIONS / 2
  /** Blocks know their position less this, so that all positions move at once when room is made at HEAD. */
  #origin = 0

  /**
   * `orders`: how many sizes of maps there are, 2^0 to 2^(orders - 1) slots. Answers are kept for first-fit searches; whoever
   * uses them does not search, and does not look for aligned slots.
   */
  constructor(blocks: BlockTable, orders: number, keepsAnswers: boolean) {
    this.#keepsAnswers = keepsAnswers
    this.#blocks = blocks
    this.#orders = orders
    this.answers = new Int32Array(2 * orders).fill(NONE)
  }

  /** The first block from HEAD with at least 2^order free slots, or `NONE`. */
  firstFitting(order: number): number {
    return this.#fittingFrom(order, this.#first)
  }

  /** The same from `block` on towards TAIL, itself included. */
  firstFittingFrom(block: number, order: number): number {
    return this.#fittingFrom(order, this.#positionOf(block))
  }

  /** The block after `block` towards TAIL (`NONE`: the one at HEAD), or `NONE`. */
  next(block: number): number {
    return this.#fittingFrom(0, block === NONE ? this.#first : this.#positionOf(block) + 1)
  }

  /** How many blocks stand from HEAD to `block`, itself included. */
  rank(block: number): number {
    const position = this.#positionOf(block)
    // The block at HEAD is by far the most frequent question
    if (position === this.#first) return 1
    const word = position >>> 5
    let rank = popCount(this.#fitting.wordOfAll(word) & (0xffff_ffff >>> (31 - (position & 31))))
    if (word === this.#first >>> 5) return rank
    for (let node = word; node > 0; node &= node - 1) rank += this.#counts[node] as number
    return rank
  }

  /** Keeps the answer of a first-fit search: see `answers`. */
  remember(order: number, block: number, rank: number): void {
    if (!this.#keepsAnswers) return
    this.answers[2 * order] = block
    this.answers[2 * order + 1] = rank
  }

  /** Lists a block that has free slots. */
  insert(block: number, end: 'head' | 'tail'): void {
    if (end === 'head' ? this.#first === 0 : this.#end === this.#capacity) this.#makeRoom(end)
    if (end === 'head') {
      this.#first -= 1
      // It has more free slots than any map asks for
      for (let order = 0; order < this.#orders; order += 1) this.remember(order, block, 1)
      this.#place(block, this.#first)
    } else {
      this.#place(block, this.#end)
      this.#end += 1
    }
    this.length += 1
  }

  /** Says that a listed block has `after` instead of `before` free slots; without any it leaves the list. */
  shrink(block: number, before: number, after: number): void {
    const position = this.#positionOf(block)
    if (this.#blockAt[position] !== block)
      throw new ContradictionError(`block ${block} is not where its free list has it`)
    const last = Math.min(this.#orders - 1, log2(before))
    const first = after === 0 ? 0 : log2(after) + 1
    if (first <= last) this.#fitting.remove(position, first, last)
    if (after > 0) return
    this.#correctAnswers(block, position)
    this.#count(position >>> 5, -1)
    this.length -= 1
    if (position === this.#first) {
      this.#first = this.length === 0 ? this.#end : this.#fitting.firstFrom(0, position)
    }
  }

  get state() {
    const { length, answers } = this
    return {
      ...{ length, answers, fitting: this.#fitting.state, capacity: this.#capacity, blockAt: this.#blockAt },
      ...{ counts: this.#counts, first: this.#first, end: this.#end, origin: this.#origin },
    }
  }

  set state({ length, answers, fitting, capacity, blockAt, counts, first, end, origin }) {
    this.length = length
    this.answers.set(answers)
    this.#fitting = new NestedSets(capacity)
    this.#fitting.state = fitting
    this.#capacity = capacity
    this.#blockAt = blockAt
    this.#counts = counts
    this.#first = first
    this.#end = end
    this.#origin = origin
  }

  #fittingFrom(order: number, from: number): number {
    const position = this.#fitting.firstFrom(order, from)
    return position < 0 ? NONE : (this.#blockAt[position] as number)
  }

  /** A block has left: those behind it stand one place nearer to HEAD. */
  #correctAnswers(left: number, position: number): void {
    for (let answer = 0; answer < this.answers.length; answer += 2) {
      const block = this.answers[answer] as number
      if (block === left) this.answers[answer] = NONE
      else if (block !== NONE && this.#positionOf(block) > position)
        this.answers[answer + 1] = (this.answers[answer + 1] as number) - 1
    }
  }

  #positionOf(block: number): number {
    return (this.#blocks.listPosition[block] as number) + this.#origin
  }

  #place(block: number, position: number): void {
    this.#blocks.listPosition[block] = position - this.#origin
    this.#blockAt[position] = block
    this.#fitting.add(position, Math.min(this.#orders - 1, log2(this.#blocks.freeSlots(block))))
    this.#count(position >>> 5, 1)
  }

  #count(word: number, change: number): void {
    for (let node = word + 1; node < this.#counts.length; node += node & -node) {
      this.#counts[node] = (this.#counts[node] as number) + change
    }
  }

  /** Makes room at one end: closes the gaps that blocks left behind if they are many, or else adds positions. */
  #makeRoom(end: 'head' | 'tail'): void {
    if (this.length * 2 <= this.#capacity) this.#renumber(end)
    else this.#widen(end)
  }

  /** Gives all blocks new positions in the same order, with the room at `end`. */
  #renumber(end: 'head' | 'tail'): void {
    const blocks = new Int32Array(this.length)
    for (let place = 0, block = this.next(NONE); block !== NONE; place += 1, block = this.next(block)) {
      blocks[place] = block
    }
    this.#counts.fill(0)
    this.#fitting = new NestedSets(this.#capacity)
    this.#first = end === 'head' ? this.#capacity - this.length : 0
    this.#end = this.#first + this.length
    blocks.forEach((block, place) => {
      this.#place(block, this.#first + place)
    })
  }

  /** Adds half as many positions at `end`. */
  #widen(end: 'head' | 'tail'): void {
    const capacity = nextCapacity(this.#capacity, this.#capacity * 1.5)
    const shift = end === 'head' ? capacity - this.#capacity : 0
    const blockAt = new Int32Array(capacity)
    blockAt.set(this.#blockAt, shift)
    this.#blockAt = blockAt
    this.#fitting = this.#fitting.moved(capacity, shift)
    this.#counts = countsOf(this.#fitting, capacity / WORD_BITS)
    this.#capacity = capacity
    this.#origin += shift
    this.#first += shift
    this.#end += shift
  }
}

/** The Fenwick tree over the positions of listed blocks in each of `words` words. */
function countsOf(sets: NestedSets, words: number): Int32Array<ArrayBuffer> {
  const counts = new Int32Array(words + 1)
  for (let node = 1; node <= words; node += 1) {
    counts[node] = (counts[node] as number) + popCount(sets.wordOfAll(node - 1))
    const parent = node + (node & -node)
    if (parent <= words) counts[parent] = (counts[parent] as number) + (counts[node] as number)
  }
  return counts
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
