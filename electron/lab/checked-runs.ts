import { EXPERIMENT_RUNS_MAX, type NewRun } from '../../shared/journal.ts'
import { machineProblem, type Machine } from '../../shared/machine.ts'
import { PROGRAM_ID, TRACE_ID, type RunSpec, type ScenarioProgram } from '../../shared/run.ts'
import { scenarioNameProblem } from '../../shared/saved-scenario.ts'
import type { ScenarioCheck } from '../../shared/scenario-check.ts'
import { SEED_MAX } from '../../shared/scenario.ts'
import { parseTraceReference } from '../../shared/trace-reference.ts'
import {
  findScenario,
  parameterProblem,
  SCENARIO_PRESETS,
  withDefaults,
  type Parametrised,
} from '../scenario/presets.ts'
import { checkedChoice, requireOneModelAName } from './checked-model.ts'
import { LabError } from './lab-error.ts'

export type CheckScenario = (source: string, machine: Machine) => Promise<ScenarioCheck>

/** Brings the runs of an experiment into their recorded form: the model's own id, all parameters. @throws {LabError} */
export async function checkedRuns(specs: readonly RunSpec[], check: CheckScenario): Promise<readonly NewRun[]> {
  if (specs.length === 0) throw new LabError('There is nothing to run: choose a scenario and a kernel model.')
  if (specs.length > EXPERIMENT_RUNS_MAX) {
    throw new LabError(`${specs.length} runs are too many; an experiment holds at most ${EXPERIMENT_RUNS_MAX}.`)
  }
  const checkOnce = remembering(check)
  const runs = await Promise.all(specs.map((spec) => checkedRun(spec, checkOnce)))
  requireOneModelAName(runs.map(({ spec }) => spec))
  return runs
}

/** A scenario that there is: what it is called, its parameters and its text. */
interface KnownScenario extends Parametrised {
  readonly source: string
  readonly usesSeed: boolean
}

/** A run in its recorded form, and whether its requests depend on the seed. */
interface CheckedRun extends NewRun {
  readonly usesSeed: boolean
}

/** Brings the runs that a sweep's runs are made of into their recorded form. @throws {LabError} */
export async function checkedParts(specs: readonly RunSpec[], check: CheckScenario): Promise<readonly CheckedRun[]> {
  const checkOnce = remembering(check)
  return await Promise.all(specs.map((spec) => checkedRun(spec, checkOnce)))
}

async function checkedRun(spec: RunSpec, check: CheckScenario): Promise<CheckedRun> {
  if (!Number.isInteger(spec.seed) || spec.seed < 0 || spec.seed > SEED_MAX) {
    throw new LabError(`The seed is ${spec.seed}; accepted are whole numbers from 0 to ${SEED_MAX}.`)
  }
  const unusable = machineProblem(spec.machine)
  if (unusable !== undefined) throw new LabError(`Refused: ${unusable}.`)
  const scenario = await knownScenario(spec, check)
  const parameters = withDefaults(scenario, spec.parameters)
  const problem = parameterProblem(scenario, parameters)
  if (problem !== undefined) throw new LabError(`Refused: ${problem}.`)
  const { source, usesSeed } = scenario
  return { spec: { ...spec, parameters, ...checkedChoice(spec) }, source, usesSeed }
}

async function knownScenario(spec: RunSpec, check: CheckScenario): Promise<KnownScenario> {
  const { scenarioId, program } = spec
  if (program === undefined) return readyScenario(spec)
  const unnamed = scenarioNameProblem(program.title, [])
  if (unnamed !== undefined) throw new LabError(unnamed)
  if (scenarioId !== TRACE_ID) return checkedProgram(spec, program, check)
  if (parseTraceReference(program.source) === undefined) throw new LabError(`"${program.title}" stands for no trace.`)
  return { id: program.title, parameters: [], source: program.source, usesSeed: false }
}

function readyScenario({ scenarioId }: RunSpec): KnownScenario {
  const scenario = findScenario(scenarioId)
  if (scenario !== undefined) return scenario.info
  const known = SCENARIO_PRESETS.map((preset) => preset.info.id).join(', ')
  throw new LabError(`There is no scenario "${scenarioId}"; accepted are: ${known}.`)
}

async function checkedProgram(
  { scenarioId, machine }: RunSpec,
  { title, source }: ScenarioProgram,
  check: CheckScenario,
): Promise<KnownScenario> {
  if (scenarioId !== PROGRAM_ID) {
    throw new LabError(
      `The scenario id of a program is "${PROGRAM_ID}"; "${scenarioId}" cannot have a text of its own.`,
    )
  }
  const { diagnostics, parameters, usesSeed } = await check(source, machine)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) return { id: title, parameters, source, usesSeed }
  const which = errors.length === 1 ? ',' : ` has ${errors.length} errors, the first in`
  throw new LabError(`"${title}"${which} line ${first.line}, column ${first.column}: ${first.message}`)
}

/** Asks about each text on each machine once: the runs of an experiment share few of them. */
function remembering(check: CheckScenario): CheckScenario {
  const known = new Map<string, Promise<ScenarioCheck>>()
  return (source, machine) => {
    const key = JSON.stringify([machine, source])
    const answer = known.get(key) ?? check(source, machine)
    known.set(key, answer)
    return answer
  }
}
