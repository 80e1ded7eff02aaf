import type { AllocatorListener, BlockFreeCause } from '../allocator/events.ts'
import { vmapMaxAlloc, type Machine } from '../../shared/machine.ts'
import { FAILED } from '../../shared/requests.ts'
import type { SeriesName } from '../../shared/run.ts'
import { Gauge } from './gauge.ts'

/** The sampled quantities of a run (`SERIES_NAMES` says what each is), kept up to date from the allocator's events. */
export class RunGauges implements AllocatorListener {
  readonly #liveBlocks = new Gauge(true)
  readonly #listedBlocks = new Gauge(true)
  readonly #usedPages = new Gauge(true)
  readonly #lazyPages = new Gauge(true)
  readonly #mappedPages = new Gauge(true)
  readonly #visitedNodes = new Gauge(false)
  readonly #purges = new Gauge(true)
  readonly #blockPages: number
  readonly #maxAlloc: number

  constructor(machine: Machine) {
    this.#blockPages = machine.bbmapBits
    this.#maxAlloc = vmapMaxAlloc(machine.wordBits)
  }

  get byName(): Readonly<Record<SeriesName, Gauge>> {
    return {
      live_blocks: this.#liveBlocks,
      listed_blocks: this.#listedBlocks,
      used_pages: this.#usedPages,
      lazy_pages: this.#lazyPages,
      mapped_pages: this.#mappedPages,
      visited_nodes: this.#visitedNodes,
      purges: this.#purges,
    }
  }

  mapped(startPage: number, pages: number, visitedNodes: number): void {
    this.#visitedNodes.set(visitedNodes)
    if (startPage === FAILED) return
    this.#mappedPages.rise(pages)
    // What no block serves takes an area of its own
    if (pages > this.#maxAlloc) this.#usedPages.rise(pages)
  }

  unmapped(_startPage: number, pages: number): void {
    this.#mappedPages.fall(pages)
  }

  areaMapped(startPage: number, pages: number): void {
    if (startPage === FAILED) return
    this.#mappedPages.rise(pages)
    // The guard page
    this.#usedPages.rise(pages + 1)
  }

  areaUnmapped(_startPage: number, pages: number): void {
    this.#mappedPages.fall(pages)
  }

  blockAllocated(): void {
    this.#liveBlocks.rise(1)
    this.#listedBlocks.rise(1)
    this.#usedPages.rise(this.#blockPages)
  }

  blockFilled(): void {
    this.#listedBlocks.fall(1)
  }

  blockFreed(_blockIndex: number, cause: BlockFreeCause): void {
    this.#liveBlocks.fall(1)
    // A full block left its list before
    if (cause === 'fragment-purge') this.#listedBlocks.fall(1)
  }

  areaPending(_startPage: number, pages: number): void {
    this.#usedPages.fall(pages)
    this.#lazyPages.rise(pages)
  }

  purged(): void {
    this.#lazyPages.set(0)
    this.#purges.rise(1)
  }
}
