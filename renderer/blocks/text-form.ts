import { freeListText } from '../../shared/free-list-text.ts'
import { formatCount, formatQuantity } from '../../shared/format.ts'
import type { FreeListSummary, ListedBlock } from '../../shared/run.ts'

/** One block in exact numbers: `Block #999: 8 free, 1,016 dirty, 0 live of 1,024 slots`. */
export function blockSentence([index, freeSlots, dirtySlots]: ListedBlock, slotsPerBlock: number): string {
  const live = slotsPerBlock - freeSlots - dirtySlots
  const parts = [`${formatCount(freeSlots)} free`, `${formatCount(dirtySlots)} dirty`, `${formatCount(live)} live`]
  return `Block #${index}: ${parts.join(', ')} of ${formatCount(slotsPerBlock)} slots`
}

/** The accessible name of a list: who, how long, and the text form. */
export function freeListName(list: FreeListSummary, slotsPerBlock: number, owner?: string): string {
  const size = formatQuantity(list.length, 'block')
  const whose = owner === undefined ? '' : `${owner}, `
  return `Free list of CPU ${list.cpu}, ${whose}${size}: ${freeListText(list, slotsPerBlock)}`
}
