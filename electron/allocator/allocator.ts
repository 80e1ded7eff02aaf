import type { Counts } from '../../shared/counts.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { machineProblem, vmapMaxAlloc, type Machine } from '../../shared/machine.ts'
import { FAILED, type RequestSink } from '../../shared/requests.ts'
import type { ListedBlock } from '../../shared/run.ts'
import { AlignedPlacement } from './aligned-placement.ts'
import type { AreaSource } from './area-source.ts'
import { newAreaSource } from './area-sources.ts'
import { NONE } from './area-table.ts'
import { BlockSupply } from './block-supply.ts'
import type { BlockTable } from './block-table.ts'
import type { AllocatorListener, BlockListener } from './events.ts'
import type { FreeLists } from './free-lists.ts'
import { NotSimulatedError } from './not-simulated.ts'
import { PlainAreas } from './plain-areas.ts'
import { Reclaim } from './reclaim.ts'
import { AllocatorState } from './state.ts'
import { AllocatorView } from './view.ts'

/** The first page of no block: whatever is unmapped lies elsewhere. */
const NOWHERE = -(2 ** 30)

/**
 * The vm_map_ram allocator of one kernel model on one machine: counts, addresses, list orders and failures equal the
 * kernel's, call by call. All pages are relative to VMALLOC_START. Single-threaded: a call is finished before the next one.
 * Nothing is allocated per call except when a table grows.
 *
 * `mapRam` and `unmapRam` are written to be inlined into the loop that calls them: what happens in almost every call stands
 * in them, everything else in functions of its own.
 */
export class Allocator implements RequestSink {
  readonly machine: Machine
  readonly model: KernelModel
  /** What stands where at the moment, for whoever watches; looking changes nothing. */
  readonly view: AllocatorView
  /** Free-list blocks that the last `mapRam` or `vmap` looked at; an ordinary area needs none. */
  visitedNodes = 0
  readonly #state: AllocatorState
  readonly #blocks: BlockTable
  readonly #lists: FreeLists
  readonly #reclaim: Reclaim
  readonly #source: AreaSource
  /** `undefined`: slots are handed out one after the other (since 3fcd76e8028e). */
  readonly #placement: AlignedPlacement | undefined
  readonly #plain: PlainAreas
  readonly #supply: BlockSupply
  // Numbers start as numbers: a field that was once undefined is checked at every use
  readonly #maxAlloc: number = 0
  readonly #blockPages: number = 0
  readonly #startOffset: number = 0
  /** Who is told of calls. */
  #listener: AllocatorListener | undefined
  #cpu = 0
  /** What is known of that CPU's free list without a search. */
  #answers: Int32Array
  /** The block that the last map or unmap was in: the next unmap is mostly in the same. */
  #lastBlock = NONE
  /** Its first page. */
  #lastBlockPage = NOWHERE
  // The counters that change with every call
  #maps = 0
  #unmaps = 0
  #nodesVisited = 0

