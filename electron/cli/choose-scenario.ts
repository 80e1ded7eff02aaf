import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { looksLikeTrace, referenceTo } from '../exchange/recorded-trace.ts'
import { readScenarioFile, ScenarioFileError } from '../exchange/scenario-file.ts'
import { checkScenario } from '../scenario/c/check-scenario.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import {
  findScenario,
  parameterProblem,
  SCENARIO_PRESETS,
  withDefaults,
  type Parametrised,
} from '../scenario/presets.ts'
import type { Machine } from '../../shared/machine.ts'
import { sameName } from '../../shared/names.ts'
import { PROGRAM_ID, TRACE_ID, type RunSpec, type ScenarioProgram } from '../../shared/run.ts'
import { isScenarioFile, type SavedScenario } from '../../shared/saved-scenario.ts'
import type { ParameterValues } from '../../shared/scenario.ts'
import { formatTraceReference, parseTraceReference } from '../../shared/trace-reference.ts'
import { ReadError } from '../scenario/bytes.ts'
import { UsageError, type Terminal } from './command.ts'
import { savedScenarios } from './experiment.ts'
import { readInput } from './files.ts'
import { nearNames } from './near-names.ts'

/** What every command that takes a SCENARIO accepts. */
export const SCENARIO_HELP = `SCENARIO is a ready scenario, the name of a saved one, a text in C as FILE.c, or "-" for such a text on standard input; see
"lab scenarios". docs/SCENARIOS.md describes the language.
`

/** What can be run besides. */
export const TRACE_HELP = `Or it is the file of a trace, gzip or not, of any length; see "lab trace". A run keeps its path and SHA-256.
`

/** A text in C that somebody named. */
export interface ScenarioText {
  /** As the user named it, for messages. */
  readonly label: string
  readonly title: string
  readonly source: string
}

/** The text of a scenario; the journal is only opened for a name that is neither a file nor a ready scenario. @throws {UsageError} */
export async function findText(name: string, journal: string | undefined, terminal: Terminal): Promise<ScenarioText> {
  if (name === '-') return { label: 'standard input', title: 'standard input', source: readInput(terminal) }
  if (isScenarioFile(name)) return readScenarioText(name)
  const ready = findScenario(name)
  if (ready !== undefined) return { label: name, title: ready.info.title, source: ready.info.source }
  const saved = await savedScenarios(journal)
  const found = findSaved(name, saved)
  if (found !== undefined) return { label: found.name, title: found.name, source: found.source }
  if (existsSync(name)) return readScenarioText(name)
  throw unknownScenario('scenario', name, [
    ...SCENARIO_PRESETS.map(({ info }) => info.id),
    ...saved.map((one) => one.name),
  ])
}

/** Saved names are taken whatever their case. */
export function findSaved(name: string, saved: readonly SavedScenario[]): SavedScenario | undefined {
  return saved.find((scenario) => sameName(scenario.name, name))
}

/** Why there is no scenario of this name: near names, or all that there are. */
export function unknownScenario(what: string, name: string, known: readonly string[]): UsageError {
  const near = nearNames(name, known)
  if (near.length > 0) return new UsageError(`${what} "${name}" is not known; near it are: ${near.join(', ')}`)
  const accepted = known.length === 0 ? 'there is none' : `accepted are: ${known.join(', ')}`
  return new UsageError(`${what} "${name}" is not known; ${accepted}`)
}

/** The text of a .c file. @throws {UsageError} naming the file and the reason. */
export function readScenarioText(path: string): ScenarioText {
  try {
    const { name, source } = readScenarioFile(path)
    return { label: path, title: name, source }
  } catch (error) {
    if (error instanceof ScenarioFileError) throw new UsageError(`${path}: cannot be read (${error.message})`)
    throw error
  }
}

/** What a run spec has of its scenario, and the parameters that it takes. */
export interface ChosenScenario extends Parametrised {
  readonly title: string
  readonly spec: Pick<RunSpec, 'scenarioId' | 'program'>
}

/** A scenario that can be run on a machine. @throws {UsageError} naming the first error of a text. */
export async function chooseScenario(
  name: string,
  machine: Machine,
  journal: string | undefined,
  terminal: Terminal,
): Promise<ChosenScenario> {
  const ready = findScenario(name)
  if (ready !== undefined) {
    const { id, title, parameters } = ready.info
    return { id, title, parameters, spec: { scenarioId: id } }
  }
  if (name !== '-' && !isScenarioFile(name) && looksLikeTrace(name)) return await traceFile(name)
  const { label, title, source } = await findText(name, journal, terminal)
  if (parseTraceReference(source) !== undefined) return chosenTrace({ title, source })
  await loadGrammar()
  const { diagnostics, parameters } = checkScenario(source, machine)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) {
    return { id: title, title, parameters, spec: { scenarioId: PROGRAM_ID, program: { title, source } } }
  }
  const more = errors.length === 1 ? '' : ` "lab check" lists all ${errors.length} errors.`
  throw new UsageError(`${label}, line ${first.line}, column ${first.column}: ${first.message}${more}`)
}

function chosenTrace(program: ScenarioProgram): ChosenScenario {
  return { id: program.title, title: program.title, parameters: [], spec: { scenarioId: TRACE_ID, program } }
}

async function traceFile(path: string): Promise<ChosenScenario> {
  try {
    return chosenTrace({ title: basename(path), source: formatTraceReference(await referenceTo(path)) })
  } catch (error) {
    if (error instanceof ReadError) throw new UsageError(error.message)
    throw error
  }
}

/** `NAME=VALUE` arguments over the scenario's defaults. @throws {UsageError} naming parameter, value and range. */
export function chooseParameters(info: Parametrised, given: readonly string[]): ParameterValues {
  const values = given.map((argument) => {
    const [, name, digits] = /^([^=]+)=(-?\d+)$/.exec(argument) ?? []
    if (name === undefined) {
      throw new UsageError(
        `--param "${argument}" cannot be read; accepted is NAME=VALUE with a whole number, as iters=1000`,
      )
    }
    return [name, Number(digits)] as const
  })
  const parameters = withDefaults(info, Object.fromEntries(values))
  const problem = parameterProblem(info, parameters)
  if (problem !== undefined) throw new UsageError(`--param: ${problem}`)
  return parameters
}
