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
    this.#mix(KIND.mapped ^ (pages << 4), startPage)
    this.#mix(visitedNodes, 0)
  }

  unmapped(startPage: number, pages: number): void {
    this.#mix(KIND.unmapped ^ (pages << 4), startPage)
  }

  areaMapped(startPage: number, pages: number): void {
    this.#mix(KIND.areaMapped ^ (pages << 4), startPage)
  }

  areaUnmapped(startPage: number): void {
    this.#mix(KIND.areaUnmapped, startPage)
  }

  blockAllocated(blockIndex: number, cpu: number): void {
    this.#mix(KIND.blockAllocated ^ (cpu << 4), blockIndex)
  }

  blockFilled(blockIndex: number): void {
    this.#mix(KIND.blockFilled, blockIndex)
  }

  blockFreed(blockIndex: number, cause: BlockFreeCause): void {
    this.#mix(KIND.blockFreed ^ (FREE_CAUSE[cause] << 4), blockIndex)
  }

  areaPending(startPage: number, pages: number): void {
    this.#mix(KIND.areaPending ^ (pages << 4), startPage)
  }

  purged(cause: PurgeCause, flushedPages: number): void {
    this.#mix(KIND.purged ^ (PURGE_CAUSE[cause] << 4), flushedPages)
  }

  /** `value` may exceed 32 bits (pages do); both halves enter. */
  #mix(head: number, value: number): void {
    const upper = (value / 0x1_0000_0000) | 0
    const word = Math.imul(head ^ (upper << 24) ^ (upper >>> 8), 0x9e37_79b1) ^ (value | 0)
    const low = Math.imul(this.#low ^ Math.imul(word, 0xcc9e_2d51), 0x1b87_3593)
    this.#low = (((low << 13) | (low >>> 19)) + 0xe654_6b64) | 0
    const high = Math.imul(this.#high ^ Math.imul(word, 0x85eb_ca6b), 0xc2b2_ae35)
    this.#high = (((high << 15) | (high >>> 17)) + this.#low) | 0
    this.#events = (this.#events + 1) | 0
  }
}

function finish(lane: number): number {
  const first = Math.imul(lane ^ (lane >>> 16), 0x85eb_ca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2_ae35)
  return (second ^ (second >>> 16)) >>> 0
}

function hex(lane: number): string {
  return lane.toString(16).padStart(8, '0')
}
