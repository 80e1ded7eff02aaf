import type { AreaSource } from './area-source.ts'
import type { BlockFreeCause, PurgeCause } from './events.ts'
import { FlushSpan } from './flush-span.ts'
import { lazyLimitPages } from './lazy-limit.ts'
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
  readonly #lazyLimitPages: number
  /** The kernel's purge lock: while a purge runs, the lazy threshold starts no other. */
  #purging = false

  constructor(state: AllocatorState, source: AreaSource) {
    this.#state = state
    this.#pending = new PendingAreas(state.areas, source)
    this.#lazyLimitPages = lazyLimitPages(state.machine, state.model)
  }

  /** Pages freed and not yet drained. */
  get pendingPages(): number {
    return this.#pending.pages
  }

  /** The ids of areas freed and not yet drained. */
  get pendingAreas(): Int32Array {
    return this.#pending.areas
  }

  /** No address space was found: takes back everything that can be. */
  afterFailure(): void {
    this.#state.counts.purge_on_alloc_failure += 1
    this.#purging = true
    this.#purgeListed(() => true)
    this.#drain('allocation-failure', new FlushSpan())
    this.#purging = false
  }

  /** vm_unmap_aliases: flushes what was unmapped lazily. */
  aliases(): void {
    const span = new FlushSpan()
    this.#purging = true
    if (this.#state.model.aliasesVisit === 'all-blocks') this.#visitAllBlocks(span)
    else this.#visitListedBlocks(span)
    this.#drain('aliases', span)
    this.#purging = false
  }

  /** `freeSlots` were never handed out. */
  freeBlock(block: number, cause: BlockFreeCause, freeSlots: number): void {
    const blockIndex = this.#state.blocks.index[block] as number
    this.#state.counts.free_vmap_block += 1
    this.#state.blocks.remove(block)
    this.#state.blockAt.remove(blockIndex)
    this.#state.listener?.blockFreed(blockIndex, cause, freeSlots)
    this.freeArea(block)
  }

  /** Lazy free: the address space stays taken until a drain. */
  freeArea(area: number): void {
    this.#pending.add(area)
    this.#state.listener?.areaPending(
      this.#state.areas.startPage[area] as number,
      this.#state.areas.pages[area] as number,
    )
    if (this.#pending.pages <= this.#lazyLimitPages) return
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

  /** Between calls no purge runs and no drain is due. */
  get state() {
    return this.#pending.state
  }

  set state(state) {
    this.#pending.state = state
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

  /** Up to Linux 6.1: full blocks with live slots are missed, and what was flushed is flushed again by the next call. */
  #visitListedBlocks(span: FlushSpan): void {
    for (const block of this.#state.lists) this.#noteDirty(block, span)
    this.#purgeListed((block) => this.#isBelowThreshold(block))
  }

  /** Since Linux 6.5: every block; a fragment is purged, or it is flushed like the others, once. */
  #visitAllBlocks(span: FlushSpan): void {
    const { blocks, blockPages, machine } = this.#state
    const purged: number[] = []
    for (const block of blocks) {
      if (this.#isFragment(block) && this.#isBelowThreshold(block)) {
        purged.push(block)
      } else if (blocks.dirtySlots(block) < blockPages) {
        this.#noteDirty(block, span)
        blocks.forgetDirtyRange(block)
      }
    }
    // The kernel looks through per-CPU indexes into which blocks are spread by address
    const index = (block: number): number => blocks.index[block] as number
    const place = (block: number): number => index(block) % machine.nrCpus
    purged.sort((left, right) => place(left) - place(right) || index(left) - index(right))
    for (const block of purged) this.#purgeFragment(block)
  }

  #noteDirty(block: number, span: FlushSpan): void {
    const { areas, blocks } = this.#state
    const end = blocks.dirtyEnd(block)
    if (end === 0) return
    const blockPage = areas.startPage[block] as number
    span.note(blockPage + blocks.dirtyStart(block), blockPage + end)
  }

  /** Frees every listed block that has no live slot and is worth it, CPU by CPU from HEAD to TAIL. */
  #purgeListed(isWorthPurging: (block: number) => boolean): void {
    for (const block of this.#state.lists) {
      if (this.#isFragment(block) && isWorthPurging(block)) this.#purgeFragment(block)
    }
  }

  /** A listed block without a live slot, under a model that purges such. Blocks that are full are freed at their last unmap. */
  #isFragment(block: number): boolean {
    const { model, blocks, blockPages } = this.#state
    if (model.fragmentPurge === 'never') return false
    const freeSlots = blocks.freeSlots(block)
    return freeSlots > 0 && freeSlots + blocks.dirtySlots(block) === blockPages
  }

  #isBelowThreshold(block: number): boolean {
    const { model, blocks, blockPages } = this.#state
    return blocks.freeSlots(block) < model.purgeThreshold * blockPages
  }

  #purgeFragment(block: number): void {
    const freeSlots = this.#state.blocks.freeSlots(block)
    this.#state.lists.remove(block)
    this.#state.counts.fragmented_blocks_purged += 1
    this.freeBlock(block, 'fragment-purge', freeSlots)
  }
}
