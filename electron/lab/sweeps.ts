import { setImmediate } from 'node:timers/promises'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { elapsedMs, isRunning, startedStopwatch, toggled, type Stopwatch } from '../../shared/stopwatch.ts'
import {
  cellCount,
  cellRuns,
  runCount,
  specAt,
  type RunRange,
  type SweepDefinition,
  type SweepRequest,
} from '../../shared/sweep.ts'
import type { CellAnalysis } from '../../shared/sweep-analysis.ts'
import { SWEEP_FIGURES, type SweepColumn, type SweepFigure } from '../../shared/sweep-columns.ts'
import type { SweepPlan, SweepProgress, SweepRecord } from '../../shared/sweep-record.ts'
import type { RunSpec } from '../../shared/run.ts'
import type { Journal } from '../journal/index.ts'
import { analyseOnThread, measureSweep, SweepRun, type SweepEnd } from '../runner/index.ts'
import type { CheckScenario } from './checked-runs.ts'
import { checkedSweep } from './checked-sweep.ts'
import { LabError } from './lab-error.ts'

export interface SweepsOptions {
  readonly journal: Journal
  readonly workerUrl: URL
  /** The entry of the thread for statistics. */
  readonly statisticsUrl: URL
  readonly budgets: () => ScenarioBudgets
  /** Most threads; 0 for as many as there are processors. */
  readonly threads: () => number
  readonly check: CheckScenario
  /** Told of each chunk that stands in the journal, and when the sweep is paused or goes on. */
  readonly onProgress: (progress: SweepProgress) => void
  /** Told when a sweep has ended and the journal says how. */
  readonly onEnded: (sweep: SweepRecord) => void
}

export interface StartedSweep {
  readonly sweepId: number
  /** As it stands in the journal when it has ended. */
  readonly finished: Promise<SweepRecord>
}

interface SweepUnderWay {
  readonly sweepId: number
  readonly run: SweepRun
  readonly runs: number
  /** Runs that an earlier start left. */
  readonly runsBefore: number
  runsMade: number
  time: Stopwatch
  finished: Promise<SweepRecord> | undefined
  /** The lab is closed, so that the sweep is to be resumed. */
  interrupted: boolean
}

/** Plans, makes and reads sweeps, one at a time. */
export class LabSweeps {
  readonly #options: SweepsOptions
  #underWay: SweepUnderWay | undefined

  constructor(options: SweepsOptions) {
    this.#options = options
  }

