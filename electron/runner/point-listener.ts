import type { AllocatorListener, BlockFreeCause, PurgeCause } from '../allocator/events.ts'
import type { EventDigest } from './digest.ts'
import type { PacedSink } from './paced-sink.ts'
import { PURGED_BLOCKS_PER_LOOK } from './run-listener.ts'

/** What a point of a sweep listens with: every event enters the digest, and the most blocks at once are noted. */
export class PointListener implements AllocatorListener {
  liveBlocksMax = 0
  readonly #digest: EventDigest
  readonly #sink: Pick<PacedSink, 'lookSoon' | 'lookWithin'>
  #liveBlocks = 0
  #purgedBlocks = 0

  constructor(digest: EventDigest, sink: Pick<PacedSink, 'lookSoon' | 'lookWithin'>) {
    this.#digest = digest
    this.#sink = sink
  }

  mapped(startPage: number, pages: number, visitedNodes: number): void {
    this.#digest.mapped(startPage, pages, visitedNodes)
  }

  unmapped(startPage: number, pages: number): void {
    this.#digest.unmapped(startPage, pages)
  }

  areaMapped(startPage: number, pages: number): void {
    this.#digest.areaMapped(startPage, pages)
  }

  areaUnmapped(startPage: number): void {
    this.#digest.areaUnmapped(startPage)
  }

  blockAllocated(blockIndex: number, cpu: number): void {
    this.#digest.blockAllocated(blockIndex, cpu)
    this.#liveBlocks += 1
    if (this.#liveBlocks > this.liveBlocksMax) this.liveBlocksMax = this.#liveBlocks
  }

  blockFilled(blockIndex: number): void {
    this.#digest.blockFilled(blockIndex)
  }

  blockFreed(blockIndex: number, cause: BlockFreeCause): void {
    this.#digest.blockFreed(blockIndex, cause)
    this.#liveBlocks -= 1
    if (cause !== 'fragment-purge') return
    this.#purgedBlocks += 1
    if (this.#purgedBlocks % PURGED_BLOCKS_PER_LOOK === 0) this.#sink.lookWithin()
  }

  areaPending(startPage: number, pages: number): void {
    this.#digest.areaPending(startPage, pages)
  }

  purged(cause: PurgeCause, flushedPages: number): void {
    this.#digest.purged(cause, flushedPages)
    this.#sink.lookSoon()
  }
}
