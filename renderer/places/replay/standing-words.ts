import { formatCount } from '../../../shared/format.ts'
import type { BlockComparison, BlockStanding } from '../../../shared/replay.ts'

/** What a side has of a block, without its bar: "8 free, 1,016 dirty, place 2 from HEAD". */
export function standingText(standing: BlockStanding): string {
  if (standing.kind !== 'live') return standing.kind === 'freed' ? 'freed' : 'not allocated yet'
  const { freeSlots, dirtySlots, listPosition } = standing
  const place = listPosition === undefined ? 'not listed' : `place ${formatCount(listPosition)} from HEAD`
  return `${formatCount(freeSlots)} free, ${formatCount(dirtySlots)} dirty, ${place}`
}

/** The whole comparison in a sentence. */
export function comparisonText({ same, different, notKept }: BlockComparison): string {
  const all = same + different
  const blocks = (count: number): string => (count === 1 ? '1 block' : `${formatCount(count)} blocks`)
  const rest = notKept === 0 ? '' : ` ${blocks(notKept)} came too late to be compared.`
  if (all === 0) return `Neither side has a block.${rest}`
  if (different === 0) return `${all === 1 ? 'The one block is' : `All ${blocks(all)} are`} the same.${rest}`
  return `${formatCount(different)} of ${blocks(all)} ${different === 1 ? 'differs' : 'differ'}.${rest}`
}