  /** @throws {RangeError} when the machine cannot be simulated; the message names the field and what is accepted. */
  constructor(machine: Machine, model: KernelModel) {
    const problem = machineProblem(machine)
    if (problem !== undefined) throw new RangeError(`Machine refused: ${problem}.`)
    this.machine = machine
    this.model = model
    this.#state = new AllocatorState(machine, model)
    this.#blocks = this.#state.blocks
    this.#lists = this.#state.lists
    this.#source = newAreaSource(model, machine, this.#state.areas)
    this.#reclaim = new Reclaim(this.#state, this.#source)
    this.#plain = new PlainAreas(this.#state, this.#source, this.#reclaim)
    this.view = new AllocatorView(this.#state, this.#reclaim, this.#plain)
    this.#maxAlloc = vmapMaxAlloc(machine.wordBits)
    this.#blockPages = machine.bbmapBits
    // As an integer: the remainder of a large number is kept as a fraction's kind, and so would be all page numbers
    this.#startOffset = (machine.vmallocStartPage % machine.bbmapBits) | 0
    this.#placement = model.slotPlacement === 'aligned' ? new AlignedPlacement(this.#maxAlloc) : undefined
    this.#supply = new BlockSupply(this.#state, this.#plain, this.#placement)
    this.#answers = this.#lists.queue(0).list.answers
  }

  get listener(): AllocatorListener | BlockListener | undefined {
    return this.#state.listener
  }

  /** Told of every event, or of those of blocks alone; may be set or taken away between calls. */
  set listener(listener: AllocatorListener | BlockListener | undefined) {
    this.#state.listener = listener
    this.#listener = listener !== undefined && 'mapped' in listener ? listener : undefined
  }

  get counts(): Counts {
    return {
      ...this.#state.counts,
      vm_map_ram: this.#maps,
      vm_unmap_ram: this.#unmaps,
      nodes_visited: this.#nodesVisited,
      lazy_pages: this.#reclaim.pendingPages,
    }
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
    return this.#reclaim.pendingPages
  }

  /** Blocks on one CPU's free list. */
  freeListLength(cpu: number): number {
    return this.#lists.lengthOf(cpu)
  }

  /** One CPU's free list, HEAD to TAIL. */
  *freeList(cpu: number): Generator<ListedBlock> {
    const blocks = this.#blocks
    for (const block of this.#lists.blocksOf(cpu)) {
      yield [blocks.index[block] as number, blocks.freeSlots(block), blocks.dirtySlots(block)]
    }
  }

  /** @throws {RangeError} when the machine has no such CPU. */
  setCpu(cpu: number): void {
    if (!Number.isInteger(cpu) || cpu < 0 || cpu >= this.machine.nrCpus) {
      throw new RangeError(`There is no CPU ${cpu}; this machine has CPUs 0 to ${this.machine.nrCpus - 1}.`)
    }
    this.#cpu = cpu
    this.#answers = this.#lists.queue(cpu).list.answers
  }

  /** @throws {NotSimulatedError} for 0 pages under a model whose kernel does not check for it. */
  mapRam(pages: number): number {
    this.#maps += 1
    if (pages !== (pages | 0) || pages < 1 || pages > this.#maxAlloc) return this.#mapOtherwise(pages)
    const order = 32 - Math.clz32(pages - 1)
    const answers = this.#answers
    const block = answers[order << 1] as number
    const left = block < 0 ? -1 : this.#blocks.takeSlots(block, 1 << order)
    if (left < 0) return this.#mapSearching(order, pages)
    this.visitedNodes = answers[(order << 1) | 1] as number
    if (block !== this.#lastBlock) this.#enter(block)
    return this.#mapped(left, 1 << order, this.#blockPages - left - (1 << order), pages)
  }

  /** @throws {RangeError} when nothing of that size is mapped there. */
  unmapRam(startPage: number, pages: number): void {
    this.#unmaps += 1
    const block = this.#lastBlock
    const offset = startPage - this.#lastBlockPage
    if (pages > this.#maxAlloc || pages < 1 || offset < 0 || offset >= this.#blockPages) {
      this.#unmapOtherwise(startPage, pages)
      return
    }
    const dirtySlots = this.#blocks.addDirty(block, offset, 1 << (32 - Math.clz32(pages - 1)))
    if (dirtySlots < 0 || dirtySlots === this.#blockPages) this.#unmapLast(block, dirtySlots, startPage, pages)
    else if (this.#listener !== undefined) this.#listener.unmapped(startPage, pages)
  }

  vmap(pages: number): number {
    this.visitedNodes = 0
    const startPage = this.#plain.vmap(pages, this.#cpu)
    this.#listener?.areaMapped(startPage, pages)
    this.#drainIfDue()
    return startPage
  }

  /** @throws {RangeError} when no area starts there. */
  vunmap(startPage: number): void {
    const pages = this.#plain.vunmap(startPage)
    this.#listener?.areaUnmapped(startPage, pages)
    this.#drainIfDue()
  }

  unmapAliases(): void {
    this.#state.counts.unmap_aliases += 1
    this.#reclaim.aliases()
    this.#drainIfDue()
  }

  /** All of the allocator's state as plain data of its own, some 60 bytes a block; to be taken between calls. */
  snapshot() {
    return structuredClone(this.state)
  }

  /** Takes up the state of a snapshot, which stays as it is. @throws {RangeError} when it is not of this machine and model. */
  restore(snapshot: ReturnType<Allocator['snapshot']>): void {
    const { machine, model } = this
    if (JSON.stringify([machine, model]) !== JSON.stringify([snapshot.machine, snapshot.model])) {
      throw new RangeError(
        `A snapshot of ${snapshot.model.id} on its machine cannot be taken up by ${model.id} on another.`,
      )
    }
    this.state = structuredClone(snapshot)
  }

  /** As in a snapshot of this machine and model, but shared with the allocator: good until its next call. */
  get state() {
    const { machine, model, visitedNodes } = this
    const calls = { maps: this.#maps, unmaps: this.#unmaps, nodesVisited: this.#nodesVisited, visitedNodes }
    return {
      ...{ machine, model, calls, cpu: this.#cpu, tables: this.#state.tables, source: this.#source.state },
      ...{ reclaim: this.#reclaim.state, plain: this.#plain.state, placement: this.#placement?.state },
    }
  }

  set state({ calls, cpu, tables, source, reclaim, plain, placement }) {
    this.#state.tables = tables
    this.#source.state = source
    this.#reclaim.state = reclaim
    this.#plain.state = plain
    if (this.#placement !== undefined && placement !== undefined) this.#placement.state = placement
    this.visitedNodes = calls.visitedNodes
    this.#maps = calls.maps
    this.#unmaps = calls.unmaps
    this.#nodesVisited = calls.nodesVisited
    this.#lastBlock = NONE
    this.#lastBlockPage = NOWHERE
    this.setCpu(cpu)
  }

  /** First page of a block, relative to VMALLOC_START. */
  #firstPage(block: number): number {
    return (this.#blocks.index[block] as number) * this.#blockPages - this.#startOffset
  }

  /** The next calls are mostly in the same block. */
  #enter(block: number): void {
    this.#lastBlock = block
    this.#lastBlockPage = this.#firstPage(block)
  }

  /** `slots` slots at `offset` of the last block were taken for a map, which has `left` free ones now. */
  #mapped(left: number, slots: number, offset: number, pages: number): number {
    const startPage = this.#lastBlockPage + offset
    this.#nodesVisited += this.visitedNodes
    // Almost always the block can still serve what it could serve before
    if (left < this.#maxAlloc && Math.clz32(left) !== Math.clz32(left + slots)) {
      this.#shrink(this.#lastBlock, left + slots, left)
    }
    if (this.#listener !== undefined) this.#listener.mapped(startPage, pages, this.visitedNodes)
    return startPage
  }

  /** A block has few free slots left, or none. */
  #shrink(block: number, before: number, after: number): void {
    this.#lists.shrink(block, before, after)
    if (after === 0) this.#state.listener?.blockFilled(this.#blocks.index[block] as number)
  }

  /** The unmap after which no slot of a block is free or live, or one that nothing was mapped for (`dirtySlots` < 0). */
  #unmapLast(block: number, dirtySlots: number, startPage: number, pages: number): void {
    if (dirtySlots < 0) {
      throw new RangeError(`The mapping of ${pages} pages at page ${startPage} was unmapped before, or never made.`)
    }
    this.#reclaim.freeBlock(block, 'full-and-unmapped', 0)
    this.#unmapped(startPage, pages)
  }

  #unmapped(startPage: number, pages: number): void {
    this.#listener?.unmapped(startPage, pages)
    this.#drainIfDue()
  }

  #drainIfDue(): void {
    if (this.#reclaim.drainDue) this.#reclaim.runDrainWorker()
  }

  /** A map that may need a new block, or looks for aligned slots. */
  #mapSearching(order: number, pages: number): number {
    const block = this.#supply.find(order, this.#cpu)
    this.visitedNodes = this.#supply.visitedNodes
    let startPage = FAILED
    if (block === NONE) {
      this.#mapFailed(pages)
    } else {
      const slots = 1 << order
      const left = this.#blocks.takeSlots(block, slots)
      const offset = this.#placement?.place(block, slots) ?? this.#blockPages - left - slots
      // Also when it is the last block: its id may have been another block's
      this.#enter(block)
      startPage = this.#mapped(left, slots, offset, pages)
    }
    this.#drainIfDue()
    return startPage
  }

  /** Maps that no block serves: big ones, those of 0 pages, and what is no number of pages. */
  #mapOtherwise(pages: number): number {
    this.visitedNodes = 0
    if (!Number.isInteger(pages) || pages < 0) throw new RangeError(`${pages} is no number of pages.`)
    if (pages === 0) this.#mapNothing()
    const startPage = pages === 0 ? FAILED : this.#plain.mapBig(pages, this.#cpu)
    if (startPage === FAILED) this.#mapFailed(pages)
    else this.#listener?.mapped(startPage, pages, 0)
    this.#drainIfDue()
    return startPage
  }

  #mapFailed(pages: number): void {
    this.#state.counts.vm_map_ram_failed += 1
    this.#nodesVisited += this.visitedNodes
    this.#listener?.mapped(FAILED, pages, this.visitedNodes)
  }

  /** Unmaps of big maps, and of slots in another block than the last call's. */
  #unmapOtherwise(startPage: number, pages: number): void {
    if (pages > this.#maxAlloc || pages < 1) {
      this.#plain.unmapBig(startPage, pages)
      this.#unmapped(startPage, pages)
      return
    }
    const block = this.#state.blockAt.find(Math.floor((this.#startOffset + startPage) / this.#blockPages))
    if (block === NONE) throw new RangeError(`No mapping of ${pages} pages starts at page ${startPage}.`)
    this.#enter(block)
    this.#unmaps -= 1
    this.unmapRam(startPage, pages)
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
