import type { Outcome } from '../../shared/contract.ts'
import { REPLAYS_MAX, REPLAYS_OPEN_MAX, type OpenedReplay, type ReplayProgress } from '../../shared/replay.ts'
import type { RunSpec } from '../../shared/run.ts'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { RunControl } from '../runner/control.ts'
import { QuestionThread } from '../runner/index.ts'
import type { ReplayNote, ReplayQuestions } from '../runner/replay/replay-questions.ts'
import { checkedRuns, type CheckScenario } from './checked-runs.ts'
import { LabError } from './lab-error.ts'

export interface ReplaysOptions {
  readonly workerUrl: URL
  /** What runs of programs may use up, asked whenever a replay is opened. */
  readonly budgets: () => ScenarioBudgets
  readonly check: CheckScenario
  /** Told the owner, too. */
  readonly onProgress: (progress: ReplayProgress, owner: number) => void
}

interface Open {
  readonly owner: number
  readonly thread: QuestionThread<ReplayQuestions, ReplayNote>
  /** Of the work that is under way, with what it is. */
  readonly controls: Map<RunControl, keyof ReplayQuestions>
}

/** What is asked of an open replay without its control, which is added here. */
type Ask<Kind extends keyof ReplayQuestions> = Omit<ReplayQuestions[Kind]['ask'], 'control'>

/** The replays that are open, each on a thread of its own. Nothing of them is recorded. */
export class Replays {
  readonly #options: ReplaysOptions
  readonly #open = new Map<number, Open>()
  #lastId = 0

  constructor(options: ReplaysOptions) {
    this.#options = options
  }

  /**
   * Opens runs to be looked at together: makes each of them once, which takes about as long as the runs did. `declined` when
   * that was cancelled; progress tells the id that it takes. `owner` is whoever asks: a window. @throws {LabError} when the request is refused; nothing is open
   * then.
   */
  async open(specs: readonly RunSpec[], owner: number): Promise<Outcome<OpenedReplay>> {
    if (specs.length > REPLAYS_MAX) {
      throw new LabError(`${specs.length} runs are too many for one replay; it shows at most ${REPLAYS_MAX}.`)
    }
    if (this.#open.size >= REPLAYS_OPEN_MAX) {
      throw new LabError(`${REPLAYS_OPEN_MAX} replays are open, the most at the same time. Close one of them.`)
    }
    const replayId = (this.#lastId += 1)
    const onNote = (note: ReplayNote): void => this.#options.onProgress({ replayId, ...note }, owner)
    const thread = new QuestionThread<ReplayQuestions, ReplayNote>({
      ...{ workerUrl: this.#options.workerUrl, does: 'replays runs', onNote },
    })
    this.#open.set(replayId, { owner, thread, controls: new Map() })
    try {
      const checked = await checkedRuns(specs, this.#options.check)
      const runs = checked.map(({ spec }) => spec)
      const opened = await this.ask(replayId, 'open', { runs, budgets: this.#options.budgets() })
      if (opened.kind === 'done') return { kind: 'done', value: { replayId, runs: opened.value } }
      await this.close(replayId)
      return opened
    } catch (error) {
      await this.close(replayId)
      throw error
    }
  }

  /**
   * A move ends searches and looks into the text that are under way, whose answers would come too late, so that it need not wait for them.
   * @throws {LabError} when there is no such replay, or it is closed before it has answered.
   */
  async ask<Kind extends keyof ReplayQuestions>(
    replayId: number,
    kind: Kind,
    ask: Ask<Kind>,
  ): Promise<ReplayQuestions[Kind]['answer']> {
    const open = this.#open.get(replayId)
    if (open === undefined) throw new LabError(`Replay ${replayId} is not open.`)
    const control = new RunControl()
    if (kind === 'move') cancelAll(open, (work) => work === 'find' || work === 'values')
    open.controls.set(control, kind)
    try {
      return await open.thread.ask(kind, { ...ask, control: control.memory })
    } catch (error) {
      if (this.#open.has(replayId)) throw error
      throw new LabError(`Replay ${replayId} was closed.`)
    } finally {
      open.controls.delete(control)
    }
  }

  /** Ends what is under way, opening too; what is open stays. An unknown id is passed over. */
  cancel(replayId: number): void {
    const open = this.#open.get(replayId)
    if (open !== undefined) cancelAll(open, () => true)
  }

  /** An unknown id is passed over. */
  async close(replayId: number): Promise<void> {
    const open = this.#open.get(replayId)
    this.#open.delete(replayId)
    await open?.thread.close()
  }

  /** Closes all of an owner's, or of everybody. */
  async closeAll(owner?: number): Promise<void> {
    const theirs = [...this.#open].filter(([, open]) => owner === undefined || open.owner === owner)
    await Promise.all(theirs.map(([replayId]) => this.close(replayId)))
  }
}

function cancelAll({ controls }: Open, isMeant: (work: keyof ReplayQuestions) => boolean): void {
  for (const [control, work] of controls) if (isMeant(work)) control.cancel()
}
