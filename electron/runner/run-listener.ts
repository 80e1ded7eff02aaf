import type { AllocatorListener, BlockFreeCause, PurgeCause } from '../allocator/events.ts'
import type { EventDigest } from './digest.ts'
import type { PacedSink } from './paced-sink.ts'
import type { Sampler } from './sampler.ts'

/** What a run listens with: every event enters the digest, those that change a sampled quantity also reach the sampler. */
export class RunListener implements AllocatorListener {
  readonly #digest: EventDigest
  readonly #sampler: Sampler
  readonly #sink: Pick<PacedSink, 'lookSoon'>

  constructor(digest: EventDigest, sampler: Sampler, sink: Pick<PacedSink, 'lookSoon'>) {
    this.#digest = digest
    this.#sampler = sampler
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
    this.#sampler.observe()
  }

  blockFilled(blockIndex: number): void {
    this.#digest.blockFilled(blockIndex)
    this.#sampler.observe()
  }

  blockFreed(blockIndex: number, cause: BlockFreeCause): void {
    this.#digest.blockFreed(blockIndex, cause)
    this.#sampler.observe()
  }

  areaPending(startPage: number, pages: number): void {
    this.#digest.areaPending(startPage, pages)
    this.#sampler.observe()
  }

  purged(cause: PurgeCause, flushedPages: number): void {
    this.#digest.purged(cause, flushedPages)
    this.#sampler.observe()
    // A purge visits every listed block, so that a call that caused one may take milliseconds
    this.#sink.lookSoon()
  }
}
