import type { AllocatorListener, BlockFreeCause, PurgeCause } from '../../electron/allocator/events.ts'
import { COUNT_NAMES, type CountName } from '../../shared/counts.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import type { Machine } from '../../shared/machine.ts'
import { FAILED } from '../../shared/requests.ts'
import { BlockRecords, type BlockRecord } from './block-records.ts'
import { InvariantError, PAGE, PageMap } from './page-map.ts'

/** The count of purges of each cause. */
const COUNT_OF_CAUSE = {
  'allocation-failure': 'purge_on_alloc_failure',
  'lazy-threshold': 'purge_on_lazy_threshold',
  aliases: 'unmap_aliases',
} as const satisfies Record<PurgeCause, CountName>

/**
 * What one allocator has done, from its events and answers: the use of every page, the slots of every block, and what the
 * counts must be. Throws `InvariantError` as soon as something is told that cannot be.
 */
export class Ledger implements AllocatorListener {
  readonly counts = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as Record<CountName, number>
  readonly blocks = new BlockRecords()
  /** Maps and unmaps of either kind that were said to have returned, and the page that the last one named. */
  returns = 0
  lastPage = FAILED
  readonly #machine: Machine
  readonly #model: KernelModel
  readonly #startOffset: number
  readonly #pages: PageMap
  /** Pages of each area that is neither a block nor pending, by first page. */
  readonly #areas = new Map<number, number>()
  #pending: { readonly startPage: number; readonly pages: number }[] = []
  /** The block that was last said to have no free slots left, until the map that took them returns. */
  #filled: number | undefined

  constructor(machine: Machine, model: KernelModel) {
    this.#machine = machine
    this.#model = model
    this.#startOffset = machine.vmallocStartPage % machine.bbmapBits
    this.#pages = new PageMap(machine.vmallocPages)
  }

  /** A big map or an ordinary area was made. */
  takeArea(startPage: number, pages: number): void {
    this.counts.alloc_vmap_area += 1
    this.#pages.change(startPage, pages, PAGE.free, PAGE.area)
    this.#areas.set(startPage, pages)
  }

  /** No address space was found for an area of any kind. */
  refuseArea(): void {
    this.counts.alloc_vmap_area += 1
    this.counts.alloc_vmap_area_failed += 1
  }

  expectNoArea(startPage: number): void {
    if (this.#areas.has(startPage))
      throw new InvariantError(`the area at page ${startPage} was unmapped and is not pending`)
  }

  /** A small map was served on this CPU. */
  takeSlots(startPage: number, slots: number, cpu: number): void {
    const block = this.#blockOf(startPage)
    const offset = startPage - block.firstPage
    if (block.cpu !== cpu)
      throw new InvariantError(`CPU ${cpu} got slots of block ${block.blockIndex} of CPU ${block.cpu}`)
    const { bbmapBits } = this.#machine
    const misplaced = this.#model.slotPlacement === 'bump' ? offset !== bbmapBits - block.free : offset % slots !== 0
    if (misplaced || offset + slots > bbmapBits) {
      throw new InvariantError(`${slots} slots at slot ${offset} of block ${block.blockIndex} with ${block.free} free`)
    }
    this.#pages.change(startPage, slots, PAGE.unused, PAGE.live)
    block.free -= slots
    const filled = block.free === 0 ? block.blockIndex : undefined
    if (this.#filled !== filled) {
      throw new InvariantError(`block ${this.#filled ?? 'none'} is said to be filled, it is ${filled ?? 'none'}`)
    }
    this.#filled = undefined
    if (filled !== undefined) this.blocks.unlist(block)
  }

  giveSlotsBack(startPage: number, slots: number): void {
    this.#pages.change(startPage, slots, PAGE.live, PAGE.dirty)
    this.#blockOf(startPage).dirty += slots
  }

  blockAllocated(blockIndex: number, cpu: number): void {
    const { bbmapBits } = this.#machine
    const firstPage = blockIndex * bbmapBits - this.#startOffset
    this.counts.alloc_vmap_area += 1
    this.#pages.change(firstPage, bbmapBits, PAGE.free, PAGE.unused)
    this.blocks.add({ blockIndex, cpu, firstPage, free: bbmapBits, dirty: 0 })
  }

  blockFilled(blockIndex: number): void {
    this.#filled = blockIndex
  }

  blockFreed(blockIndex: number, cause: BlockFreeCause): void {
    const block = this.blocks.find(blockIndex)
    const { free, dirty, firstPage } = block
    const { bbmapBits } = this.#machine
    const isFragment = free > 0
    if (free + dirty !== bbmapBits || isFragment !== (cause === 'fragment-purge')) {
      throw new InvariantError(`block ${blockIndex}, ${free} free and ${dirty} dirty, is freed: ${cause}`)
    }
    this.counts.free_vmap_block += 1
    if (isFragment) this.counts.fragmented_blocks_purged += 1
    this.#pages.change(firstPage, bbmapBits, PAGE.unused | PAGE.dirty, PAGE.area)
    this.#areas.set(firstPage, bbmapBits)
    this.blocks.remove(block)
  }

  areaPending(startPage: number, pages: number): void {
    if (this.#areas.get(startPage) !== pages) {
      throw new InvariantError(`${pages} pages at page ${startPage} become pending; no such area was freed`)
    }
    this.#areas.delete(startPage)
    this.#pages.change(startPage, pages, PAGE.area, PAGE.pending)
    this.#pending.push({ startPage, pages })
    this.counts.lazy_pages += pages
  }

  purged(cause: PurgeCause, flushedPages: number): void {
    if (flushedPages < this.counts.lazy_pages || flushedPages > this.#machine.vmallocPages) {
      throw new InvariantError(`${flushedPages} pages are flushed, ${this.counts.lazy_pages} were pending`)
    }
    this.counts[COUNT_OF_CAUSE[cause]] += 1
    this.counts.tlb_flush_pages += flushedPages
    if (flushedPages > 0) this.counts.tlb_flushes += 1
    this.counts.lazy_pages = 0
    for (const { startPage, pages } of this.#pending) this.#pages.change(startPage, pages, PAGE.pending, PAGE.free)
    this.#pending = []
  }

  mapped(startPage: number): void {
    this.#returned(startPage)
  }

  unmapped(startPage: number): void {
    this.#returned(startPage)
  }

  areaMapped(startPage: number): void {
    this.#returned(startPage)
  }

  areaUnmapped(startPage: number): void {
    this.#returned(startPage)
  }

  #returned(startPage: number): void {
    this.returns += 1
    this.lastPage = startPage
  }

  #blockOf(page: number): BlockRecord {
    return this.blocks.find(Math.floor((page + this.#startOffset) / this.#machine.bbmapBits))
  }
}
