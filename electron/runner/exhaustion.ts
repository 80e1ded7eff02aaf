import type { Counts } from '../../shared/counts.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import type { Machine } from '../../shared/machine.ts'
import { FAILED, type RequestSink, type RequestSource } from '../../shared/requests.ts'
import { Allocator } from '../allocator/allocator.ts'
import type { BlockFreeCause, BlockListener, PurgeCause } from '../allocator/events.ts'
import { PATCH_2015_WORKLOADS } from '../scenario/library/patch-2015.ts'

/** The map that found no address space, and what the purge that followed did. */
export interface AllocationFailure {
  /** Which map it was, counted from 1, and its size. */
  readonly map: number
  readonly pages: number
  /** Blocks allocated and not freed at that moment, and how many of them were on a free list. */
  readonly liveBlocks: number
  readonly listedBlocks: number
  /** Blocks that the purge freed: how many, and their lowest and highest index. */
  readonly purgedBlocks: number
  readonly lowestIndex: number
  readonly highestIndex: number
  /** How many of the purged blocks had how many slots that were never handed out, fewest slots first. */
  readonly freeSlots: readonly (readonly [freeSlots: number, blocks: number])[]
  /** Span of the purge's TLB flush, 0 without one. */
  readonly flushedPages: number
  /** The map got its address after the purge. */
  readonly servedAfterPurge: boolean
}

export interface Exhaustion {
  /** The first; `undefined`: address space never ran out. */
  readonly failure: AllocationFailure | undefined
  readonly counts: Counts
  readonly liveBlocks: number
  readonly listedBlocks: number
  readonly elapsedMs: number
}

export interface ExhaustionOptions {
  /** Most maps to make. */
  readonly maps: number
  /** Whether to go on after an allocation failure, up to `maps`. */
  readonly goOn: boolean
  /** Told at most 20 times a second. */
  readonly onProgress: (maps: number, liveBlocks: number) => void
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number
}

const PROGRESS_INTERVAL_MS = 50
const MAPS_BETWEEN_LOOKS = 1 << 16

/** Maps after which `exhaust` has asked for one block more than the vmalloc space can hold, if it never gives one back. */
export function mapsToFill(machine: Machine): number {
  const { vmallocStartPage, vmallocPages, bbmapBits } = machine
  const first = Math.ceil(vmallocStartPage / bbmapBits)
  const blocks = Math.max(0, Math.floor((vmallocStartPage + vmallocPages) / bbmapBits) - first)
  const pairsPerBlock = (exhaustOn(machine, 1).operationsTotal ?? 0) / 2
  return blocks * pairsPerBlock + 1
}

function exhaustOn(machine: Machine, iters: number): RequestSource {
  return PATCH_2015_WORKLOADS.exhaust.stream(machine, { iters }, 0)
}

/**
 * The workload `exhaust`, over and over, until an allocation fails or `maps` are made.
 * @throws {RangeError} when the machine cannot be simulated.
 */
export function runUntilFailure(machine: Machine, model: KernelModel, options: ExhaustionOptions): Exhaustion {
  const startedMs = options.clock()
  const allocator = new Allocator(machine, model)
  const sink = new UntilFailure(allocator, options)
  try {
    exhaustOn(machine, Infinity).issue(sink)
  } catch (error) {
    if (!(error instanceof EndOfMaps)) throw error
  }
  const { counts, liveBlocks, listedBlocks } = allocator
  return { failure: sink.failure, counts, liveBlocks, listedBlocks, elapsedMs: options.clock() - startedMs }
}

class EndOfMaps extends Error {}

/** Sees the failure purge, the first blocks of which are freed while the others still are there. */
class PurgeWatch implements BlockListener {
  purgedBlocks = 0
  lowestIndex = Infinity
  highestIndex = -Infinity
  liveBlocks = 0
  listedBlocks = 0
  flushedPages: number | undefined
  readonly freeSlots = new Map<number, number>()
  readonly #allocator: Allocator

  constructor(allocator: Allocator) {
    this.#allocator = allocator
  }

  blockFreed(blockIndex: number, cause: BlockFreeCause, freeSlots: number): void {
    if (cause !== 'fragment-purge') return
    this.purgedBlocks += 1
    this.lowestIndex = Math.min(this.lowestIndex, blockIndex)
    this.highestIndex = Math.max(this.highestIndex, blockIndex)
    this.freeSlots.set(freeSlots, (this.freeSlots.get(freeSlots) ?? 0) + 1)
  }

  purged(cause: PurgeCause, flushedPages: number): void {
    if (cause !== 'allocation-failure') return
    this.flushedPages = flushedPages
    this.liveBlocks = this.#allocator.liveBlocks + this.purgedBlocks
    this.listedBlocks = this.#allocator.listedBlocks + this.purgedBlocks
  }

  blockAllocated(): void {
    // Only what is lost matters here
  }

  blockFilled(): void {
    // As above
  }

  areaPending(): void {
    // As above
  }
}

/** Passes maps on until one has set off a failure purge, or until as many are made as were asked for. */
class UntilFailure implements RequestSink {
  failure: AllocationFailure | undefined
  readonly #allocator: Allocator
  readonly #watch: PurgeWatch
  readonly #options: ExhaustionOptions
  #maps = 0
  #nextLook: number
  #toldMs = -Infinity

  constructor(allocator: Allocator, options: ExhaustionOptions) {
    this.#allocator = allocator
    this.#options = options
    this.#watch = new PurgeWatch(allocator)
    this.#nextLook = Math.min(options.maps, MAPS_BETWEEN_LOOKS)
    allocator.listener = this.#watch
  }

  mapRam(pages: number): number {
    const startPage = this.#allocator.mapRam(pages)
    this.#maps += 1
    if (this.#watch.flushedPages !== undefined) this.#failed(pages, startPage)
    return startPage
  }

  unmapRam(startPage: number, pages: number): void {
    this.#allocator.unmapRam(startPage, pages)
    if (this.#maps >= this.#nextLook) this.#look()
  }

  setCpu(cpu: number): void {
    this.#allocator.setCpu(cpu)
  }

  vmap(pages: number): number {
    return this.#allocator.vmap(pages)
  }

  vunmap(startPage: number): void {
    this.#allocator.vunmap(startPage)
  }

  unmapAliases(): void {
    this.#allocator.unmapAliases()
  }

  #look(): void {
    const { maps, clock, onProgress } = this.#options
    if (this.#maps >= maps) throw new EndOfMaps()
    this.#nextLook = Math.min(maps, this.#maps + MAPS_BETWEEN_LOOKS)
    if (clock() - this.#toldMs < PROGRESS_INTERVAL_MS) return
    this.#toldMs = clock()
    onProgress(this.#maps, this.#allocator.liveBlocks)
  }

  #failed(pages: number, startPage: number): void {
    const { purgedBlocks, lowestIndex, highestIndex, liveBlocks, listedBlocks, flushedPages = 0 } = this.#watch
    const freeSlots = [...this.#watch.freeSlots].sort(([left], [right]) => left - right)
    const blocks = { liveBlocks, listedBlocks, purgedBlocks, lowestIndex, highestIndex, freeSlots, flushedPages }
    const servedAfterPurge = startPage !== FAILED
    this.failure = { map: this.#maps, pages, ...blocks, servedAfterPurge }
    if (this.#options.goOn) {
      this.#allocator.listener = undefined
      this.#watch.flushedPages = undefined
    } else {
      if (servedAfterPurge) this.#allocator.unmapRam(startPage, pages)
      throw new EndOfMaps()
    }
  }
}
