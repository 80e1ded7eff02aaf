/**
 * One kernel, as the choices in which releases differ. All of them can be combined; `releases.ts` holds the
 * combinations that were released.
 */
export interface ReferenceModel {
  /** Which end of the free list `new_vmap_block` adds to: HEAD up to 4.0, TAIL since 68ac546f26. */
  newBlockAt: 'head' | 'tail'
  /** What `vb_alloc` does with a new block: walk the list once more up to 4.0, take its first slots since cf725ce274ba. */
  afterNewBlock: 'search-again' | 'occupy'
  /** Which block of the CPU's free list serves a request: every release takes the first fit (`block-search.ts`). */
  search: 'first-fit' | 'best-fit' | 'worst-fit' | 'next-fit'
  /** Where in a block the slots are: on a multiple of their number up to 3.10, above the last ones since 3fcd76e8028e. */
  slotPlacement: 'aligned' | 'bump'
  /** How a block remembers its dirty slots: a bitmap up to 4.0, lowest and highest slot since 7d61bfe8fddb. */
  dirtyTracking: 'bitmap' | 'range'
  /**
   * A map of 0 pages: nothing catches it in 2.6.28 and 3.2, which is not played; up to 6.8 a warning, then a BUG on
   * address 0; a warning alone in 6.12.
   */
  zeroPages: 'no-check' | 'bug' | 'warn'
  /**
   * How `alloc_vmap_area` finds addresses: first fit with a gap after each area (2.6.28), from where the last search
   * ended (up to 4.10), in a tree of free ranges (since 68ad4a330433).
   */
  addressSpace: 'gap-first-fit' | 'next-fit' | 'free-tree'
  /**
   * Whether the tree is searched for size + alignment: always up to 5.10; in 6.1 only for alignments above a page.
   * Nothing but `free-tree` asks.
   */
  treePadding: 'always' | 'aligned'
  /** `vmap_node`s with pools of freed areas (72210662c5a2), on 64-bit machines with more than one CPU. */
  nodes: boolean
  /** What a drain takes from a pool of fewer than four areas. Nothing but `nodes` asks. */
  poolDecay: 'all-below-four' | 'none-below-four'
  /** In which order a drain returns areas: `merged` is ascending, neighbours as one range. */
  drainOrder: 'ascending' | 'last-first' | 'merged' | 'descending'
  /** Who drains past the lazy limit: the freeing task up to 5.10, a worker (here after the operation) in 6.1. */
  thresholdDrain: 'at-once' | 'worker'
  /** Whether blocks without a slot in use are thrown away at all (`purge_fragmented_blocks`). */
  fragmentPurge: boolean
  /** Which blocks `vm_unmap_aliases` looks at: those on free lists up to 6.1, all in 6.5. */
  aliasesVisit: 'listed' | 'all-blocks'
  /**
   * `vm_unmap_aliases` throws a fragment away when fewer than this share of its slots are free: 1 (all fragments) up
   * to 6.1, 0.25 in 6.5 (VMAP_PURGE_THRESHOLD). A purge after a failed allocation takes every fragment.
   */
  fragmentThreshold: number
  /** The lazy limit is `lazy_max_pages` times this, rounded down; 1 in every release. */
  lazyFactor: number
}

/** Refuses shares and factors that mean nothing. */
export function assertModel({ fragmentThreshold, lazyFactor }: ReferenceModel): void {
  if (!(fragmentThreshold >= 0 && fragmentThreshold <= 1)) {
    throw new RangeError(`fragment threshold ${fragmentThreshold} is not a share from 0 to 1`)
  }
  if (!(lazyFactor > 0 && lazyFactor < Infinity)) {
    throw new RangeError(`lazy factor ${lazyFactor} is not a number above 0`)
  }
}
