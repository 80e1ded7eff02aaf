import type { Occupation } from '../../../../shared/replay.ts'
import { lab } from '../../../lab.ts'
import type { ReplayLaneFacts } from '../lanes.ts'
import { cellsFor, firstRange, leavesOut, wider, type SpaceRange } from '../space-range.ts'

const CELLS = 512

/** The range in which all sides have what is taken, at least as wide as `from`, and how it is taken at the present moment. */
export async function fittedSpaces(
  replayId: number,
  lanes: readonly ReplayLaneFacts[],
  from?: SpaceRange,
): Promise<{ readonly range: SpaceRange; readonly spaces: readonly Occupation[] }> {
  const total = Math.max(...lanes.map(({ side }) => side.machine.vmallocPages))
  const blockPages = Math.max(...lanes.map(({ side }) => side.machine.bbmapBits))
  for (let range = from ?? firstRange(blockPages, total); ; range = wider(range, total)) {
    const part = { ...range, cells: cellsFor(range.pages, CELLS) }
    const outcomes = await Promise.all(lanes.map((_, run) => lab().replayOccupation(replayId, { run, ...part })))
    const spaces = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.value] : []))
    const isWhole = lanes.every(({ moment }, i) => spaces[i] && !leavesOut(spaces[i], moment.state.takenPages))
    if (isWhole || range.pages >= total || spaces.length < lanes.length) return { range, spaces }
  }
}
