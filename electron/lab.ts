import type { Catalog, CurrentJob, ExperimentRequest } from '../shared/contract.ts'
import type { JournalWorkProgress, NewRun, RunRecord } from '../shared/journal.ts'
import type { Machine } from '../shared/machine.ts'
import { customModelProblem, kernelModelOf, type CustomModel } from '../shared/policy.ts'
import type { ReplayProgress } from '../shared/replay.ts'
import type { ReportFormat, ReportRequest } from '../shared/report.ts'
import type { RunProgress, RunSpec } from '../shared/run.ts'
import { freeName } from '../shared/names.ts'
import {
  SCENARIO_NAME_LENGTH_MAX,
  scenarioNameProblem,
  type SavedScenario,
  type SaveScenarioRequest,
} from '../shared/saved-scenario.ts'
import { DEFAULT_BUDGETS, type ScenarioBudgets } from '../shared/scenario-budgets.ts'
import type { ScenarioCheck } from '../shared/scenario-check.ts'
import type { SweepProgress, SweepRecord } from '../shared/sweep-record.ts'
import type { PreviewRequest, ScenarioPreview } from '../shared/scenario-preview.ts'
import { KERNEL_MODELS } from './allocator/models.ts'
import { Journal } from './journal/index.ts'
import { checkedModel, requireOneModelAName } from './lab/checked-model.ts'
import { checkedRuns } from './lab/checked-runs.ts'
import { readScenarioOrTrace } from './lab/imported-scenario.ts'
import { LabError } from './lab/lab-error.ts'
import { Replays } from './lab/replays.ts'
import { ReportedDivergences } from './lab/reported-divergences.ts'
import { JournalWork } from './lab/journal-work.ts'
import { RunChecks } from './lab/run-checks.ts'
import { SavedMachines } from './lab/saved-machines.ts'
import { LabSweeps } from './lab/sweeps.ts'
import { ScenarioReader } from './lab/scenario-reader.ts'
import { buildReport, writeReport } from './report/index.ts'
import { ExperimentJob, Runner, type RunOutcome } from './runner/index.ts'
import { SCENARIO_PRESETS } from './scenario/presets.ts'
import { LAB_VERSION } from './version.ts'

export { LabError } from './lab/lab-error.ts'

export interface LabOptions {
  readonly journalPath: string
  readonly onProgress?: (progress: RunProgress, experimentId: number) => void
  /** Of runs that are made again. */
  readonly onCheckProgress?: (progress: RunProgress) => void
  /** Told when a run has ended and stands in the journal. */
  readonly onRunEnded?: (run: RunRecord) => void
  /** Told of each part of a sweep that stands in the journal. */
  readonly onSweepProgress?: (progress: SweepProgress) => void
  readonly onSweepEnded?: (sweep: SweepRecord) => void
  readonly onJournalWork?: (progress: JournalWorkProgress | undefined) => void
  readonly onReplayProgress?: (progress: ReplayProgress, owner: number) => void
  /** What runs of programs may use up, asked whenever an experiment starts; `DEFAULT_BUDGETS` when absent. */
  readonly budgets?: () => ScenarioBudgets
  /** Most threads that make runs, 0 for as many as there are processors; asked whenever a run could be started. */
  readonly threads?: () => number
}

export interface StartedExperiment {
  readonly experimentId: number
  readonly runIds: readonly number[]
  /** The runs as recorded, in the order of the request, when all have ended. */
  readonly finished: Promise<readonly RunRecord[]>
}

/** The entries of workers, in a source tree. */
const WORKERS = {
  'run-worker': 'runner/run-worker.ts',
  'scenario-worker': 'runner/scenario-worker.ts',
  'replay-worker': 'runner/replay/replay-worker.ts',
  'sweep-worker': 'runner/sweep-worker.ts',
  'statistics-worker': 'runner/statistics-worker.ts',
  'journal-worker': 'lab/journal-worker.ts',
} as const

