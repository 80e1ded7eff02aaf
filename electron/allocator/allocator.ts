import { type CountName, type Counts, COUNT_NAMES } from '../../shared/counts.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { lazyMaxPages, machineProblem, PAGE_SIZE_BYTES, vmapMaxAlloc, type Machine } from '../../shared/machine.ts'
import { FAILED, type RequestSink } from '../../shared/requests.ts'
import type { ListedBlock } from '../../shared/run.ts'
import type { AddressSpace } from './address-space.ts'
import { AreaIndex } from './area-index.ts'
import { AreaTable, NONE } from './area-table.ts'
import { DirtySlots } from './dirty-slots.ts'
import type { AllocatorListener, BlockFreeCause, PurgeCause } from './events.ts'
import { FreeLists } from './free-lists.ts'
import { NextFitSpace } from './next-fit-space.ts'
import { PendingAreas } from './pending-areas.ts'

function zeroCounts(): Record<CountName, number> {
  return Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as Record<CountName, number>
}

/**
 * The vm_map_ram allocator of one kernel model on one machine: counts, addresses, list orders and failures equal the
 * kernel's, call by call. All pages are relative to VMALLOC_START. Single-threaded: a call is finished before the next one.
 * Nothing is allocated per call except when a table doubles.
 */
export class Allocator implements RequestSink {
  readonly machine: Machine
  readonly model: KernelModel
  /** Blocks allocated and not freed. */
  liveBlocks = 0
  /** Free-list blocks that the last `mapRam` or `vmap` looked at; an ordinary area needs none. */
  visitedNodes = 0
  /** Told of every event; may be set or taken away between calls. */
  listener: AllocatorListener | undefined
  readonly #counts = zeroCounts()
  readonly #blockPages: number
  readonly #maxAlloc: number
  readonly #lazyMaxPages: number
  /** VMALLOC_START minus the block boundary at or below it, in pages. */
  readonly #startOffset: number
  readonly #areas = new AreaTable()
  readonly #index = new AreaIndex(this.#areas)
  readonly #space: AddressSpace
  readonly #pending: PendingAreas
  readonly #lists: FreeLists
  readonly #dirty: DirtySlots
  #cpu = 0
  /** The kernel's purge lock: while a purge runs, the lazy threshold starts no other. */
  #purging = false

  /** @throws {RangeError} when the machine cannot be simulated; the message names the field and what is accepted. */
  constructor(machine: Machine, model: KernelModel) {
    const problem = machineProblem(machine)
    if (problem !== undefined) throw new RangeError(`Machine refused: ${problem}.`)
    this.machine = machine
    this.model = model
    this.#blockPages = machine.bbmapBits
    this.#maxAlloc = vmapMaxAlloc(machine.wordBits)
    this.#lazyMaxPages = lazyMaxPages(machine.nrCpus)
    this.#startOffset = machine.vmallocStartPage % machine.bbmapBits
    this.#space = new NextFitSpace(this.#areas, this.#startOffset, machine.vmallocPages)
    this.#pending = new PendingAreas(this.#areas, this.#space)
    this.#lists = new FreeLists(machine.nrCpus)
    this.#dirty = new DirtySlots(machine.bbmapBits, machine.wordBits, model.dirtyTracking)
  }

