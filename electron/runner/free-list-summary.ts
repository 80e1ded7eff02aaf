import type { Allocator } from '../allocator/allocator.ts'
import {
  FREE_LIST_BLOCKS_MAX,
  FREE_LIST_COLUMNS_MAX,
  type FreeListSummary,
  type ListedBlock,
} from '../../shared/run.ts'

/** The free lists at this moment, one summary per CPU that has listed blocks, bounded whatever their length. */
export function summarizeFreeLists(allocator: Allocator): FreeListSummary[] {
  const cpus = Array.from({ length: allocator.machine.nrCpus }, (_, cpu) => cpu)
  return cpus
    .filter((cpu) => allocator.freeListLength(cpu) > 0)
    .map((cpu) => summarize(cpu, allocator.freeListLength(cpu), allocator.freeList(cpu)))
}

/** Bounds one list: the blocks at both ends, and the largest hole in each of equal spans from HEAD to TAIL. */
export function summarize(cpu: number, length: number, blocks: Iterable<ListedBlock>): FreeListSummary {
  const shownWhole = length <= FREE_LIST_BLOCKS_MAX
  const headLength = shownWhole ? length : FREE_LIST_BLOCKS_MAX / 2
  const tailStart = shownWhole ? length : length - FREE_LIST_BLOCKS_MAX / 2
  const columns = Math.min(length, FREE_LIST_COLUMNS_MAX)
  const head: ListedBlock[] = []
  const tail: ListedBlock[] = []
  const freeSlotsMax = new Array<number>(columns).fill(0)
  let position = 0
  for (const block of blocks) {
    if (position < headLength) head.push(block)
    else if (position >= tailStart) tail.push(block)
    const column = Math.floor((position * columns) / length)
    freeSlotsMax[column] = Math.max(freeSlotsMax[column] ?? 0, block[1])
    position += 1
  }
  return { cpu, length, head, tail, freeSlotsMax }
}
