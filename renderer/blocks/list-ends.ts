import { endsOf, type ListEnds } from '../../shared/free-list-text.ts'
import type { FreeListSummary } from '../../shared/run.ts'

/** Width of every bar: `barPx`, or less where not even the smallest picture of the list has room for that. */
export function barThatFits(list: FreeListSummary, widthPx: number, barPx: number, gapPx: number): number {
  const roomPx = list.length <= SHOWN_MIN ? widthPx / Math.max(1, list.length) : (widthPx - gapPx) / SHOWN_MIN
  return Math.min(barPx, Math.max(BAR_MIN_PX, Math.floor(roomPx)))
}

const BAR_MIN_PX = 48
const FIRST_MAX = 5
const LAST_MAX = 2
/** The smallest picture of an elided list: two blocks from HEAD, one before TAIL. */
const SHOWN_MIN = 3

/**
 * What a list can show on `widthPx`: all its blocks when they fit, else the first two to five, the last one or two, and
 * `gapPx` for the number left out.
 */
export function endsThatFit(list: FreeListSummary, widthPx: number, barPx: number, gapPx: number): ListEnds {
  const fit = Math.floor(widthPx / barPx)
  if (list.tail.length === 0 && list.length <= fit) return endsOf(list, list.length, 0)
  const shown = Math.max(SHOWN_MIN, Math.floor((widthPx - gapPx) / barPx))
  const last = shown > SHOWN_MIN ? LAST_MAX : 1
  return endsOf(list, Math.min(FIRST_MAX, shown - last), last)
}