  /** How many runs, and how long, measured on some of them. @throws {LabError} when the sweep is refused or one of those runs fails. */
  async plan(request: SweepRequest): Promise<SweepPlan> {
    const { definition: sweep } = await checkedSweep(request, this.#options.check)
    const { workerUrl, budgets, threads } = this.#options
    try {
      const { runMs, totalMs, workers, atLeast } = await measureSweep({
        ...{ workerUrl, sweep, budgets: budgets(), threads: threads() },
      })
      const sizes = { runs: runCount(sweep), cells: cellCount(sweep), seeds: sweep.seeds.count }
      return { ...sizes, usesSeed: sweep.usesSeed, runMs, totalMs, workers, atLeast }
    } catch (error) {
      throw new LabError(`A run of the sweep fails: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** Records the sweep, then makes it. @throws {LabError} @throws {JournalError} when it is refused; nothing is recorded then. */
  async start(request: SweepRequest): Promise<StartedSweep> {
    this.#requireFree()
    const { definition, source } = await checkedSweep(request, this.#options.check)
    this.#requireFree()
    const sweepId = this.#options.journal.sweeps.start({ definition, source })
    return this.#run(sweepId, definition, [{ first: 0, count: runCount(definition) }])
  }

  /** Makes what is missing of a sweep that was cancelled, interrupted or failed. @throws {LabError} @throws {JournalError} */
  resume(sweepId: number): StartedSweep {
    this.#requireFree()
    const { journal } = this.#options
    const missing = journal.sweeps.resume(sweepId)
    return this.#run(sweepId, this.open(sweepId).definition, missing)
  }

  pause(sweepId: number): void {
    this.#setPaused(sweepId, true)
  }

  goOn(sweepId: number): void {
    this.#setPaused(sweepId, false)
  }

  /** Ends within 50 ms; runs that are made stay. */
  cancel(sweepId: number): void {
    if (this.#underWay?.sweepId === sweepId) this.#underWay.run.cancel()
  }

  /** `undefined` when none is under way. */
  progress(): SweepProgress | undefined {
    return this.#underWay && progressOf(this.#underWay)
  }

  /** @throws {LabError} when there is no such sweep. */
  open(sweepId: number): SweepRecord {
    const sweep = this.#options.journal.sweeps.open(sweepId)
    if (sweep === undefined) throw new LabError(`There is no sweep ${sweepId} in ${this.#options.journal.path}.`)
    return sweep
  }

  /** The statistics of one cell, made on a thread of their own, which `signal` may end. @throws {LabError} when there is no such sweep or cell. */
  async analyse(sweepId: number, cell: number, signal?: AbortSignal): Promise<CellAnalysis> {
    const { definition } = this.open(sweepId)
    const cells = cellCount(definition)
    if (cell >= cells) throw new LabError(`Sweep ${sweepId} has ${cells} cells; there is no cell ${cell}.`)
    const columns: Partial<Record<SweepFigure, Float64Array>> = {}
    for (const figure of SWEEP_FIGURES) {
      columns[figure] = this.column(sweepId, figure, cellRuns(definition, cell))
      // Reading a million runs takes a while, and others may wait
      await setImmediate()
    }
    return await analyseOnThread(this.#options.statisticsUrl, { definition, cell, columns }, signal)
  }

  /** One figure of a range of runs, NaN for runs that have not been made. */
  column(sweepId: number, name: SweepColumn, range: RunRange): Float64Array {
    return this.#options.journal.sweeps.column(sweepId, name, range)
  }

  /** What one run of a sweep is made from. @throws {LabError} when there is no such run. */
  specOf(sweepId: number, index: number): RunSpec {
    const { definition, runs } = this.open(sweepId)
    if (index >= runs) throw new LabError(`Sweep ${sweepId} has ${runs} runs; there is no run ${index}.`)
    return specAt(definition, index)
  }

  /** Interrupts what is under way; it can be resumed. */
  async close(): Promise<void> {
    const underWay = this.#underWay
    if (underWay === undefined) return
    underWay.interrupted = true
    underWay.run.cancel()
    await Promise.allSettled([underWay.finished])
  }

  #requireFree(): void {
    if (this.#underWay === undefined) return
    throw new LabError(`Sweep ${this.#underWay.sweepId} is under way. Wait for it, or cancel it first.`)
  }

  #run(sweepId: number, sweep: SweepDefinition, ranges: readonly RunRange[]): StartedSweep {
    const { journal, workerUrl, budgets, threads, onProgress } = this.#options
    const missing = ranges.reduce((sum, { count }) => sum + count, 0)
    const run = new SweepRun({
      ...{ workerUrl, sweep, ranges, budgets: budgets(), threads: threads() },
      onChunk: (chunk) => {
        journal.sweeps.add(sweepId, chunk)
        underWay.runsMade += chunk.runs
        onProgress(progressOf(underWay))
      },
    })
    const runs = runCount(sweep)
    const underWay: SweepUnderWay = {
      ...{ sweepId, run, runs, runsBefore: runs - missing, runsMade: 0, time: startedStopwatch(performance.now()) },
      ...{ finished: undefined, interrupted: false },
    }
    this.#underWay = underWay
    const finished = this.#recordEnd(underWay)
    underWay.finished = finished
    return { sweepId, finished }
  }

  async #recordEnd(underWay: SweepUnderWay): Promise<SweepRecord> {
    const { sweepId, run } = underWay
    const { journal, onEnded } = this.#options
    try {
      const end = await run.finished
      journal.sweeps.end(sweepId, underWay.interrupted ? 'interrupted' : end.kind, this.#reasonOf(sweepId, end))
    } catch (error) {
      // What could not be written may be resumed: the journal holds all that was
      journal.sweeps.end(sweepId, 'failed', error instanceof Error ? error.message : String(error))
    } finally {
      this.#underWay = undefined
    }
    const sweep = this.open(sweepId)
    onEnded(sweep)
    return sweep
  }

  #reasonOf(sweepId: number, end: SweepEnd): string | undefined {
    if (end.kind !== 'failed') return undefined
    if (end.index === undefined) return end.reason
    const { seed, modelId, machineId, parameters } = this.specOf(sweepId, end.index)
    const swept = this.open(sweepId).definition.axes.map(({ name }) => `, ${name} ${parameters[name] ?? ''}`)
    return `Seed ${seed} under ${modelId} on ${machineId}${swept.join('')}: ${end.reason}`
  }

  #setPaused(sweepId: number, paused: boolean): void {
    const underWay = this.#underWay
    if (underWay?.sweepId !== sweepId) return
    underWay.time = toggled(underWay.time, !paused, performance.now())
    if (paused) underWay.run.pause()
    else underWay.run.resume()
    this.#options.onProgress(progressOf(underWay))
  }
}

function progressOf({ sweepId, run, runs, runsBefore, runsMade, time }: SweepUnderWay): SweepProgress {
  return {
    ...{ sweepId, runs, runsDone: runsBefore + runsMade, runsMade, workers: run.workers },
    ...{ elapsedMs: elapsedMs(time, performance.now()), paused: !isRunning(time) },
  }
}
