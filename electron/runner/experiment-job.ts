import type { RunProgress } from '../../shared/run.ts'
import { elapsedMs, isRunning, startedStopwatch, toggled, type Stopwatch } from '../../shared/stopwatch.ts'

/** An experiment under way: which of its runs have not ended, how far they are, and for how long it has been worked on. */
export class ExperimentJob {
  readonly experimentId: number
  readonly #clock: () => number
  /** Runs that have not ended, with what was told of them last. */
  readonly #unfinished: Map<number, RunProgress | undefined>
  #time: Stopwatch

  /** `clock` answers milliseconds from any fixed moment. */
  constructor(experimentId: number, runIds: readonly number[], clock: () => number) {
    this.experimentId = experimentId
    this.#unfinished = new Map(runIds.map((runId) => [runId, undefined]))
    this.#clock = clock
    this.#time = startedStopwatch(clock())
  }

  get unfinished(): readonly number[] {
    return [...this.#unfinished.keys()]
  }

  /** The last word of each run under way. */
  get progress(): readonly RunProgress[] {
    return [...this.#unfinished.values()].filter((told) => told !== undefined)
  }

  get paused(): boolean {
    return !isRunning(this.#time)
  }

  /** Pauses not counted. */
  get elapsedMs(): number {
    return elapsedMs(this.#time, this.#clock())
  }

  setPaused(paused: boolean): void {
    this.#time = toggled(this.#time, !paused, this.#clock())
  }

  /** Takes in progress of one of its runs; answers false for that of others. */
  told(progress: RunProgress): boolean {
    if (!this.#unfinished.has(progress.runId)) return false
    this.#unfinished.set(progress.runId, progress)
    return true
  }

  ended(runId: number): void {
    this.#unfinished.delete(runId)
  }
}
