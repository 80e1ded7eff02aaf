import type { FreeListSummary, ListedBlock } from '../../shared/run.ts'

export interface ShownBlocks {
  readonly first: readonly ListedBlock[]
  /** Blocks left out between `first` and `last`. */
  readonly hidden: number
  readonly last: readonly ListedBlock[]
}

/** UI rule for a list that does not fit: the first three to five, how many more, the last two. */
const FIRST_MIN = 3
const FIRST_MAX = 5
const LAST = 2

/** Which blocks of a list are drawn when `fitting` bars have room; the note of what is left out takes the room of one. */
export function shownBlocks({ head, tail, length }: FreeListSummary, fitting: number): ShownBlocks {
  if (length <= fitting && head.length === length) return { first: head, hidden: 0, last: [] }
  const firstCount = Math.min(FIRST_MAX, Math.max(FIRST_MIN, fitting - LAST - 1))
  const ends = tail.length > 0 ? tail : head
  const first = head.slice(0, firstCount)
  const last = ends.slice(Math.max(ends.length - LAST, tail.length > 0 ? 0 : firstCount))
  return { first, hidden: length - first.length - last.length, last }
}
