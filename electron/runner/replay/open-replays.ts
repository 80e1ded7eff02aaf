import type { RunSpec } from '../../../shared/run.ts'
import { Replay, type ReplayOptions } from './replay.ts'

export interface OpenReplaysOptions extends Omit<ReplayOptions, 'onProgress' | 'snapshots'> {
  /** Told at every look; `position` is that of the run in the list. */
  readonly onProgress: (position: number, operationsDone: number, operationsTotal: number | undefined) => void
}

/** Opens several runs, one after the other; `undefined` when that was cancelled. What their requests have in common is kept once. */
export function openReplays(
  specs: readonly RunSpec[],
  { onProgress, ...options }: OpenReplaysOptions,
): readonly Replay[] | undefined {
  const replays: Replay[] = []
  for (const [position, spec] of specs.entries()) {
    const replay = Replay.open(spec, {
      ...{ ...options, loopLines: true, onProgress: (done, total) => onProgress(position, done, total) },
    })
    if (replay === undefined) return undefined
    if (replays[0] !== undefined) replay.log.shareWith(replays[0].log)
    replays.push(replay)
  }
  return replays
}
