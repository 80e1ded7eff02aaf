import type { AllocatorListener, BlockFreeCause, PurgeCause } from '../allocator/events.ts'
import type { EventDigest } from './digest.ts'
import type { MapCounts } from './map-counts.ts'
import type { PacedSink } from './paced-sink.ts'
import type { RunGauges } from './run-gauges.ts'

/** Blocks that a purge frees between two looks: about a millisecond's work. */
export const PURGED_BLOCKS_PER_LOOK = 4096

/** What a run listens with: every event enters the digest and the gauges, every map the distributions. */
export class RunListener implements AllocatorListener {
  readonly #digest: EventDigest
  readonly #gauges: RunGauges
  readonly #maps: MapCounts
  readonly #sink: Pick<PacedSink, 'lookSoon' | 'lookWithin'>
  #purgedBlocks = 0

  constructor(
    digest: EventDigest,
    gauges: RunGauges,
    maps: MapCounts,
    sink: Pick<PacedSink, 'lookSoon' | 'lookWithin'>,
  ) {
    this.#digest = digest
    this.#gauges = gauges
    this.#maps = maps
    this.#sink = sink
  }

  mapped(startPage: number, pages: number, visitedNodes: number): void {
    this.#digest.mapped(startPage, pages, visitedNodes)
    this.#gauges.mapped(startPage, pages, visitedNodes)
    this.#maps.mapped(pages, visitedNodes)
  }

  unmapped(startPage: number, pages: number): void {
    this.#digest.unmapped(startPage, pages)
    this.#gauges.unmapped(startPage, pages)
  }

  areaMapped(startPage: number, pages: number): void {
    this.#digest.areaMapped(startPage, pages)
    this.#gauges.areaMapped(startPage, pages)
  }

  areaUnmapped(startPage: number, pages: number): void {
    this.#digest.areaUnmapped(startPage)
    this.#gauges.areaUnmapped(startPage, pages)
  }

  blockAllocated(blockIndex: number, cpu: number): void {
    this.#digest.blockAllocated(blockIndex, cpu)
    this.#gauges.blockAllocated()
  }

  blockFilled(blockIndex: number): void {
    this.#digest.blockFilled(blockIndex)
    this.#gauges.blockFilled()
  }

  blockFreed(blockIndex: number, cause: BlockFreeCause): void {
    this.#digest.blockFreed(blockIndex, cause)
    this.#gauges.blockFreed(blockIndex, cause)
    if (cause !== 'fragment-purge') return
    this.#purgedBlocks += 1
    if (this.#purgedBlocks % PURGED_BLOCKS_PER_LOOK === 0) this.#sink.lookWithin()
  }

  areaPending(startPage: number, pages: number): void {
    this.#digest.areaPending(startPage, pages)
    this.#gauges.areaPending(startPage, pages)
  }

  purged(cause: PurgeCause, flushedPages: number): void {
    this.#digest.purged(cause, flushedPages)
    this.#gauges.purged()
    // A purge visits every listed block, so that a call that caused one may take milliseconds
    this.#sink.lookSoon()
  }
}
