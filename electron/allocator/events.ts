export type PurgeCause = 'allocation-failure' | 'lazy-threshold' | 'aliases'
export type BlockFreeCause = 'full-and-unmapped' | 'fragment-purge'

/** Told of what happens to blocks and to address space. It is no call's business, so calls cost nothing more. */
export interface BlockListener {
  blockAllocated(blockIndex: number, cpu: number): void
  /** A block without free slots left its CPU's list. */
  blockFilled(blockIndex: number): void
  /** `freeSlots` were never handed out: 0 unless the block was purged. */
  blockFreed(blockIndex: number, cause: BlockFreeCause, freeSlots: number): void
  /** An area of any kind was freed lazily: its address space is pending. */
  areaPending(startPage: number, pages: number): void
  /** All pending areas were drained; `flushedPages` is the span of the TLB flush, 0 without one. */
  purged(cause: PurgeCause, flushedPages: number): void
}

/**
 * Told of everything the allocator does, in order. Pages are relative to VMALLOC_START; -1 is a failed request. When nobody
 * listens, the cost is one comparison a call.
 */
export interface AllocatorListener extends BlockListener {
  /** vm_map_ram returned. */
  mapped(startPage: number, pages: number, visitedNodes: number): void
  /** vm_unmap_ram returned. */
  unmapped(startPage: number, pages: number): void
  /** vmap returned. */
  areaMapped(startPage: number, pages: number): void
  /** vunmap returned; `pages` as asked for, without the guard page. */
  areaUnmapped(startPage: number, pages: number): void
}
