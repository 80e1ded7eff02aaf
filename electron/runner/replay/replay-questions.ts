import type { Outcome, ReplayComparedPart, ReplaySpacePart } from '../../../shared/contract.ts'
import type { ProgramValues } from '../../../shared/program-values.ts'
import type {
  BlockComparison,
  FindResult,
  InspectedBlock,
  Lockstep,
  Occupation,
  OpenedRun,
  ReplayMoment,
  ReplayMove,
  ReplayProgress,
  ReplaySearch,
} from '../../../shared/replay.ts'
import type { RunSpec } from '../../../shared/run.ts'
import type { ScenarioBudgets } from '../../../shared/scenario-budgets.ts'

interface Question<Ask, Answer> {
  readonly ask: Ask
  /** `declined` when it was cancelled, `refused` for what the user can put right. */
  readonly answer: Outcome<Answer>
}

/** The memory of a `RunControl`, through which what takes long is cancelled. */
interface Cancellable {
  readonly control: SharedArrayBuffer
}

/** What can be asked of the thread of one replay; the runs must be opened first. */
export interface ReplayQuestions {
  readonly open: Question<
    Cancellable & { readonly runs: readonly RunSpec[]; readonly budgets: ScenarioBudgets },
    readonly OpenedRun[]
  >
  /** Of each run; one that is over by then stays at its end. */
  readonly move: Question<ReplayMove, readonly ReplayMoment[]>
  /** At the present moment. */
  readonly 'compared-blocks': Question<ReplayComparedPart, BlockComparison>
  readonly block: Question<{ readonly run: number; readonly index: number }, InspectedBlock | undefined>
  readonly occupation: Question<ReplaySpacePart, Occupation>
  /** Of a C text, at one of its operations. */
  readonly values: Question<Cancellable & { readonly run: number; readonly operation: number }, ProgramValues>
  readonly find: Question<Cancellable & ReplaySearch, FindResult>
  readonly diverge: Question<Cancellable, Lockstep>
}

export type ReplayNote = Omit<ReplayProgress, 'replayId'>
