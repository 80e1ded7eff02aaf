/** One set of allocator behaviours. Each field is a separate switch, so that a release reads like a table row. */
export interface KernelModel {
  /** As typed and stored: `v4.0`, `v4.0+1`, … */
  readonly id: string
  /** Other accepted names, such as the golden files' tags. */
  readonly aliases: readonly string[]
  /** Of a custom model (shared/policy.ts), the release that it changes; such a model is experimental. */
  readonly base?: string
  /** One or two sentences: what changed, which commit, what a user will notice. */
  readonly description: string
  /** Which end of the CPU's free list a new vmap block enters. */
  readonly newBlockAt: 'head' | 'tail'
  /** After a new block is made: walk the free list again, or take the slots from it at once. */
  readonly afterNewBlock: 'search-again' | 'occupy'
  /** Where in a block a map goes: the lowest aligned run never handed out, or wherever the last one ended. */
  readonly slotPlacement: 'aligned' | 'bump'
  /** How a block remembers its dirty slots: a bitmap marked one machine word at a time, or a minimum and a maximum. */
  readonly dirtyTracking: 'bitmap' | 'min-max'
  /** Which block of the CPU's free list serves a map. Every release takes the first that suffices. */
  readonly search: BlockSearchKind
  /** How address space is found. */
  readonly addressSpace: AddressSpaceKind
  /** Pools of drained areas by size, one set a vmap node; `keeping`: pools of fewer than four entries do not decay. */
  readonly nodePools: 'none' | 'decaying' | 'keeping'
  /** In which order drained areas go back; `merged`: by address, those that touch as one range. */
  readonly drainOrder: 'last-first' | 'merged' | 'descending'
  /** When more pages are pending than the lazy limit: drained inside the call, or by a worker after it. */
  readonly lazyDrain: 'at-once' | 'worker'
  /** The lazy limit is the kernel's lazy_max_pages times this, rounded down; 1 in every release. */
  readonly lazyFactor: number
  /** Whether listed blocks without a live slot are ever purged. */
  readonly fragmentPurge: 'never' | 'always'
  /** Which blocks vm_unmap_aliases looks at: those on a free list, or all. */
  readonly aliasesVisit: 'listed' | 'all-blocks'
  /**
   * vm_unmap_aliases purges a block without live slots when less than this share of its slots is free: 1 purges every such
   * block, 0 none. A purge after a failed allocation takes them all.
   */
  readonly purgeThreshold: number
  /** A map of 0 pages: unchecked (not simulated), a warning and a BUG, or a warning. */
  readonly zeroPages: 'unchecked' | 'bug' | 'warning'
}

/**
 * - `first-fit`: the first from HEAD that suffices
 * - `best-fit`: the one with the fewest free slots that suffice, the nearest to HEAD of several
 * - `worst-fit`: the one with the most free slots, the nearest to HEAD of several
 * - `next-fit`: the first that suffices after the one that served last, to TAIL and on from HEAD
 */
export const BLOCK_SEARCHES = ['first-fit', 'best-fit', 'worst-fit', 'next-fit'] as const
export type BlockSearchKind = (typeof BLOCK_SEARCHES)[number]

/**
 * - `first-fit`: first gap from VMALLOC_START over sorted areas, a page kept free after each (2.6.28)
 * - `next-fit`: upward from the area allocated last, with a hole hint (3.2 to 4.10)
 * - `free-tree-padded`: a tree of free ranges, searched for sizes padded by their alignment (5.2, 5.10)
 * - `free-tree`: padded only for alignments above a page (6.1 and later)
 */
export type AddressSpaceKind = 'first-fit' | 'next-fit' | 'free-tree-padded' | 'free-tree'
