import { type CountName, type Counts, COUNT_NAMES } from '../../shared/counts.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { lazyMaxPages, machineProblem, PAGE_SIZE_BYTES, vmapMaxAlloc, type Machine } from '../../shared/machine.ts'
import { FAILED, type RequestSink } from '../../shared/requests.ts'
import type { ListedBlock } from '../../shared/run.ts'
import type { AddressSpace } from './address-space.ts'
import { newAddressSpace } from './address-spaces.ts'
import { AreaIndex } from './area-index.ts'
import { AreaTable, NONE } from './area-table.ts'
import { BlockIndex } from './block-index.ts'
import { DirtySlots } from './dirty-slots.ts'
import type { AllocatorListener, BlockFreeCause, PurgeCause } from './events.ts'
import { FlushSpan } from './flush-span.ts'
import { FreeLists } from './free-lists.ts'
import { LiveBlocks } from './live-blocks.ts'
import { NotSimulatedError } from './not-simulated.ts'
import { PendingAreas } from './pending-areas.ts'
import { AlignedPlacement, BumpPlacement, type SlotPlacement } from './slot-placement.ts'

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
  /** Plain areas by their first page. */
  readonly #index = new AreaIndex(this.#areas)
  readonly #blockAt = new BlockIndex()
  readonly #space: AddressSpace
  readonly #pending: PendingAreas
  readonly #lists: FreeLists
  readonly #dirty: DirtySlots
  readonly #placement: SlotPlacement
  readonly #blocks = new LiveBlocks()
  /** The block that served the last map, and its first page. */
  #served = NONE
  #servedPage = 0
  #cpu = 0
  /** The kernel's purge lock: while a purge runs, the lazy threshold starts no other. */
  #purging = false
  /** The drain worker was woken and has not run. */
  #drainDue = false

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
    this.#space = newAddressSpace(model, machine, this.#areas)
    this.#pending = new PendingAreas(this.#areas, this.#space)
    this.#lists = new FreeLists(machine.nrCpus, this.#maxAlloc)
    this.#dirty = new DirtySlots(machine.bbmapBits, machine.wordBits, model.dirtyTracking)
    this.#placement =
      model.slotPlacement === 'aligned' ? new AlignedPlacement(this.#maxAlloc) : new BumpPlacement(this.#blockPages)
  }

  get counts(): Counts {
    return { ...this.#counts, lazy_pages: this.#pending.pages }
  }

  /** Blocks allocated and not freed. */
  get liveBlocks(): number {
    return this.#blocks.size
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

  /** @throws {NotSimulatedError} for 0 pages under a model whose kernel does not check for it. */
  mapRam(pages: number): number {
    this.#counts.vm_map_ram += 1
    this.visitedNodes = 0
    const startPage = pages > this.#maxAlloc ? this.#mapArea(pages, PAGE_SIZE_BYTES) : this.#mapSlots(pages)
    if (startPage === FAILED) this.#counts.vm_map_ram_failed += 1
    this.#counts.nodes_visited += this.visitedNodes
    this.listener?.mapped(startPage, pages, this.visitedNodes)
    if (this.#drainDue) this.#runDrainWorker()
    return startPage
  }

  /** @throws {RangeError} when nothing of that size is mapped there. */
  unmapRam(startPage: number, pages: number): void {
    this.#counts.vm_unmap_ram += 1
    if (pages > this.#maxAlloc) this.#unmapArea(startPage, pages)
    else this.#unmapSlots(startPage, pages)
    this.listener?.unmapped(startPage, pages)
    if (this.#drainDue) this.#runDrainWorker()
  }

  vmap(pages: number): number {
    this.visitedNodes = 0
    // A guard page follows an ordinary area. The kernel refuses 0 pages before it asks for address space
    const startPage = pages === 0 ? FAILED : this.#mapArea(pages + 1, 1)
    this.listener?.areaMapped(startPage, pages)
    if (this.#drainDue) this.#runDrainWorker()
    return startPage
  }

  /** @throws {RangeError} when no area starts there. */
  vunmap(startPage: number): void {
    const area = this.#index.find(startPage)
    if (area === NONE) throw new RangeError(`No vmap area starts at page ${startPage}.`)
    this.#index.remove(area)
    this.#freeArea(area)
    this.listener?.areaUnmapped(startPage)
    if (this.#drainDue) this.#runDrainWorker()
  }

  unmapAliases(): void {
    this.#counts.unmap_aliases += 1
    const span = new FlushSpan()
    this.#purging = true
    if (this.model.fragmentPurge === 'quarter') {
      this.#purgeNearlyUsedUp(span)
    } else {
      this.#noteListedBlocks(span)
      this.#purgeFragments()
    }
    this.#drain('aliases', span)
    this.#purging = false
    if (this.#drainDue) this.#runDrainWorker()
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
    this.#index.remove(area)
    this.#freeArea(area)
  }

  #mapSlots(pages: number): number {
    if (pages !== (pages | 0) || pages < 0) throw new RangeError(`${pages} is no number of pages.`)
    if (pages === 0) {
      this.#mapNothing()
      return FAILED
    }
    const slots = roundUpToPowerOfTwo(pages)
    let block = this.#firstFit(slots)
    if (block === NONE) {
      block = this.#newBlock()
      if (block === NONE) return FAILED
      if (this.model.afterNewBlock === 'search-again') block = this.#firstFit(slots)
    }
    const offset = this.#placement.place(block, slots, this.#lists.freeSlots[block] as number)
    const filled = this.#lists.takeSlots(block, slots)
    if (filled) this.listener?.blockFilled(this.#blockIndex(block))
    if (block !== this.#served) {
      this.#served = block
      this.#servedPage = this.#areas.startPage[block] as number
    }
    return this.#servedPage + offset
  }

  #firstFit(slots: number): number {
    const block = this.#lists.firstFit(this.#cpu, slots)
    this.visitedNodes += this.#lists.visitedNodes
    return block
  }

  #newBlock(): number {
    const block = this.#allocArea(this.#blockPages, this.#blockPages * PAGE_SIZE_BYTES)
    if (block === NONE) return NONE
    this.#blockAt.set(this.#blockIndex(block), block)
    this.#dirty.reset(block)
    this.#placement.reset(block)
    this.#blocks.add(block)
    this.#lists.insert(block, this.#cpu, this.model.newBlockAt, this.#blockPages)
    this.listener?.blockAllocated(this.#blockIndex(block), this.#cpu)
    return block
  }

  #unmapSlots(startPage: number, pages: number): void {
    let offset = startPage - this.#servedPage
    let block = this.#served
    // Most maps are unmapped soon: then they are in the block that served last
    if (offset < 0 || offset >= this.#blockPages || block === NONE) {
      const page = this.#startOffset + startPage
      offset = page & (this.#blockPages - 1)
      block = this.#blockAt.find((page - offset) / this.#blockPages)
    }
    if (block === NONE) throw new RangeError(`No mapping of ${pages} pages starts at page ${startPage}.`)
    const slots = roundUpToPowerOfTwo(pages)
    const handedOut = this.#blockPages - (this.#lists.freeSlots[block] as number)
    if ((this.#dirty.count[block] as number) + slots > handedOut) {
      throw new RangeError(`The mapping of ${pages} pages at page ${startPage} was unmapped before, or never made.`)
    }
    const dirtySlots = this.#dirty.add(block, offset, slots)
    if (dirtySlots === this.#blockPages) this.#freeBlock(block, 'full-and-unmapped')
  }

  #freeBlock(block: number, cause: BlockFreeCause): void {
    const blockIndex = this.#blockIndex(block)
    this.#counts.free_vmap_block += 1
    this.#blocks.remove(block)
    this.#blockAt.remove(blockIndex)
    if (block === this.#served) this.#served = NONE
    this.listener?.blockFreed(blockIndex, cause)
    this.#freeArea(block)
  }

  /** alloc_vmap_area: on failure purge once and try once more. */
  #allocArea(pages: number, alignBytes: number): number {
    this.#counts.alloc_vmap_area += 1
    let area = this.#space.take(pages, alignBytes, this.#cpu)
    if (area === NONE) {
      this.#counts.purge_on_alloc_failure += 1
      this.#purging = true
      this.#purgeFragments()
      this.#drain('allocation-failure', new FlushSpan())
      this.#purging = false
      area = this.#space.take(pages, alignBytes, this.#cpu)
    }
    if (area === NONE) this.#counts.alloc_vmap_area_failed += 1
    return area
  }

  /** Lazy free: the address space stays taken until a drain. */
  #freeArea(area: number): void {
    this.#pending.add(area)
    this.listener?.areaPending(this.#areas.startPage[area] as number, this.#areas.pages[area] as number)
    if (this.#pending.pages <= this.#lazyMaxPages) return
    if (this.model.lazyDrain === 'worker') this.#drainDue = true
    else if (!this.#purging) this.#drainPastLimit()
  }

  #drainPastLimit(): void {
    this.#counts.purge_on_lazy_threshold += 1
    this.#drain('lazy-threshold', new FlushSpan())
  }

  /** The worker that passing the lazy limit woke runs after the call; it may find that a purge was faster. */
  #runDrainWorker(): void {
    this.#drainDue = false
    this.#drainPastLimit()
  }

  /** Drains all pending areas with one TLB flush over them and what `span` covers already. */
  #drain(cause: PurgeCause, span: FlushSpan): void {
    if (this.#pending.length > 0) span.note(this.#pending.lowestPage, this.#pending.highestPage)
    const flushedPages = span.pages
    if (flushedPages > 0) {
      this.#counts.tlb_flushes += 1
      this.#counts.tlb_flush_pages += flushedPages
    }
    this.#pending.drain(cause === 'allocation-failure')
    this.listener?.purged(cause, flushedPages)
  }

  /** Up to Linux 6.1: dirty slots of blocks on a free list; full blocks with live slots are missed. */
  #noteListedBlocks(span: FlushSpan): void {
    for (let cpu = 0; cpu < this.#lists.cpus; cpu += 1) {
      for (let block = this.#lists.headOf(cpu); block !== NONE; block = this.#lists.next(block)) {
        this.#noteDirty(block, span)
      }
    }
  }

  #noteDirty(block: number, span: FlushSpan): void {
    const end = this.#dirty.rangeEnd[block] as number
    if (end === 0) return
    const blockPage = this.#areas.startPage[block] as number
    span.note(blockPage + (this.#dirty.rangeStart[block] as number), blockPage + end)
  }

  /**
   * Since Linux 6.5, in vm_unmap_aliases: of all blocks, those without a live slot and with less than a quarter of their
   * slots free are purged; the others' dirty ranges are flushed once and forgotten.
   */
  #purgeNearlyUsedUp(span: FlushSpan): void {
    const purged: number[] = []
    for (const block of this.#blocks) {
      if (this.#isFragment(block) && (this.#lists.freeSlots[block] as number) < this.#blockPages / 4) {
        purged.push(block)
      } else if ((this.#dirty.count[block] as number) < this.#blockPages) {
        this.#noteDirty(block, span)
        this.#dirty.resetRange(block)
      }
    }
    // The kernel looks through per-CPU indexes into which blocks are spread by address
    const { nrCpus } = this.machine
    const indexes = new Map(purged.map((block) => [block, this.#blockIndex(block)]))
    const place = (block: number): number => indexes.get(block) ?? 0
    purged.sort((left, right) => (place(left) % nrCpus) - (place(right) % nrCpus) || place(left) - place(right))
    for (const block of purged) this.#purgeFragment(block)
  }

  /** A listed block without a live slot. Blocks that are full are freed at their last unmap. */
  #isFragment(block: number): boolean {
    const freeSlots = this.#lists.freeSlots[block] as number
    return freeSlots > 0 && freeSlots + (this.#dirty.count[block] as number) === this.#blockPages
  }

  #purgeFragment(block: number): void {
    this.#lists.remove(block)
    this.#counts.fragmented_blocks_purged += 1
    this.#freeBlock(block, 'fragment-purge')
  }

  /** Frees every listed block that has no live slot, CPU by CPU from HEAD to TAIL. */
  #purgeFragments(): void {
    if (this.model.fragmentPurge === 'never') return
    for (let cpu = 0; cpu < this.#lists.cpus; cpu += 1) {
      let block = this.#lists.headOf(cpu)
      while (block !== NONE) {
        const next = this.#lists.next(block)
        if (this.#isFragment(block)) this.#purgeFragment(block)
        block = next
      }
    }
  }

  /** A map of 0 pages. @throws {NotSimulatedError} under a model whose kernel does not check for it. */
  #mapNothing(): void {
    const { zeroPages, id } = this.model
    if (zeroPages === 'unchecked') {
      throw new NotSimulatedError(`A map of 0 pages is not simulated under ${id}: that kernel does not check for it.`)
    }
    // WARN_ON; before 6.10 then BUG_ON for the address 0 that the code goes on with
    this.#counts.warnings += 1
    if (zeroPages === 'bug') this.#counts.bugs += 1
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
