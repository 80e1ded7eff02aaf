import type { Catalog, CurrentJob, ExperimentRequest } from '../shared/contract.ts'
import { EXPERIMENT_RUNS_MAX, type NewRun, type RunRecord } from '../shared/journal.ts'
import { machineProblem } from '../shared/machine.ts'
import { choiceOf, modelKey, type ModelChoice } from '../shared/model-choice.ts'
import { asDifference, customModelProblem, kernelModelOf, type CustomModel } from '../shared/policy.ts'
import type { ReportFormat, ReportRequest } from '../shared/report.ts'
import type { RunProgress, RunSpec } from '../shared/run.ts'
import { SEED_MAX } from '../shared/scenario.ts'
import { findKernelModel, KERNEL_MODELS } from './allocator/models.ts'
import { Journal } from './journal/index.ts'
import { LabError } from './lab/lab-error.ts'
import { buildReport, writeReport } from './report/index.ts'
import { ExperimentJob, Runner, type RunOutcome } from './runner/index.ts'
import { SavedMachines } from './lab/saved-machines.ts'
import { findScenario, parameterProblem, SCENARIO_PRESETS, withDefaults } from './scenario/presets.ts'
import { LAB_VERSION } from './version.ts'

export { LabError } from './lab/lab-error.ts'

export interface LabOptions {
  readonly journalPath: string
  readonly onProgress?: (progress: RunProgress) => void
  /** Told when a run has ended and stands in the journal. */
  readonly onRunEnded?: (run: RunRecord) => void
}

export interface StartedExperiment {
  readonly experimentId: number
  readonly runIds: readonly number[]
  /** The runs as recorded, in the order of the request, when all have ended. */
  readonly finished: Promise<readonly RunRecord[]>
}

// The worker stands beside the entry files once they are bundled
const WORKER_URL = import.meta.url.endsWith('.ts')
  ? new URL('runner/run-worker.ts', import.meta.url)
  : new URL('run-worker.js', import.meta.url)

/** The services that window and command line share: runs, journal, reports. */
export class Lab {
  readonly journal: Journal
  readonly machines: SavedMachines
  readonly #runner: Runner
  readonly #onRunEnded: ((run: RunRecord) => void) | undefined
  /** Experiments under way, by id, in the order in which they were started. */
  readonly #jobs = new Map<number, ExperimentJob>()
  readonly #finished = new Set<Promise<unknown>>()

