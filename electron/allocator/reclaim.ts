import { lazyMaxPages } from '../../shared/machine.ts'
import type { AddressSpace } from './address-space.ts'
import { NONE } from './area-table.ts'
import type { BlockFreeCause, PurgeCause } from './events.ts'
import { FlushSpan } from './flush-span.ts'
import { PendingAreas } from './pending-areas.ts'
import type { AllocatorState } from './state.ts'

/**
 * How address space comes back: lazy free, drains with their TLB flush, purges of fragmented blocks, and what
 * vm_unmap_aliases does.
 */
export class Reclaim {
  /** The drain worker was woken and has not run. */
  drainDue = false
  readonly #state: AllocatorState
  readonly #pending: PendingAreas
  readonly #lazyMaxPages: number
  /** The kernel's purge lock: while a purge runs, the lazy threshold starts no other. */
  #purging = false

  constructor(state: AllocatorState, space: AddressSpace) {
    this.#state = state
    this.#pending = new PendingAreas(state.areas, space)
    this.#lazyMaxPages = lazyMaxPages(state.machine.nrCpus)
  }

  /** Pages freed and not yet drained. */
  get pendingPages(): number {
    return this.#pending.pages
  }

  /** No address space was found: takes back everything that can be. */
  afterFailure(): void {
    this.#state.counts.purge_on_alloc_failure += 1
    this.#purging = true
    this.#purgeFragments()
    this.#drain('allocation-failure', new FlushSpan())
    this.#purging = false
  }

  /** vm_unmap_aliases: flushes what was unmapped lazily. */
  aliases(): void {
    const span = new FlushSpan()
    this.#purging = true
    if (this.#state.model.fragmentPurge === 'quarter') {
      this.#purgeNearlyUsedUp(span)
    } else {
      this.#noteListedBlocks(span)
      this.#purgeFragments()
    }
    this.#drain('aliases', span)
    this.#purging = false
  }

  freeBlock(block: number, cause: BlockFreeCause): void {
    const blockIndex = this.#state.blockIndex(block)
    this.#state.counts.free_vmap_block += 1
    this.#state.blocks.remove(block)
    this.#state.blockAt.remove(blockIndex)
    this.#state.listener?.blockFreed(blockIndex, cause)
    this.freeArea(block)
  }

  /** Lazy free: the address space stays taken until a drain. */
  freeArea(area: number): void {
    this.#pending.add(area)
    this.#state.listener?.areaPending(
      this.#state.areas.startPage[area] as number,
      this.#state.areas.pages[area] as number,
    )
    if (this.#pending.pages <= this.#lazyMaxPages) return
    if (this.#state.model.lazyDrain === 'worker') this.drainDue = true
    else if (!this.#purging) this.#drainPastLimit()
  }

  #drainPastLimit(): void {
    this.#state.counts.purge_on_lazy_threshold += 1
    this.#drain('lazy-threshold', new FlushSpan())
  }

  /** The worker that passing the lazy limit woke runs after the call; it may find that a purge was faster. */
  runDrainWorker(): void {
    this.drainDue = false
    this.#drainPastLimit()
  }

  /** Drains all pending areas with one TLB flush over them and what `span` covers already. */
  #drain(cause: PurgeCause, span: FlushSpan): void {
    if (this.#pending.length > 0) span.note(this.#pending.lowestPage, this.#pending.highestPage)
    const flushedPages = span.pages
    if (flushedPages > 0) {
      this.#state.counts.tlb_flushes += 1
      this.#state.counts.tlb_flush_pages += flushedPages
    }
    this.#pending.drain(cause === 'allocation-failure')
    this.#state.listener?.purged(cause, flushedPages)
  }

  /** Up to Linux 6.1: dirty slots of blocks on a free list; full blocks with live slots are missed. */
  #noteListedBlocks(span: FlushSpan): void {
    for (let cpu = 0; cpu < this.#state.lists.cpus; cpu += 1) {
      for (let block = this.#state.lists.headOf(cpu); block !== NONE; block = this.#state.lists.next(block)) {
        this.#noteDirty(block, span)
      }
    }
  }

  #noteDirty(block: number, span: FlushSpan): void {
    const end = this.#state.dirty.rangeEnd[block] as number
    if (end === 0) return
    const blockPage = this.#state.areas.startPage[block] as number
    span.note(blockPage + (this.#state.dirty.rangeStart[block] as number), blockPage + end)
  }

  /**
   * Since Linux 6.5, in vm_unmap_aliases: of all blocks, those without a live slot and with less than a quarter of their
   * slots free are purged; the others' dirty ranges are flushed once and forgotten.
   */
  #purgeNearlyUsedUp(span: FlushSpan): void {
    const purged: number[] = []
    for (const block of this.#state.blocks) {
      if (this.#isFragment(block) && (this.#state.lists.freeSlots[block] as number) < this.#state.blockPages / 4) {
        purged.push(block)
      } else if ((this.#state.dirty.count[block] as number) < this.#state.blockPages) {
        this.#noteDirty(block, span)
        this.#state.dirty.resetRange(block)
      }
    }
    // The kernel looks through per-CPU indexes into which blocks are spread by address
    const { nrCpus } = this.#state.machine
    const indexes = new Map(purged.map((block) => [block, this.#state.blockIndex(block)]))
    const place = (block: number): number => indexes.get(block) ?? 0
    purged.sort((left, right) => (place(left) % nrCpus) - (place(right) % nrCpus) || place(left) - place(right))
    for (const block of purged) this.#purgeFragment(block)
  }

  /** A listed block without a live slot. Blocks that are full are freed at their last unmap. */
  #isFragment(block: number): boolean {
    const freeSlots = this.#state.lists.freeSlots[block] as number
    return freeSlots > 0 && freeSlots + (this.#state.dirty.count[block] as number) === this.#state.blockPages
  }

  #purgeFragment(block: number): void {
    this.#state.lists.remove(block)
    this.#state.counts.fragmented_blocks_purged += 1
    this.freeBlock(block, 'fragment-purge')
  }

  /** Frees every listed block that has no live slot, CPU by CPU from HEAD to TAIL. */
  #purgeFragments(): void {
    if (this.#state.model.fragmentPurge === 'never') return
    for (let cpu = 0; cpu < this.#state.lists.cpus; cpu += 1) {
      let block = this.#state.lists.headOf(cpu)
      while (block !== NONE) {
        const next = this.#state.lists.next(block)
        if (this.#isFragment(block)) this.#purgeFragment(block)
        block = next
      }
    }
  }
}
