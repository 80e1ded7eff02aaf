import type { AllocatorView } from '../../allocator/view.ts'
import type { KernelModel } from '../../../shared/kernel-model.ts'
import { WALK_SHOWN_MAX, type Walk } from '../../../shared/replay.ts'
import type { ListedBlock } from '../../../shared/run.ts'

/** The walk that a map of 2^order slots on `cpu` would make now. */
export function walkOf(
  view: AllocatorView,
  { search }: KernelModel,
  cpu: number,
  order: number,
  listLength: number,
): Walk {
  const slotsNeeded = 1 << order
  const first: ListedBlock[] = []
  const last: ListedBlock[] = []
  let lookedTotal = 0
  let taken: ListedBlock | undefined
  for (const block of view.looked(cpu, order)) {
    lookedTotal += 1
    if (first.length < WALK_SHOWN_MAX) first.push(block)
    else {
      if (last.length === WALK_SHOWN_MAX) last.shift()
      last.push(block)
    }
    if (block[1] >= slotsNeeded && (taken === undefined || isBetter(search, block, taken))) taken = block
  }
  return { search, slotsNeeded, listLength, lookedTotal, first, last, taken }
}

/** Whether a block is taken in place of one that was looked at before and suffices too. */
function isBetter(search: KernelModel['search'], [, free]: ListedBlock, [, otherFree]: ListedBlock): boolean {
  switch (search) {
    case 'best-fit':
      return free < otherFree
    case 'worst-fit':
      return free > otherFree
    case 'first-fit':
    case 'next-fit':
      return false
  }
}
