/** One set of allocator behaviours. Each field is a separate switch, so that a release reads like a table row. */
export interface KernelModel {
  /** As typed and stored: `v4.0`, `v4.0+1`, … */
  readonly id: string
  /** Other accepted names, such as the golden files' tags. */
  readonly aliases: readonly string[]
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
  /** How address space is found. */
  readonly addressSpace: AddressSpaceKind
  /** When more pages are pending than the lazy limit: drained inside the call, or by a worker after it. */
  readonly lazyDrain: 'at-once' | 'worker'
  /** Which blocks a purge takes: none, every listed block without a live slot, or, in vm_unmap_aliases, those nearly used up. */
  readonly fragmentPurge: 'never' | 'all' | 'quarter'
  /** A map of 0 pages: unchecked (not simulated), a warning and a BUG, or a warning. */
  readonly zeroPages: 'unchecked' | 'bug' | 'warning'
}

/**
 * - `first-fit`: first gap from VMALLOC_START over sorted areas, a page kept free after each (2.6.28)
 * - `next-fit`: upward from the area allocated last, with a hole hint (3.2 to 4.10)
 * - `free-tree`: a tree of free ranges, searched for padded sizes, drained last freed first (5.2, 5.10)
 * - `free-tree-merged`: padded only for alignments above a page, drained in merged ranges (6.1 to 6.8)
 * - `node-pools`: the same tree behind per-node pools whose entries decay, all of a small pool at once (6.12)
 * - `node-pools-keeping`: pools of fewer than four entries do not decay (6.19)
 */
export type AddressSpaceKind =
  | 'first-fit'
  | 'next-fit'
  | 'free-tree'
  | 'free-tree-merged'
  | 'node-pools'
  | 'node-pools-keeping'