  /** @throws {JournalError} when the journal cannot be opened. */
  constructor(options: LabOptions) {
    this.journal = Journal.open(options.journalPath, { labVersion: LAB_VERSION })
    this.machines = new SavedMachines(this.journal)
    this.#onRunEnded = options.onRunEnded
    this.#runner = new Runner({
      workerUrl: WORKER_URL,
      onProgress: (progress) => {
        for (const job of this.#jobs.values()) job.told(progress)
        options.onProgress?.(progress)
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

  /** Records the experiment and its runs, then makes them. @throws {LabError} when the request is refused; nothing is recorded then. */
  startExperiment(request: ExperimentRequest): StartedExperiment {
    if (request.runs.length === 0) throw new LabError('There is nothing to run: choose a scenario and a kernel model.')
    if (request.runs.length > EXPERIMENT_RUNS_MAX) {
      throw new LabError(
        `${request.runs.length} runs are too many; an experiment holds at most ${EXPERIMENT_RUNS_MAX}.`,
      )
    }
    const runs = request.runs.map(checkedRun)
    requireOneModelAName(runs.map(({ spec }) => spec))
    const { experimentId, runIds } = this.journal.startExperiment({ ...request, runs })
    const job = new ExperimentJob(experimentId, runIds, () => performance.now())
    this.#jobs.set(experimentId, job)
    const ended = runs.map(async ({ spec }, position) => {
      const runId = runIds[position]
      if (runId === undefined) throw new Error(`The journal recorded ${runIds.length} of ${runs.length} runs.`)
      const outcome = await this.#runner.run(runId, spec)
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

  /** The first experiment started here that has not ended. @throws {JournalError} when the journal cannot be read. */
  currentJob(): CurrentJob | undefined {
    const job = [...this.#jobs.values()].find(({ unfinished }) => unfinished.length > 0)
    const experiment = job && this.journal.openExperiment(job.experimentId)
    if (job === undefined || experiment === undefined) return undefined
    const { experimentId, progress, paused, elapsedMs } = job
    return { experimentId, runs: experiment.records, progress, paused, elapsedMs }
  }

  /** @throws {LabError} when a run is not in the journal. */
  report(request: ReportRequest, format: ReportFormat): string {
    const runs = [...new Set(request.runIds)].map((runId) => {
      const run = this.journal.openRun(runId)
      if (run === undefined) throw new LabError(`There is no run ${runId} in ${this.journal.path}.`)
      return run
    })
    const experimentIds = [...new Set(runs.map((run) => run.experimentId))]
    const experiments = experimentIds
      .map((experimentId) => this.journal.openExperiment(experimentId))
      .filter((experiment) => experiment !== undefined)
    const report = buildReport({ request, experiments, runs, labVersion: LAB_VERSION, writtenAtMs: Date.now() })
    return writeReport(report, format)
  }

  /** Cancels what is running, records that, and closes the journal. */
  async close(): Promise<void> {
    await this.#runner.close()
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

/** Brings a run into its recorded form: the model's own id, all parameters. @throws {LabError} */
function checkedRun(spec: RunSpec): NewRun {
  const scenario = findScenario(spec.scenarioId)
  if (scenario === undefined) {
    const known = SCENARIO_PRESETS.map((preset) => preset.info.id).join(', ')
    throw new LabError(`There is no scenario "${spec.scenarioId}"; accepted are: ${known}.`)
  }
  if (!Number.isInteger(spec.seed) || spec.seed < 0 || spec.seed > SEED_MAX) {
    throw new LabError(`The seed is ${spec.seed}; accepted are whole numbers from 0 to ${SEED_MAX}.`)
  }
  const parameters = withDefaults(scenario.info, spec.parameters)
  const problem = parameterProblem(scenario.info, parameters) ?? machineProblem(spec.machine)
  if (problem !== undefined) throw new LabError(`Refused: ${problem}.`)
  return { spec: { ...spec, parameters, ...checkedChoice(spec) }, source: scenario.info.source }
}

/** A release by its own id, or a custom model as no more than its difference from its base. @throws {LabError} */
function checkedChoice({ modelId, custom }: ModelChoice): ModelChoice {
  if (custom !== undefined) {
    if (custom.name === modelId) return choiceOf(checkedModel(custom))
    throw new LabError(`Kernel model refused: a run under "${modelId}" cannot have the definition of "${custom.name}".`)
  }
  const release = findKernelModel(modelId)
  if (release !== undefined) return { modelId: release.id }
  const known = KERNEL_MODELS.map(({ id }) => id).join(', ')
  throw new LabError(`There is no kernel model "${modelId}"; accepted are: ${known}.`)
}

/** @throws {LabError} */
function checkedModel(custom: CustomModel): CustomModel {
  const problem = customModelProblem(custom, KERNEL_MODELS)
  if (problem !== undefined) throw new LabError(`Kernel model refused: ${problem}.`)
  return asDifference(custom, KERNEL_MODELS)
}

/** Results are told apart by the name of their model. @throws {LabError} */
function requireOneModelAName(choices: readonly ModelChoice[]): void {
  const models = new Map(choices.map((choice) => [modelKey(choice), choice.modelId]))
  const names = [...models.values()]
  const twice = names.find((name, position) => names.indexOf(name) !== position)
  if (twice === undefined) return
  throw new LabError(`Two different kernel models of this experiment are called "${twice}". Rename one.`)
}
