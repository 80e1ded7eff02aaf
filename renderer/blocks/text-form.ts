import { formatCount, formatQuantity } from '../../shared/format.ts'
import type { FreeListSummary, ListedBlock } from '../../shared/run.ts'
import { endsOf } from './list-ends.ts'

const CHARACTERS_PER_BLOCK = 10
/** With three blocks from HEAD and two before TAIL the line is exactly 72 columns wide. */
const FIRST_BLOCKS = 3
const LAST_BLOCKS = 2

/**
 * One block in the notation of the 2015 patch: `x` for slots handed out, `-` for free ones, ten characters. Rounding never
 * hides a free slot or a used one: a block with anything free ends in `-`, one with anything used starts with `x`.
 */
export function blockText(freeSlots: number, slotsPerBlock: number): string {
  const usedSlots = slotsPerBlock - freeSlots
  const rounded = Math.round((usedSlots / slotsPerBlock) * CHARACTERS_PER_BLOCK)
  const most = freeSlots > 0 ? CHARACTERS_PER_BLOCK - 1 : CHARACTERS_PER_BLOCK
  const used = Math.min(Math.max(rounded, usedSlots > 0 ? 1 : 0), most)
  return 'x'.repeat(used) + '-'.repeat(CHARACTERS_PER_BLOCK - used)
}

/** The whole list in one line of at most 72 columns: `HEAD |xxxxxxx---|xxxxxxxxx-| ... TAIL`. */
export function freeListText(list: FreeListSummary, slotsPerBlock: number): string {
  const { first, last, hidden } = endsOf(list, FIRST_BLOCKS, LAST_BLOCKS)
  const run = (blocks: readonly ListedBlock[]): string =>
    `|${blocks.map(([, freeSlots]) => `${blockText(freeSlots, slotsPerBlock)}|`).join('')}`
  if (list.length === 0) return 'HEAD | TAIL'
  return hidden === 0 ? `HEAD ${run([...first, ...last])} TAIL` : `HEAD ${run(first)} ... ${run(last)} TAIL`
}

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
