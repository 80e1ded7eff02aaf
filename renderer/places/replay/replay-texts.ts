import { freeListText } from '../../../shared/free-list-text.ts'
import { divergenceDiagram, divergenceText } from '../../../shared/replay-text.ts'
import type { Lockstep, ReplayMoment } from '../../../shared/replay.ts'
import type { ReplaySide } from './side.ts'

/** The free lists of a side at a moment in the notation of the 2015 patch, ready for a mail. */
export function listsText({ model, machine }: ReplaySide, { state }: ReplayMoment): string {
  const lists = state.freeLists.flatMap((list) => [
    `${model.modelId}, CPU ${list.cpu}`,
    freeListText(list, machine.bbmapBits),
  ])
  return [`Operation ${state.operation}`, ...lists, ''].join('\n')
}

/** The first divergence in sentences and as diagrams. */
export function divergenceMail(lockstep: Lockstep): string {
  const lists = (lockstep.first?.sides ?? []).flatMap((side) => [
    side.modelId,
    ...divergenceDiagram(side, lockstep.slotsPerBlock),
  ])
  return [...divergenceText(lockstep), '', ...lists, ''].join('\n')
}
