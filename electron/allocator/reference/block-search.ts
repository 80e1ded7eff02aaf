import type { VmapBlock } from './block.ts'
import type { Counts } from './counts.ts'
import type { FreeList } from './free-list.ts'
import type { ReferenceModel } from './model.ts'

/**
 * The listed block that serves a request for `slots` slots, undefined when none has as many free. Every block looked
 * at counts as visited, in a walk that finds nothing too.
 *
 * - `first-fit`, the walk of `vb_alloc`: from HEAD, the first that suffices.
 * - `next-fit`: the first that suffices, from the block after the one that served the list's last request (a block
 *   that was new then included) to TAIL and on from HEAD, each block once, the one that served last at the end. When
 *   the remembered block leaves the list, for whatever reason, its successor at that moment takes its part and is
 *   looked at first; when that leaves, the next one. Without a successor, or before the first request, the walk
 *   starts at HEAD. Requests that fail change nothing.
 * - `best-fit`: looks at all, takes the one with the fewest free slots that suffice, the nearest to HEAD of several.
 * - `worst-fit`: looks at all, takes the one with the most free slots, the nearest to HEAD of several.
 *
 * Under `search-again` the walk after a new block is the same search over again.
 */
export function searchFreeList(
  search: ReferenceModel['search'],
  list: FreeList,
  slots: number,
  counts: Counts,
): VmapBlock | undefined {
  switch (search) {
    case 'first-fit':
      return firstThatSuffices(list, slots, counts)
    case 'next-fit':
      return firstThatSuffices(list.fromLastServed(), slots, counts)
    case 'best-fit':
      return mostWanted(list, slots, counts, (free, other) => free < other)
    case 'worst-fit':
      return mostWanted(list, slots, counts, (free, other) => free > other)
  }
}

function firstThatSuffices(blocks: Iterable<VmapBlock>, slots: number, counts: Counts): VmapBlock | undefined {
  for (const block of blocks) {
    counts.nodes_visited += 1
    if (block.free >= slots) return block
  }
  return undefined
}

function mostWanted(
  blocks: Iterable<VmapBlock>,
  slots: number,
  counts: Counts,
  isBetter: (free: number, other: number) => boolean,
): VmapBlock | undefined {
  let chosen: VmapBlock | undefined
  for (const block of blocks) {
    counts.nodes_visited += 1
    if (block.free >= slots && (chosen === undefined || isBetter(block.free, chosen.free))) chosen = block
  }
  return chosen
}
