import type { VmapBlock } from './block.ts'
import type { VmapBlocks } from './blocks.ts'
import type { FlushRange } from './flush-range.ts'
import type { ReferenceModel } from './model.ts'

/** `purge_fragmented_blocks_allcpus`: throws listed blocks away that are worth it, CPU by CPU, HEAD to TAIL. */
export function purgeListed(blocks: VmapBlocks, isWorthPurging: (block: VmapBlock) => boolean): void {
  for (const list of blocks.freeLists) {
    const fragments = [...list].filter((block) => isWorthPurging(block))
    for (const fragment of fragments) blocks.writeOff(fragment)
    blocks.freeWrittenOff(fragments)
  }
}

/** After a failed allocation: all fragments, at any share of free slots. 2.6.28 knows no fragments. */
export function purgeAllFragments(blocks: VmapBlocks, { fragmentPurge }: ReferenceModel): void {
  if (fragmentPurge) purgeListed(blocks, (block) => block.isFragment)
}

/** `vm_unmap_aliases` before its drain: notes what is dirty, throws fragments away that are mostly used up. */
export function purgeForAliases(blocks: VmapBlocks, model: ReferenceModel, noted: FlushRange): void {
  const isWorthPurging = (block: VmapBlock): boolean =>
    model.fragmentPurge && block.isFragment && block.free < model.fragmentThreshold * block.slots
  switch (model.aliasesVisit) {
    case 'listed':
      noteListed(blocks, noted)
      purgeListed(blocks, isWorthPurging)
      return
    case 'all-blocks':
      visitAll(blocks, isWorthPurging, noted)
      return
  }
}

/** Up to 6.1: blocks on no list are missed, and what was flushed is flushed again by the next call. */
function noteListed(blocks: VmapBlocks, noted: FlushRange): void {
  for (const list of blocks.freeLists) for (const block of list) noteDirty(block, noted)
}

/** Since 6.5: full blocks too, and each dirty range once. A fragment is either thrown away or noted. */
function visitAll(blocks: VmapBlocks, isWorthPurging: (block: VmapBlock) => boolean, noted: FlushRange): void {
  const fragments: VmapBlock[] = []
  for (const block of blocks.inHashOrder()) {
    if (isWorthPurging(block)) {
      blocks.writeOff(block)
      fragments.push(block)
    } else {
      noteDirty(block, noted)
      block.dirtySlots.reset()
    }
  }
  blocks.freeWrittenOff(fragments)
}

function noteDirty(block: VmapBlock, noted: FlushRange): void {
  const dirty = block.dirtySlots.span()
  if (dirty !== undefined) noted.cover(block.area.start + dirty.first, block.area.start + dirty.end)
}
