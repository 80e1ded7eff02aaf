import type { FreeListSummary, ListedBlock } from './run.ts'

export interface ListEnds {
  /** From HEAD, in list order. */
  readonly first: readonly ListedBlock[]
  /** Before TAIL, in list order; empty when `first` holds the whole list. */
  readonly last: readonly ListedBlock[]
  /** Blocks between the two. */
  readonly hidden: number
}

/** The blocks at both ends of a list; all of them when there are no more than `firstMax + lastMax`. */
export function endsOf(list: FreeListSummary, firstMax: number, lastMax: number): ListEnds {
  const known = [...list.head, ...list.tail]
  if (list.tail.length === 0 && list.length <= firstMax + lastMax) return { first: known, last: [], hidden: 0 }
  const first = list.head.slice(0, firstMax)
  const last = lastMax === 0 ? [] : known.slice(-lastMax)
  return { first, last, hidden: list.length - first.length - last.length }
}

/** Of the picture of one block, without its edges. */
export const CHARACTERS_PER_BLOCK = 10
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