/** A worker's entry. It stands beside the entry files once they are bundled. */
function workerUrl(name: keyof typeof WORKERS): URL {
  return new URL(import.meta.url.endsWith('.ts') ? WORKERS[name] : `${name}.js`, import.meta.url)
}

/** The services that window and command line share: runs, journal, reports. */
export class Lab {
  readonly journal: Journal
  readonly machines: SavedMachines
  readonly sweeps: LabSweeps
  readonly replays: Replays
  readonly checks: RunChecks
  readonly journalWork: JournalWork
  readonly #divergences: ReportedDivergences
  readonly #runner: Runner
  readonly #scenarios = new ScenarioReader(workerUrl('scenario-worker'))
  readonly #budgets: () => ScenarioBudgets
  readonly #onRunEnded: ((run: RunRecord) => void) | undefined
  /** Experiments under way, by id, in the order in which they were started. */
  readonly #jobs = new Map<number, ExperimentJob>()
  readonly #finished = new Set<Promise<unknown>>()

  /** @throws {JournalError} when the journal cannot be opened. */
  constructor(options: LabOptions) {
    this.journal = Journal.open(options.journalPath, { labVersion: LAB_VERSION })
    this.machines = new SavedMachines(this.journal)
    this.#onRunEnded = options.onRunEnded
    this.#budgets = options.budgets ?? (() => DEFAULT_BUDGETS)
    const threads = options.threads ?? ((): number => 0)
    this.sweeps = new LabSweeps({
      journal: this.journal,
      workerUrl: workerUrl('sweep-worker'),
      statisticsUrl: workerUrl('statistics-worker'),
      budgets: this.#budgets,
      threads,
      check: (source, machine) => this.#scenarios.check(source, machine),
      onProgress: (progress) => options.onSweepProgress?.(progress),
      onEnded: (sweep) => options.onSweepEnded?.(sweep),
    })
    this.replays = new Replays({
      workerUrl: workerUrl('replay-worker'),
      budgets: this.#budgets,
      check: (source, machine) => this.#scenarios.check(source, machine),
      onProgress: (progress, owner) => options.onReplayProgress?.(progress, owner),
    })
    this.#divergences = new ReportedDivergences(this.replays)
    this.checks = new RunChecks({
      journal: this.journal,
      workerUrl: workerUrl('run-worker'),
      checkScenario: (source, machine) => this.#scenarios.check(source, machine),
      budgets: this.#budgets,
      threads,
      ...(options.onCheckProgress && { onProgress: options.onCheckProgress }),
    })
    this.journalWork = new JournalWork({
      journal: this.journal,
      workerUrl: workerUrl('journal-worker'),
      ...(options.onJournalWork && { onProgress: options.onJournalWork }),
    })
    this.#runner = new Runner({
      workerUrl: workerUrl('run-worker'),
      threads,
      onProgress: (progress) => {
        for (const job of this.#jobs.values()) if (job.told(progress)) options.onProgress?.(progress, job.experimentId)
      },
    })
  }

  get workers(): number {
    return this.#runner.workers
  }

  /** What there is to choose from. What was saved and this version cannot make is in `customModels` and `savedMachines` alone. */
  catalog(): Catalog {
    const customModels = this.customModels()
    const usable = customModels.filter((custom) => customModelProblem(custom, KERNEL_MODELS) === undefined)
    return {
      scenarios: SCENARIO_PRESETS.map((preset) => preset.info),
      models: [...KERNEL_MODELS, ...usable.map((custom) => kernelModelOf(custom, KERNEL_MODELS))],
      customModels,
      machines: this.machines.choices(),
      savedMachines: this.machines.all(),
    }
  }

  /** The saved models, by name. */
  customModels(): readonly CustomModel[] {
    return this.journal.savedItems('model').map(({ name, definition: { base, choices } }) => ({ name, base, choices }))
  }

  /** Saves a model over one of the same name, and in place of the one with the former name. @throws {LabError} */
  saveModel(custom: CustomModel, formerName?: string): CustomModel {
    const model = checkedModel(custom)
    const { name, base, choices } = model
    this.journal.saveItem({ kind: 'model', name, definition: { base, choices }, formerName })
    return model
  }

  /** Runs that were made under it keep their own definition. Answers false when there is none with this name. */
  deleteModel(name: string): boolean {
    return this.journal.deleteItem('model', name)
  }

  /** What is wrong with a text, its parameters and its outline on a machine. */
  checkScenario(source: string, machine: Machine): Promise<ScenarioCheck> {
    return this.#scenarios.check(source, machine)
  }

  /** The first requests of a text. */
  previewScenario(request: PreviewRequest): Promise<ScenarioPreview> {
    return this.#scenarios.preview(request)
  }

  /** Saves a new scenario or a new version of one; a text with errors is saved too. @throws {LabError} @throws {JournalError} */
  saveScenario(request: SaveScenarioRequest): SavedScenario {
    requireScenarioName(request.name)
    return this.journal.saveScenario(request)
  }

  /** Saves a .c file, or a trace, as a new scenario named after the file. @throws {LabError} @throws {JournalError} */
  async importScenario(path: string, signal?: AbortSignal): Promise<SavedScenario> {
    const { name, source } = await readScenarioOrTrace(path, signal)
    const ready = SCENARIO_PRESETS.flatMap(({ info }) => [info.id, info.title])
    const saved = this.journal.savedScenarios().map((scenario) => scenario.name)
    return this.saveScenario({ name: freeName(name, [...ready, ...saved], SCENARIO_NAME_LENGTH_MAX), source })
  }

  /** @throws {LabError} @throws {JournalError} */
  renameScenario(id: number, name: string): SavedScenario {
    requireScenarioName(name)
    return this.journal.renameScenario(id, name)
  }

  /** Records the experiment and its runs, then makes them. @throws {LabError} when the request is refused; nothing is recorded then. */
  async startExperiment(request: ExperimentRequest): Promise<StartedExperiment> {
    const runs = await this.#checked(request.runs)
    const { experimentId, runIds } = this.journal.startExperiment({ ...request, runs })
    return this.#make(experimentId, runIds, runs)
  }

  /** Records further runs of an experiment, then makes them. @throws {LabError} when refused; nothing is recorded then. */
  async addRuns(experimentId: number, specs: readonly RunSpec[]): Promise<StartedExperiment> {
    const runs = await this.#checked(specs)
    if (this.#jobs.has(experimentId)) throw new LabError('This experiment is being run. Wait for its end or cancel it.')
    const recorded = this.journal.openExperiment(experimentId)?.runs ?? []
    requireOneModelAName([...recorded, ...runs].map(({ spec }) => spec))
    return this.#make(experimentId, this.journal.addRuns(experimentId, runs), runs)
  }

  /** The runs in their recorded form. @throws {LabError} */
  #checked(specs: readonly RunSpec[]): Promise<readonly NewRun[]> {
    return checkedRuns(specs, (source, machine) => this.#scenarios.check(source, machine))
  }

  #make(experimentId: number, runIds: readonly number[], runs: readonly NewRun[]): StartedExperiment {
    const budgets = this.#budgets()
    const job = new ExperimentJob(experimentId, runIds, () => performance.now())
    this.#jobs.set(experimentId, job)
    const ended = runs.map(async ({ spec }, position) => {
      const runId = runIds[position]
      if (runId === undefined) throw new Error(`The journal recorded ${runIds.length} of ${runs.length} runs.`)
      const outcome = await this.#runner.run(runId, spec, budgets)
      job.ended(runId)
      return this.#record(runId, outcome)
    })
    const finished = Promise.all(ended).finally(() => {
      this.#jobs.delete(experimentId)
      this.#finished.delete(finished)
    })
    this.#finished.add(finished)
    return { experimentId, runIds, finished }
  }

  /** Cancels what has not ended; finished runs stay. */
  cancelExperiment(experimentId: number): void {
    for (const runId of this.#unfinished(experimentId)) this.#runner.cancel(runId)
  }

  /** Holds what has not ended until it is resumed or cancelled. */
  pauseExperiment(experimentId: number): void {
    this.#jobs.get(experimentId)?.setPaused(true)
    for (const runId of this.#unfinished(experimentId)) this.#runner.pause(runId)
  }

  resumeExperiment(experimentId: number): void {
    this.#jobs.get(experimentId)?.setPaused(false)
    for (const runId of this.#unfinished(experimentId)) this.#runner.resume(runId)
  }

  /** The first experiment that is meant and has not ended. @throws {JournalError} when the journal cannot be read. */
  currentJob(isMeant: (experimentId: number) => boolean = () => true): CurrentJob | undefined {
    const job = [...this.#jobs.values()].find(
      ({ experimentId, unfinished }) => unfinished.length > 0 && isMeant(experimentId),
    )
    const experiment = job && this.journal.openExperiment(job.experimentId)
    if (job === undefined || experiment === undefined) return undefined
    const { experimentId, progress, paused, elapsedMs } = job
    return { experimentId, runs: experiment.records, progress, paused, elapsedMs }
  }

  /** @throws {LabError} when a run is not in the journal. */
  async report(request: ReportRequest, format: ReportFormat): Promise<string> {
    const runs = [...new Set(request.runIds)].map((runId) => {
      const run = this.journal.openRun(runId)
      if (run === undefined) throw new LabError(`There is no run ${runId} in ${this.journal.path}.`)
      return run
    })
    const experimentIds = [...new Set(runs.map((run) => run.experimentId))]
    const experiments = experimentIds
      .map((experimentId) => this.journal.openExperiment(experimentId))
      .filter((experiment) => experiment !== undefined)
    const divergences = request.sections.includes('divergence') ? await this.#divergences.of(runs) : new Map()
    const report = buildReport({
      ...{ request, experiments, runs, divergences, labVersion: LAB_VERSION, writtenAtMs: Date.now() },
    })
    return writeReport(report, format)
  }

  /** Cancels what is running, records that, and closes the journal. */
  async close(): Promise<void> {
    await Promise.all([
      ...[this.#runner.close(), this.checks.close(), this.sweeps.close()],
      ...[this.replays.closeAll(), this.#scenarios.close(), this.journalWork.close()],
    ])
    await Promise.allSettled(this.#finished)
    this.journal.close()
  }

  #unfinished(experimentId: number): readonly number[] {
    return this.#jobs.get(experimentId)?.unfinished ?? []
  }

  /** Writes how a run ended into the journal and tells of it. @throws {JournalError} when that cannot be written. */
  #record(runId: number, outcome: RunOutcome): RunRecord {
    try {
      this.#write(runId, outcome)
    } catch (error) {
      // Nobody must wait for a run that is over; the journal shows it as interrupted from the next start on
      const record = this.#lastKnown(runId)
      const reason = error instanceof Error ? error.message : String(error)
      if (record !== undefined) this.#onRunEnded?.({ ...record, status: 'failed', failure: reason })
      throw error
    }
    const record = this.journal.openRun(runId)
    if (record === undefined) throw new Error(`Run ${runId} is missing from ${this.journal.path}.`)
    this.#onRunEnded?.(record)
    return record
  }

  #write(runId: number, outcome: RunOutcome): void {
    switch (outcome.kind) {
      case 'finished':
        this.journal.finishRun(runId, outcome.result)
        break
      case 'cancelled':
        this.journal.cancelRun(runId)
        break
      case 'failed':
        this.journal.failRun(runId, outcome.reason)
    }
  }

  #lastKnown(runId: number): RunRecord | undefined {
    try {
      return this.journal.openRun(runId)
    } catch {
      // The journal that could not be written cannot be read either
      return undefined
    }
  }
}

/** @throws {LabError} */
function requireScenarioName(name: string): void {
  const problem = scenarioNameProblem(
    name,
    SCENARIO_PRESETS.map(({ info }) => info),
  )
  if (problem !== undefined) throw new LabError(problem)
}

/** @throws {LabError} naming the file and the reason. */
