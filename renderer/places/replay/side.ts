import type { RunRecord } from '../../../shared/journal.ts'
import type { Machine } from '../../../shared/machine.ts'
import type { ModelChoice } from '../../../shared/model-choice.ts'
import type { EventStrip, OpenedReplay } from '../../../shared/replay.ts'
import type { Series } from '../../../shared/run.ts'

/** One of the runs that are replayed, as the place shows it. */
export interface ReplaySide {
  readonly runId: number
  readonly model: ModelChoice
  readonly machine: Machine
  /** Operations that can be looked at. */
  readonly operations: number
  /** Why there is nothing behind them, as a sentence; `undefined` for a run that came to its end. */
  readonly problem: string | undefined
  /** For the timeline; empty for a run that did not come to its end. */
  readonly series: readonly Series[]
  readonly events: EventStrip
}

export function sidesOf(opened: OpenedReplay | undefined, runs: readonly RunRecord[]): readonly ReplaySide[] {
  return (opened?.runs ?? []).flatMap(({ operations, problem, result, events }, position) => {
    const run = runs[position]
    if (run === undefined) return []
    const { modelId, custom, machine } = run.spec
    const model = custom === undefined ? { modelId } : { modelId, custom }
    return [{ runId: run.id, model, machine, operations, problem, series: result?.series ?? [], events }]
  })
}
