import type { Counts } from '../../shared/counts.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { machineProblem, PAGE_SIZE_BYTES, vmapMaxAlloc, type Machine } from '../../shared/machine.ts'
import { FAILED, type RequestSink } from '../../shared/requests.ts'
import type { ListedBlock } from '../../shared/run.ts'
import type { AddressSpace } from './address-space.ts'
import { newAddressSpace } from './address-spaces.ts'
import { AreaIndex } from './area-index.ts'
import { NONE } from './area-table.ts'
import type { AllocatorListener } from './events.ts'
import { NotSimulatedError } from './not-simulated.ts'
import { Reclaim } from './reclaim.ts'
import { AlignedPlacement, BumpPlacement, type SlotPlacement } from './slot-placement.ts'
import { AllocatorState } from './state.ts'

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
  readonly #state: AllocatorState
  readonly #reclaim: Reclaim
  readonly #space: AddressSpace
  readonly #placement: SlotPlacement
  /** Plain areas by their first page. */
  readonly #index: AreaIndex
  readonly #maxAlloc: number
  #cpu = 0

  /** @throws {RangeError} when the machine cannot be simulated; the message names the field and what is accepted. */
  constructor(machine: Machine, model: KernelModel) {
    const problem = machineProblem(machine)
    if (problem !== undefined) throw new RangeError(`Machine refused: ${problem}.`)
    this.machine = machine
    this.model = model
    this.#state = new AllocatorState(machine, model)
    this.#space = newAddressSpace(model, machine, this.#state.areas)
    this.#reclaim = new Reclaim(this.#state, this.#space)
    this.#index = new AreaIndex(this.#state.areas)
    this.#maxAlloc = vmapMaxAlloc(machine.wordBits)
    this.#placement =
      model.slotPlacement === 'aligned' ? new AlignedPlacement(this.#maxAlloc) : new BumpPlacement(machine.bbmapBits)
  }

  get listener(): AllocatorListener | undefined {
    return this.#state.listener
  }

  /** Told of every event; may be set or taken away between calls. */
  set listener(listener: AllocatorListener | undefined) {
    this.#state.listener = listener
  }

  get counts(): Counts {
    return { ...this.#state.counts, lazy_pages: this.#reclaim.pendingPages }
  }

  /** Blocks allocated and not freed. */
  get liveBlocks(): number {
    return this.#state.blocks.size
  }

  get listedBlocks(): number {
    return this.#state.lists.length
  }

  /** Pages freed and not yet drained. */
  get lazyPages(): number {
    return this.#reclaim.pendingPages
  }

  /** Blocks on one CPU's free list. */
  freeListLength(cpu: number): number {
    return this.#state.lists.lengthOf(cpu)
  }

  /** One CPU's free list, HEAD to TAIL. */
  *freeList(cpu: number): Generator<ListedBlock> {
    for (let block = this.#state.lists.headOf(cpu); block !== NONE; block = this.#state.lists.next(block)) {
      yield [
        this.#state.blockIndex(block),
        this.#state.lists.freeSlots[block] as number,
        this.#state.dirty.count[block] as number,
      ]
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
    this.#state.counts.vm_map_ram += 1
    this.visitedNodes = 0
    const startPage = pages > this.#maxAlloc ? this.#mapArea(pages, PAGE_SIZE_BYTES) : this.#mapSlots(pages)
    if (startPage === FAILED) this.#state.counts.vm_map_ram_failed += 1
    this.#state.counts.nodes_visited += this.visitedNodes
    this.#state.listener?.mapped(startPage, pages, this.visitedNodes)
    if (this.#reclaim.drainDue) this.#reclaim.runDrainWorker()
    return startPage
  }

  /** @throws {RangeError} when nothing of that size is mapped there. */
  unmapRam(startPage: number, pages: number): void {
    this.#state.counts.vm_unmap_ram += 1
    if (pages > this.#maxAlloc) this.#unmapArea(startPage, pages)
    else this.#unmapSlots(startPage, pages)
    this.#state.listener?.unmapped(startPage, pages)
    if (this.#reclaim.drainDue) this.#reclaim.runDrainWorker()
  }

  vmap(pages: number): number {
    this.visitedNodes = 0
    // A guard page follows an ordinary area. The kernel refuses 0 pages before it asks for address space
    const startPage = pages === 0 ? FAILED : this.#mapArea(pages + 1, 1)
    this.#state.listener?.areaMapped(startPage, pages)
    if (this.#reclaim.drainDue) this.#reclaim.runDrainWorker()
    return startPage
  }

  /** @throws {RangeError} when no area starts there. */
  vunmap(startPage: number): void {
    const area = this.#index.find(startPage)
    if (area === NONE) throw new RangeError(`No vmap area starts at page ${startPage}.`)
    const pages = (this.#state.areas.pages[area] as number) - 1
    this.#index.remove(area)
    this.#reclaim.freeArea(area)
    this.#state.listener?.areaUnmapped(startPage, pages)
    if (this.#reclaim.drainDue) this.#reclaim.runDrainWorker()
  }

  unmapAliases(): void {
    this.#state.counts.unmap_aliases += 1
    this.#reclaim.aliases()
    if (this.#reclaim.drainDue) this.#reclaim.runDrainWorker()
  }

  #mapArea(pages: number, alignBytes: number): number {
    const area = this.#allocArea(pages, alignBytes)
    if (area === NONE) return FAILED
    this.#index.add(area)
    return this.#state.areas.startPage[area] as number
  }

  #unmapArea(startPage: number, pages: number): void {
    const area = this.#index.find(startPage)
    if (area === NONE || (this.#state.areas.pages[area] as number) !== pages) {
      throw new RangeError(`No mapping of ${pages} pages starts at page ${startPage}.`)
    }
    this.#index.remove(area)
    this.#reclaim.freeArea(area)
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
    const offset = this.#placement.place(block, slots, this.#state.lists.freeSlots[block] as number)
    const filled = this.#state.lists.takeSlots(block, slots)
    if (filled) this.#state.listener?.blockFilled(this.#state.blockIndex(block))
    return (this.#state.areas.startPage[block] as number) + offset
  }

  #firstFit(slots: number): number {
    const block = this.#state.lists.firstFit(this.#cpu, slots)
    this.visitedNodes += this.#state.lists.visitedNodes
    return block
  }

  #newBlock(): number {
    const block = this.#allocArea(this.#state.blockPages, this.#state.blockPages * PAGE_SIZE_BYTES)
    if (block === NONE) return NONE
    this.#state.blockAt.set(this.#state.blockIndex(block), block)
    this.#state.dirty.reset(block)
    this.#placement.reset(block)
    this.#state.blocks.add(block)
    this.#state.lists.insert(block, this.#cpu, this.model.newBlockAt, this.#state.blockPages)
    this.#state.listener?.blockAllocated(this.#state.blockIndex(block), this.#cpu)
    return block
  }

  #unmapSlots(startPage: number, pages: number): void {
    const page = this.#state.startOffset + startPage
    const offset = page & (this.#state.blockPages - 1)
    const block = this.#state.blockAt.find((page - offset) / this.#state.blockPages)
    if (block === NONE) throw new RangeError(`No mapping of ${pages} pages starts at page ${startPage}.`)
    const slots = roundUpToPowerOfTwo(pages)
    const handedOut = this.#state.blockPages - (this.#state.lists.freeSlots[block] as number)
    if ((this.#state.dirty.count[block] as number) + slots > handedOut) {
      throw new RangeError(`The mapping of ${pages} pages at page ${startPage} was unmapped before, or never made.`)
    }
    const dirtySlots = this.#state.dirty.add(block, offset, slots)
    if (dirtySlots === this.#state.blockPages) this.#reclaim.freeBlock(block, 'full-and-unmapped')
  }

  /** alloc_vmap_area: on failure purge once and try once more. */
  #allocArea(pages: number, alignBytes: number): number {
    this.#state.counts.alloc_vmap_area += 1
    let area = this.#space.take(pages, alignBytes, this.#cpu)
    if (area === NONE) {
      this.#reclaim.afterFailure()
      area = this.#space.take(pages, alignBytes, this.#cpu)
    }
    if (area === NONE) this.#state.counts.alloc_vmap_area_failed += 1
    return area
  }

  /** A map of 0 pages. @throws {NotSimulatedError} under a model whose kernel does not check for it. */
  #mapNothing(): void {
    const { zeroPages, id } = this.model
    if (zeroPages === 'unchecked') {
      throw new NotSimulatedError(`A map of 0 pages is not simulated under ${id}: that kernel does not check for it.`)
    }
    // WARN_ON; before 6.10 then BUG_ON for the address 0 that the code goes on with
    this.#state.counts.warnings += 1
    if (zeroPages === 'bug') this.#state.counts.bugs += 1
  }
}

/** Slots of a map: `pages` >= 1 rounded up to the next power of two. */
function roundUpToPowerOfTwo(pages: number): number {
  return 1 << (32 - Math.clz32(pages - 1))
}
