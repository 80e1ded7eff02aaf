import type { AllocatorListener, BlockFreeCause, PurgeCause } from '../allocator/events.ts'

/** Event kinds as they enter the digest. Never renumber: stored digests depend on them. */
const KIND = {
  mapped: 1,
  unmapped: 2,
  areaMapped: 3,
  areaUnmapped: 4,
  blockAllocated: 5,
  blockFilled: 6,
  blockFreed: 7,
  purged: 8,
  areaPending: 9,
} as const

const { imul } = Math
/** Spreads the bits of a word: 2^32 divided by the golden ratio. */
const SPREAD = 0x9e37_79b1

const FREE_CAUSE: Readonly<Record<BlockFreeCause, number>> = { 'full-and-unmapped': 0, 'fragment-purge': 1 }
const PURGE_CAUSE: Readonly<Record<PurgeCause, number>> = {
  'allocation-failure': 0,
  'lazy-threshold': 1,
  aliases: 2,
}

/**
 * A 64-bit digest of the event stream: two results are equal, call by call, when their digests are. Two 32-bit lanes of
 * multiply-and-rotate mixing with different constants (the scheme of MurmurHash3, Austin Appleby, public domain), in
 * integer arithmetic only, so that it is the same on every platform. Not cryptographic.
 */
export class EventDigest implements AllocatorListener {
  #low = 0x766d_6170 | 0
  #high = 0x6c61_6220 | 0
  #events = 0

  /** 16 hexadecimal digits. */
  get value(): string {
    return hex(finish(this.#high ^ this.#events)) + hex(finish(this.#low ^ this.#events))
  }

  /** What the digest has become so far, for snapshots. */
  get state(): readonly [low: number, high: number, events: number] {
    return [this.#low, this.#high, this.#events]
  }

  set state([low, high, events]: readonly [low: number, high: number, events: number]) {
    this.#low = low
    this.#high = high
    this.#events = events
  }

  mapped(startPage: number, pages: number, visitedNodes: number): void {
    this.#mix(wordOf(KIND.mapped ^ (pages << 4), startPage))
    this.#mix(imul(visitedNodes, SPREAD))
  }

  unmapped(startPage: number, pages: number): void {
    this.#mix(wordOf(KIND.unmapped ^ (pages << 4), startPage))
  }

  areaMapped(startPage: number, pages: number): void {
    this.#mix(wordOf(KIND.areaMapped ^ (pages << 4), startPage))
  }

  areaUnmapped(startPage: number): void {
    this.#mix(wordOf(KIND.areaUnmapped, startPage))
  }

  blockAllocated(blockIndex: number, cpu: number): void {
    this.#mix(wordOf(KIND.blockAllocated ^ (cpu << 4), blockIndex))
  }

  blockFilled(blockIndex: number): void {
    this.#mix(wordOf(KIND.blockFilled, blockIndex))
  }

  blockFreed(blockIndex: number, cause: BlockFreeCause): void {
    this.#mix(wordOf(KIND.blockFreed ^ (FREE_CAUSE[cause] << 4), blockIndex))
  }

  areaPending(startPage: number, pages: number): void {
    this.#mix(wordOf(KIND.areaPending ^ (pages << 4), startPage))
  }

  purged(cause: PurgeCause, flushedPages: number): void {
    this.#mix(wordOf(KIND.purged ^ (PURGE_CAUSE[cause] << 4), flushedPages))
  }

  /** Short, like `wordOf`, so that the compiler can put both into the allocator's calls. */
  #mix(word: number): void {
    const first = imul(this.#low ^ imul(word, 0xcc9e_2d51), 0x1b87_3593)
    const second = imul(this.#high ^ imul(word, 0x85eb_ca6b), 0xc2b2_ae35)
    const low = (((first << 13) | (first >>> 19)) + 0xe654_6b64) | 0
    this.#low = low
    this.#high = (((second << 15) | (second >>> 17)) + low) | 0
    this.#events = (this.#events + 1) | 0
  }
}

/** One word of both numbers. `value` may exceed 32 bits (pages do); both halves enter. */
function wordOf(head: number, value: number): number {
  const upper = (value / 0x1_0000_0000) | 0
  return imul(head ^ (upper << 24) ^ (upper >>> 8), SPREAD) ^ (value | 0)
}

function finish(lane: number): number {
  const first = imul(lane ^ (lane >>> 16), 0x85eb_ca6b)
  const second = imul(first ^ (first >>> 13), 0xc2b2_ae35)
  return (second ^ (second >>> 16)) >>> 0
}

function hex(lane: number): string {
  return lane.toString(16).padStart(8, '0')
}
