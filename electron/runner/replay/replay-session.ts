import { setImmediate } from 'node:timers/promises'
import { ConditionError } from '../../../shared/condition.ts'
import type { Outcome } from '../../../shared/contract.ts'
import type { OpenedRun, ReplayMoment, ReplayMove } from '../../../shared/replay.ts'
import type { SourceHost } from '../../scenario/source-of.ts'
import { ControlledRun } from '../control.ts'
import type { QuestionOrder } from '../questions.ts'
import { compareBlocks } from './compare-blocks.ts'
import { findNext, findPrevious } from './find.ts'
import { lockstepInSlices } from './lockstep.ts'
import { openReplays } from './open-replays.ts'
import { ReplayRefusedError } from './refused.ts'
import type { Replay } from './replay.ts'
import type { ReplayNote, ReplayQuestions } from './replay-questions.ts'
import { inspectBlock, occupationOf } from './state.ts'

type Answer = ReplayQuestions[keyof ReplayQuestions]['answer']

export interface ReplaySessionOptions {
  readonly openTrace: NonNullable<SourceHost['openTrace']>
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number
}

/** At most 20 notes a second. */
const NOTE_INTERVAL_MS = 50

/** Runs that are looked at together: one or more replays with one playhead. Questions are answered one at a time, and while runs are followed in lockstep. */
export class ReplaySession {
  readonly #options: ReplaySessionOptions
  #replays: readonly Replay[] = []
  #operation = 0
  #toldMs = -Infinity

  constructor(options: ReplaySessionOptions) {
    this.#options = options
  }

  /** For a program, `loadGrammar` must have finished. `tell` hears how far the work is. */
  async answer(order: QuestionOrder<ReplayQuestions>, tell: (note: ReplayNote) => void): Promise<Answer> {
    try {
      return await this.#answer(order, (note) => this.#tellSometimes(note, tell))
    } catch (error) {
      if (error instanceof ReplayRefusedError) return { kind: 'refused', reason: error.message }
      if (error instanceof ConditionError) return { kind: 'refused', reason: `The condition, ${error.message}.` }
      throw error
    }
  }

  #answer(order: QuestionOrder<ReplayQuestions>, tell: (note: ReplayNote) => void): Answer | Promise<Answer> {
    switch (order.kind) {
      case 'open':
        return this.#open(order.ask, tell)
      case 'move':
        return { kind: 'done', value: this.#move(order.ask) }
      case 'compared-blocks': {
        const { left, right } = order.ask
        return { kind: 'done', value: compareBlocks(this.#replay(left), this.#replay(right), order.ask) }
      }
      case 'block':
        return { kind: 'done', value: inspectBlock(this.#replay(order.ask.run), order.ask.index) }
      case 'occupation': {
        const { run, fromPage, pages, cells } = order.ask
        return { kind: 'done', value: occupationOf(this.#replay(run).playback, fromPage, pages, cells) }
      }
      case 'values':
        return this.#values(order.ask, tell)
      case 'find':
        return this.#find(order.ask, tell)
      case 'diverge':
        return this.#diverge(order.ask, tell)
    }
  }

  #open(
    { runs, budgets, control }: ReplayQuestions['open']['ask'],
    tell: (note: ReplayNote) => void,
  ): Outcome<readonly OpenedRun[]> {
    const controlled = new ControlledRun(control, this.#options.clock)
    const replays = openReplays(runs, {
      ...{ budgets, openTrace: this.#options.openTrace, clock: this.#options.clock },
      cancelled: () => controlled.cancelled(),
      onProgress: (run, operationsDone, operationsTotal) =>
        tell({ work: 'open', run, operationsDone, operationsTotal }),
    })
    if (replays === undefined) return { kind: 'declined' }
    this.#replays = replays
    this.#operation = 0
    const opened = replays.map(({ spec: { modelId }, operations, problem, result, events }) => ({
      ...{ modelId, operations, problem, result, events },
    }))
    return { kind: 'done', value: opened }
  }

  #move(move: ReplayMove): readonly ReplayMoment[] {
    const wanted = 'to' in move ? move.to : this.#operation + move.by
    const end = this.#replays.reduce((longest, { operations }) => Math.max(longest, operations), 0)
    const operation = Math.min(Math.max(0, wanted), end)
    const moments = this.#replays.map((replay) => replay.seek(Math.min(operation, replay.operations)))
    this.#operation = operation
    return moments
  }

  #values({ run, operation, control }: ReplayQuestions['values']['ask'], tell: (note: ReplayNote) => void): Answer {
    const controlled = new ControlledRun(control, this.#options.clock)
    const values = this.#replay(run).program.valuesAt(operation, {
      cancelled: () => controlled.cancelled(),
      onProgress: (operationsDone, operationsTotal) => tell({ work: 'values', run, operationsDone, operationsTotal }),
    })
    return values === undefined ? { kind: 'declined' } : { kind: 'done', value: values }
  }

  #find(
    { run, query, direction, from, control }: ReplayQuestions['find']['ask'],
    tell: (note: ReplayNote) => void,
  ): Answer {
    const controlled = new ControlledRun(control, this.#options.clock)
    const replay = this.#replay(run)
    const find = direction === 'next' ? findNext : findPrevious
    const result = find(replay, query, Math.min(Math.max(0, from), replay.operations + 1), {
      cancelled: () => controlled.cancelled(),
      onProgress: (operationsDone, operationsTotal) => tell({ work: 'find', run, operationsDone, operationsTotal }),
    })
    return result.kind === 'cancelled' ? { kind: 'declined' } : { kind: 'done', value: result }
  }

  /** Takes as long as the runs together; between slices of it other questions are answered. */
  async #diverge({ control }: ReplayQuestions['diverge']['ask'], tell: (note: ReplayNote) => void): Promise<Answer> {
    const controlled = new ControlledRun(control, this.#options.clock)
    const slices = lockstepInSlices(this.#replays, {
      cancelled: () => controlled.cancelled(),
      onProgress: (operationsDone, operationsTotal) =>
        tell({ work: 'diverge', run: 0, operationsDone, operationsTotal }),
    })
    for (;;) {
      const { done, value } = slices.next()
      if (done) return value === undefined ? { kind: 'declined' } : { kind: 'done', value }
      await setImmediate()
    }
  }

  #replay(run: number): Replay {
    const replay = this.#replays[run]
    if (replay !== undefined) return replay
    throw new ReplayRefusedError(
      `There is no run ${run} in this replay; it has ${this.#replays.length}, counted from 0.`,
    )
  }

  #tellSometimes(note: ReplayNote, tell: (note: ReplayNote) => void): void {
    const nowMs = this.#options.clock()
    if (nowMs - this.#toldMs < NOTE_INTERVAL_MS) return
    this.#toldMs = nowMs
    tell(note)
  }
}
