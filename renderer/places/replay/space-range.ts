import type { Occupation } from '../../../shared/replay.ts'

/** The part of the address space that is drawn, in pages from VMALLOC_START on. */
export interface SpaceRange {
  readonly fromPage: number
  readonly pages: number
}

/** Blocks that the picture begins with; it grows as the space is taken. */
const FIRST_BLOCKS = 16
const ZOOM_FACTOR = 4
/** Of what is shown, by which it is moved. */
const PAN_SHARE = 0.5

export function firstRange(blockPages: number, total: number): SpaceRange {
  return { fromPage: 0, pages: Math.min(total, FIRST_BLOCKS * blockPages) }
}

/** True when something of the space is taken that these cells do not show. */
export function leavesOut({ block, plain, pending, pooled }: Occupation, takenPages: number): boolean {
  const sum = (cells: Float64Array): number => cells.reduce((pages, cell) => pages + cell, 0)
  return sum(block) + sum(plain) + sum(pending) + sum(pooled) < takenPages
}

/** Twice as much from the same page on. */
export function wider({ fromPage, pages }: SpaceRange, total: number): SpaceRange {
  return within({ fromPage, pages: pages * 2 }, total)
}

/** A step in or out around the middle. */
export function zoomedRange({ fromPage, pages }: SpaceRange, inwards: boolean, total: number): SpaceRange {
  const changed = Math.max(1, Math.round(inwards ? pages / ZOOM_FACTOR : pages * ZOOM_FACTOR))
  return within({ fromPage: Math.round(fromPage + (pages - changed) / 2), pages: changed }, total)
}

/** Half of what is shown to the right, or to the left. */
export function movedRange({ fromPage, pages }: SpaceRange, right: boolean, total: number): SpaceRange {
  const by = Math.max(1, Math.round(pages * PAN_SHARE))
  return within({ fromPage: fromPage + (right ? by : -by), pages }, total)
}

function within({ fromPage, pages }: SpaceRange, total: number): SpaceRange {
  const kept = Math.min(total, pages)
  return { fromPage: Math.min(Math.max(0, fromPage), total - kept), pages: kept }
}

/** In how many cells pages are drawn: at most `most`, of a number of pages that is a power of two, as blocks have. */
export function cellsFor(pages: number, most: number): number {
  const pagesPerCell = 2 ** Math.ceil(Math.log2(Math.max(1, pages / most)))
  return Math.ceil(pages / pagesPerCell)
}
