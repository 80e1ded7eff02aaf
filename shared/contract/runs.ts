import type { RunCheck, RunRecord } from '../journal.ts'
import type { RunProgress, RunSpec } from '../run.ts'
import type { Outcome } from './outcome.ts'

export interface ExperimentRequest {
  readonly title: string
  readonly question: string
  readonly runs: readonly RunSpec[]
}

/** The experiment that is being run, for a window that was loaded while it is. */
export interface CurrentJob {
  readonly experimentId: number
  /** All its runs as recorded so far; those that have not ended are `running`. */
  readonly runs: readonly RunRecord[]
  /** What was told last of each run under way. */
  readonly progress: readonly RunProgress[]
  readonly paused: boolean
  /** Spent on it so far, pauses not counted. */
  readonly elapsedMs: number
}

/** Experiments and their runs. */
export interface RunsApi {
  /** Records the experiment and its runs, starts them, and answers with the experiment's id. */
  startExperiment(request: ExperimentRequest): Promise<Outcome<number>>
  /** Records further runs of an experiment and starts them. */
  addRuns(experimentId: number, runs: readonly RunSpec[]): Promise<Outcome<true>>
  /** Cancels the runs that have not finished; finished ones stay. */
  cancelExperiment(experimentId: number): Promise<void>
  /** Holds the runs that have not finished until they are resumed or cancelled. */
  pauseExperiment(experimentId: number): Promise<void>
  resumeExperiment(experimentId: number): Promise<void>
  /** The first experiment started from this window that has not ended; `undefined` when nothing is run. */
  currentJob(): Promise<CurrentJob | undefined>
  /** Makes finished runs again and keeps what comes out with each; cancelled ones are left out. */
  recheckRuns(runIds: readonly number[]): Promise<Outcome<readonly RunCheck[]>>
  cancelChecks(): Promise<void>
}

// A record, not an array, so that a name that is missing or too much fails to compile
export const RUNS_METHODS: Readonly<Record<keyof RunsApi, true>> = {
  startExperiment: true,
  addRuns: true,
  cancelExperiment: true,
  pauseExperiment: true,
  resumeExperiment: true,
  currentJob: true,
  recheckRuns: true,
  cancelChecks: true,
}
