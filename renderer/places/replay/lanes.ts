import type { ReplayMoment } from '../../../shared/replay.ts'
import type { ReplaySide } from './side.ts'

const LETTERS = 'ABCDEFGH'

/** A side at the present moment. */
export interface ReplayLaneFacts {
  /** `A` for the first. */
  readonly letter: string
  readonly side: ReplaySide
  readonly moment: ReplayMoment
}

/** A block of one side: the lane's position, and the block's index. */
export interface LaneBlock {
  readonly lane: number
  readonly block: number
}

export function lanesOf(sides: readonly ReplaySide[], moments: readonly ReplayMoment[]): readonly ReplayLaneFacts[] {
  return sides.flatMap((side, i) => {
    const moment = moments[i]
    return moment === undefined ? [] : [{ letter: LETTERS[i] ?? '', side, moment }]
  })
}
