import { formatCount, formatQuantity } from '../../shared/format.ts'
import type { RunRecord } from '../../shared/journal.ts'
import { modelKey } from '../../shared/model-choice.ts'
import { divergenceDiagram, divergenceText } from '../../shared/replay-text.ts'
import { REPLAYS_MAX, type Lockstep } from '../../shared/replay.ts'
import { groupedByRequests, type WorkloadDivergence } from '../report/index.ts'
import { LabError } from './lab-error.ts'
import type { Replays } from './replays.ts'

/** Operations of runs that a report follows together: about a second. Longer ones are left to Replay and `lab diverge`. */
export const REPORTED_OPERATIONS_MAX = 1_000_000
/** Workloads whose answers are kept: a report is written again with every change of its sections. */
const KEPT_MAX = 64
/** No window: replays of reports are closed by whoever opened them. */
const NOBODY = 0

/** The first divergence of each workload of a report, by its first run. */
export class ReportedDivergences {
  readonly #replays: Replays
  readonly #known = new Map<string, Promise<WorkloadDivergence>>()

  constructor(replays: Replays) {
    this.#replays = replays
  }

  async of(runs: readonly RunRecord[]): Promise<ReadonlyMap<number, WorkloadDivergence>> {
    const answers = new Map<number, WorkloadDivergence>()
    for (const group of groupedByRequests(runs)) {
      const [first] = group
      const followed = oneOfEachModel(group.filter(({ status }) => status === 'finished'))
      if (followed.length > 1) answers.set(first.id, await this.#answer(followed))
    }
    return answers
  }

  /** Asked once for the same runs: what a finished run came to never changes. */
  #answer(runs: readonly RunRecord[]): Promise<WorkloadDivergence> {
    const key = runs.map(({ id }) => id).join(' ')
    const known = this.#known.get(key) ?? this.#follow(runs)
    this.#known.delete(key)
    this.#known.set(key, known)
    for (const [oldest] of [...this.#known].slice(0, -KEPT_MAX)) this.#known.delete(oldest)
    return known
  }

  async #follow(runs: readonly RunRecord[]): Promise<WorkloadDivergence> {
    const operations = Math.max(...runs.map(({ result }) => result?.operations ?? 0))
    if (operations > REPORTED_OPERATIONS_MAX) {
      return leftOut(
        `Runs of ${formatQuantity(operations, 'operation')} are not followed together in a report, which takes up to ${formatCount(REPORTED_OPERATIONS_MAX)}; "lab diverge" and Replay follow them.`,
      )
    }
    if (runs.length > REPLAYS_MAX) {
      return leftOut(`At most ${REPLAYS_MAX} kernel models are followed together; these are ${runs.length}.`)
    }
    try {
      return await this.#followed(runs)
    } catch (error) {
      if (error instanceof LabError) return leftOut(error.message)
      throw error
    }
  }

  async #followed(runs: readonly RunRecord[]): Promise<WorkloadDivergence> {
    const opened = await this.#replays.open(
      runs.map(({ spec }) => spec),
      NOBODY,
    )
    if (opened.kind !== 'done') return leftOut('The runs could not be followed together.')
    try {
      const answer = await this.#replays.ask(opened.value.replayId, 'diverge', {})
      return answer.kind === 'done' ? inWords(answer.value) : leftOut('The runs could not be followed together.')
    } finally {
      await this.#replays.close(opened.value.replayId)
    }
  }
}

function oneOfEachModel(runs: readonly RunRecord[]): readonly RunRecord[] {
  return [...new Map(runs.map((run) => [modelKey(run.spec), run])).values()]
}

function leftOut(sentence: string): WorkloadDivergence {
  return { sentences: [sentence], lists: [] }
}

function inWords(lockstep: Lockstep): WorkloadDivergence {
  const { first, slotsPerBlock } = lockstep
  return {
    ...(first && { operation: first.operation, map: first.map }),
    sentences: divergenceText(lockstep),
    lists: (first?.sides ?? []).map((side) => ({
      heading: `${side.modelId}, CPU ${side.last.cpu}, before: ${formatQuantity(side.before.length, 'block')} listed`,
      lines: divergenceDiagram(side, slotsPerBlock),
    })),
  }
}
