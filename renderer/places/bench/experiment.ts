import type { Catalog } from '../../../shared/contract.ts'
import { formatQuantity } from '../../../shared/format.ts'
import { TITLE_LENGTH_MAX } from '../../../shared/journal.ts'
import { DEFAULT_MACHINE_ID, sameMachine } from '../../../shared/machine.ts'
import type { RunRecord } from '../../../shared/journal.ts'
import { PATCH_2015, patch2015Runs } from '../../../shared/published.ts'
import { modelKey } from '../../../shared/model-choice.ts'
import type { RunSpec, ScenarioProgram } from '../../../shared/run.ts'
import { CUSTOM_MACHINE_ID } from '../../../shared/saved-machine.ts'
import { modelsOfRuns } from './bench-models.ts'
import { withDefaultValues } from './editor/ready-text.ts'
import { runsOf, type BenchSetup, type Programs } from './setup.ts'

/** What an experiment is called and what it asks. */
export interface ExperimentWords {
  readonly title: string
  readonly question: string
}

/** Equal for runs that come to the same result. */
function keyOf(spec: RunSpec): string {
  const { scenarioId, program, parameters, seed, machineId, machine } = spec
  const { wordBits, nrCpus, vmallocStartPage, vmallocPages, bbmapBits } = machine
  const values = program
    ? withDefaultValues(program.source, parameters)
    : Object.entries(parameters).sort(([left], [right]) => (left < right ? -1 : 1))
  const size = [wordBits, nrCpus, vmallocStartPage, vmallocPages, bbmapBits]
  return JSON.stringify([scenarioId, values, seed, machineId, size, modelKey(spec)])
}

/** True when both name the same runs, in any order. */
export function sameRuns(left: readonly RunSpec[], right: readonly RunSpec[]): boolean {
  const wanted = right.map(keyOf).sort()
  return (
    left.length === right.length &&
    left
      .map(keyOf)
      .sort()
      .every((key, position) => key === wanted[position])
  )
}

/** Of runs that come to the same result the one made last, in the order in which they were first asked for. */
export function latestOfEach(records: readonly RunRecord[]): readonly RunRecord[] {
  return [...new Map(records.map((record) => [keyOf(record.spec), record])).values()]
}

/** The runs among `planned` that the records have not, or have without a result. */
export function missingRuns(planned: readonly RunSpec[], records: readonly RunRecord[]): readonly RunSpec[] {
  const made = records.filter(({ status }) => status === 'finished' || status === 'running')
  const keys = new Set(made.map(({ spec }) => keyOf(spec)))
  return planned.filter((spec) => !keys.has(keyOf(spec)))
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** A title that names more is a list that nobody reads. */
const NAMED_MODELS_MAX = 4

export function scenarioTitle({ scenarioId, program }: RunSpec, catalog: Catalog): string {
  return program?.title ?? catalog.scenarios.find(({ id }) => id === scenarioId)?.title ?? scenarioId
}

/** The 2015 patch under its own name, and any other experiment under what it runs: `Exhaust under v4.0 and v4.1`. */
export function wordsFor(runs: readonly RunSpec[], catalog: Catalog): ExperimentWords {
  if (sameRuns(runs, patch2015Runs())) return { title: PATCH_2015.title, question: PATCH_2015.question }
  const scenarios = list.format(unique(runs.map((run) => scenarioTitle(run, catalog))))
  const modelIds = unique(runs.map(({ modelId }) => modelId))
  const models =
    modelIds.length > NAMED_MODELS_MAX ? formatQuantity(modelIds.length, 'kernel model') : list.format(modelIds)
  const machineId = runs[0]?.machineId ?? DEFAULT_MACHINE_ID
  const machine = machineId === DEFAULT_MACHINE_ID ? '' : ` on ${machineTitle(machineId, catalog)}`
  return { title: `${scenarios} under ${models}${machine}`.slice(0, TITLE_LENGTH_MAX), question: '' }
}

function machineTitle(machineId: string, catalog: Catalog): string {
  if (machineId === CUSTOM_MACHINE_ID) return 'a custom machine'
  return catalog.machines.find(({ id }) => id === machineId)?.title ?? machineId
}

/** The programs and traces that runs were made of, each once, with the values they were made with as defaults in the text. */
export function programsOf(runs: readonly RunSpec[]): readonly ScenarioProgram[] {
  const programs = new Map(
    runs.flatMap(({ program, parameters }) => {
      if (program === undefined) return []
      const recorded = { ...program, source: withDefaultValues(program.source, parameters) }
      return [[JSON.stringify(recorded), recorded] as const]
    }),
  )
  return [...programs.values()]
}

/**
 * The setup that plans exactly these runs; `undefined` when no setup does, as for runs of several machines. `programs` has each
 * program of these runs.
 */
export function setupOf(runs: readonly RunSpec[], catalog: Catalog, programs: Programs): BenchSetup | undefined {
  const [first] = runs
  if (first === undefined) return undefined
  const { machineId, machine } = first
  const known = catalog.machines.find(({ id }) => id === machineId)
  const setup: BenchSetup = {
    scenarioIds: unique(runs.map((run) => referenceOf(run, programs))),
    parameters: Object.fromEntries(
      runs
        .filter(({ program }) => program === undefined)
        .map(({ scenarioId, parameters }) => [scenarioId, { ...parameters }]),
    ),
    seed: first.seed,
    machineId,
    ...((known === undefined || !sameMachine(known.machine, machine)) && { recordedMachine: machine }),
    modelIds: unique(runs.map(({ modelId }) => modelId)),
    customModels: modelsOfRuns(runs, catalog),
  }
  return sameRuns(runsOf(setup, catalog, programs), runs) ? setup : undefined
}

/** What a setup calls the scenario of a run. */
function referenceOf({ scenarioId, program, parameters }: RunSpec, programs: Programs): string {
  if (program === undefined) return scenarioId
  const source = withDefaultValues(program.source, parameters)
  const found = [...programs].find(([, known]) => known.source === source)
  return found?.[0] ?? scenarioId
}