  get counts(): Counts {
    return { ...this.#counts, lazy_pages: this.#pending.pages }
  }

  get listedBlocks(): number {
    return this.#lists.length
  }

  /** Pages freed and not yet drained. */
  get lazyPages(): number {
    return this.#pending.pages
  }

  /** Blocks on one CPU's free list. */
  freeListLength(cpu: number): number {
    return this.#lists.lengthOf(cpu)
  }

  /** One CPU's free list, HEAD to TAIL. */
  *freeList(cpu: number): Generator<ListedBlock> {
    for (let block = this.#lists.headOf(cpu); block !== NONE; block = this.#lists.next(block)) {
      yield [this.#blockIndex(block), this.#lists.freeSlots[block] as number, this.#dirty.count[block] as number]
    }
  }

  /** @throws {RangeError} when the machine has no such CPU. */
  setCpu(cpu: number): void {
    if (!Number.isInteger(cpu) || cpu < 0 || cpu >= this.machine.nrCpus) {
      throw new RangeError(`There is no CPU ${cpu}; this machine has CPUs 0 to ${this.machine.nrCpus - 1}.`)
    }
    this.#cpu = cpu
  }

  mapRam(pages: number): number {
    this.#counts.vm_map_ram += 1
    this.visitedNodes = 0
    const startPage = pages > this.#maxAlloc ? this.#mapArea(pages, PAGE_SIZE_BYTES) : this.#mapSlots(pages)
    if (startPage === FAILED) this.#counts.vm_map_ram_failed += 1
    this.#counts.nodes_visited += this.visitedNodes
    this.listener?.mapped(startPage, pages, this.visitedNodes)
    return startPage
  }

  /** @throws {RangeError} when nothing of that size is mapped there. */
  unmapRam(startPage: number, pages: number): void {
    this.#counts.vm_unmap_ram += 1
    if (pages > this.#maxAlloc) this.#unmapArea(startPage, pages)
    else this.#unmapSlots(startPage, pages)
    this.listener?.unmapped(startPage, pages)
  }

  vmap(pages: number): number {
    this.visitedNodes = 0
    // A guard page follows an ordinary area. The kernel refuses 0 pages before it asks for address space
    const startPage = pages === 0 ? FAILED : this.#mapArea(pages + 1, 1)
    this.listener?.areaMapped(startPage, pages)
    return startPage
  }

  /** @throws {RangeError} when no area starts there. */
  vunmap(startPage: number): void {
    const area = this.#index.find(startPage)
    if (area === NONE) throw new RangeError(`No vmap area starts at page ${startPage}.`)
    this.#freeArea(area)
    this.listener?.areaUnmapped(startPage)
  }

  unmapAliases(): void {
    this.#counts.unmap_aliases += 1
    let startPage = Infinity
    let endPage = -Infinity
    const { rangeStart, rangeEnd } = this.#dirty
    for (let cpu = 0; cpu < this.#lists.cpus; cpu += 1) {
      for (let block = this.#lists.headOf(cpu); block !== NONE; block = this.#lists.next(block)) {
        if ((rangeEnd[block] as number) === 0) continue
        const blockPage = this.#areas.startPage[block] as number
        startPage = Math.min(startPage, blockPage + (rangeStart[block] as number))
        endPage = Math.max(endPage, blockPage + (rangeEnd[block] as number))
      }
    }
    this.#purging = true
    this.#purgeFragments()
    this.#drain('aliases', startPage, endPage)
    this.#purging = false
  }

  #mapArea(pages: number, alignBytes: number): number {
    const area = this.#allocArea(pages, alignBytes)
    if (area === NONE) return FAILED
    this.#index.add(area)
    return this.#areas.startPage[area] as number
  }

  #unmapArea(startPage: number, pages: number): void {
    const area = this.#index.find(startPage)
    if (area === NONE || (this.#areas.pages[area] as number) !== pages) {
      throw new RangeError(`No mapping of ${pages} pages starts at page ${startPage}.`)
    }
    this.#freeArea(area)
  }

  #mapSlots(pages: number): number {
    if (pages === 0) {
      // WARN_ON, then BUG_ON for the address 0 that the kernels before 6.10 go on with
      this.#counts.warnings += 1
      this.#counts.bugs += 1
      return FAILED
    }
    const slots = roundUpToPowerOfTwo(pages)
    let block = this.#firstFit(slots)
    if (block === NONE) {
      block = this.#newBlock()
      if (block === NONE) return FAILED
      if (this.model.afterNewBlock === 'search-again') block = this.#firstFit(slots)
    }
    const offset = this.#blockPages - (this.#lists.freeSlots[block] as number)
    const filled = this.#lists.takeSlots(block, slots)
    if (filled) this.listener?.blockFilled(this.#blockIndex(block))
    return (this.#areas.startPage[block] as number) + offset
  }

  #firstFit(slots: number): number {
    const block = this.#lists.firstFit(this.#cpu, slots)
    this.visitedNodes += this.#lists.visitedNodes
    return block
  }

  #newBlock(): number {
    const block = this.#allocArea(this.#blockPages, this.#blockPages * PAGE_SIZE_BYTES)
    if (block === NONE) return NONE
    this.#index.add(block)
    this.#dirty.reset(block)
    this.#lists.insert(block, this.#cpu, this.model.newBlockAt, this.#blockPages)
    this.liveBlocks += 1
    this.listener?.blockAllocated(this.#blockIndex(block), this.#cpu)
    return block
  }

  #unmapSlots(startPage: number, pages: number): void {
    const offset = (this.#startOffset + startPage) & (this.#blockPages - 1)
    const block = this.#index.find(startPage - offset)
    if (block === NONE) throw new RangeError(`No mapping of ${pages} pages starts at page ${startPage}.`)
    const dirtySlots = this.#dirty.add(block, offset, roundUpToPowerOfTwo(pages))
    if (dirtySlots === this.#blockPages) this.#freeBlock(block, 'full-and-unmapped')
  }

  #freeBlock(block: number, cause: BlockFreeCause): void {
    this.#counts.free_vmap_block += 1
    this.liveBlocks -= 1
    this.listener?.blockFreed(this.#blockIndex(block), cause)
    this.#freeArea(block)
  }

  /** alloc_vmap_area: on failure purge once and try once more. */
  #allocArea(pages: number, alignBytes: number): number {
    this.#counts.alloc_vmap_area += 1
    let area = this.#space.take(pages, alignBytes)
    if (area === NONE) {
      this.#counts.purge_on_alloc_failure += 1
      this.#purging = true
      this.#purgeFragments()
      this.#drain('allocation-failure', Infinity, -Infinity)
      this.#purging = false
      area = this.#space.take(pages, alignBytes)
    }
    if (area === NONE) this.#counts.alloc_vmap_area_failed += 1
    return area
  }

  /** Lazy free: the address space stays taken until a drain. */
  #freeArea(area: number): void {
    this.#index.remove(area)
    this.#pending.add(area)
    this.listener?.areaPending(this.#areas.startPage[area] as number, this.#areas.pages[area] as number)
    if (this.#pending.pages > this.#lazyMaxPages && !this.#purging) {
      this.#counts.purge_on_lazy_threshold += 1
      this.#drain('lazy-threshold', Infinity, -Infinity)
    }
  }

  /** Drains all pending areas with one TLB flush over them and [startPage, endPage). */
  #drain(cause: PurgeCause, startPage: number, endPage: number): void {
    const flushStart = Math.min(startPage, this.#pending.lowestPage)
    const flushedPages = Math.max(0, Math.max(endPage, this.#pending.highestPage) - flushStart)
    if (flushedPages > 0) {
      this.#counts.tlb_flushes += 1
      this.#counts.tlb_flush_pages += flushedPages
    }
    this.#pending.drain()
    this.listener?.purged(cause, flushedPages)
  }

  /** Frees every listed block that has no live slot, CPU by CPU from HEAD to TAIL. */
  #purgeFragments(): void {
    for (let cpu = 0; cpu < this.#lists.cpus; cpu += 1) {
      let block = this.#lists.headOf(cpu)
      while (block !== NONE) {
        const next = this.#lists.next(block)
        if ((this.#lists.freeSlots[block] as number) + (this.#dirty.count[block] as number) === this.#blockPages) {
          this.#lists.remove(block)
          this.#counts.fragmented_blocks_purged += 1
          this.#freeBlock(block, 'fragment-purge')
        }
        block = next
      }
    }
  }

  /** Position in the vmalloc space, counted in blocks from the boundary at or below VMALLOC_START. */
  #blockIndex(block: number): number {
    return (this.#startOffset + (this.#areas.startPage[block] as number)) / this.#blockPages
  }
}

/** Slots of a map: `pages` >= 1 rounded up to the next power of two. */
function roundUpToPowerOfTwo(pages: number): number {
  return 1 << (32 - Math.clz32(pages - 1))
}
