import type { Occupation } from '../../../shared/replay.ts'

/** What a stretch of equal cells shows: a rectangle. */
export interface StripRun {
  readonly kind: 'block' | 'plain' | 'pending' | 'pooled' | 'free'
  /** First cell, and how many. */
  readonly from: number
  readonly cells: number
  /** Shares of the height, 0 at the bottom. */
  readonly bottom: number
  readonly top: number
}

const KINDS = ['block', 'plain', 'pending', 'pooled', 'free'] as const
/** Shares that differ by less look the same. */
const SHARE_STEPS = 32

/**
 * The rectangles of a strip: slots of blocks that were handed out, other areas, pending and pooled pages from below, the free
 * slots of blocks as a cap on them. Neighbouring cells that look the same are one rectangle.
 */
export function stripRuns(occupation: Occupation): readonly StripRun[] {
  return KINDS.flatMap((kind) => runsOf(kind, occupation))
}

function runsOf(kind: StripRun['kind'], occupation: Occupation): StripRun[] {
  const runs: StripRun[] = []
  for (let cell = 0; cell < occupation.block.length; cell += 1) {
    const { bottom, top } = spanOf(kind, cell, occupation)
    const last = runs.at(-1)
    if (last !== undefined && last.from + last.cells === cell && last.bottom === bottom && last.top === top) {
      runs[runs.length - 1] = { ...last, cells: last.cells + 1 }
    } else if (top > bottom) runs.push({ kind, from: cell, cells: 1, bottom, top })
  }
  return runs
}

/** From where to where a kind reaches in a cell, standing on those before it. */
function spanOf(kind: StripRun['kind'], cell: number, occupation: Occupation): { bottom: number; top: number } {
  const { pagesPerCell, free } = occupation
  const pagesOf = (one: StripRun['kind']): number => {
    const pages = occupation[one][cell] ?? 0
    return one === 'block' ? pages - (free[cell] ?? 0) : pages
  }
  let below = 0
  for (const one of KINDS) {
    if (one === kind) break
    below += pagesOf(one)
  }
  const share = (pages: number): number => Math.min(1, Math.ceil((pages / pagesPerCell) * SHARE_STEPS) / SHARE_STEPS)
  return { bottom: share(below), top: share(below + pagesOf(kind)) }
}
