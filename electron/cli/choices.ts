import { existsSync } from 'node:fs'
import { MachineFileError, parseMachineFile } from '../exchange/machine-file.ts'
import { findScenario, parameterProblem, SCENARIO_PRESETS, withDefaults } from '../scenario/presets.ts'
import { MACHINE_PRESETS, type Machine } from '../../shared/machine.ts'
import type { ParameterValues, ScenarioInfo } from '../../shared/scenario.ts'
import { UsageError } from './command.ts'
import { readText } from './files.ts'

/** @throws {UsageError} naming what is accepted. */
export function chooseScenario(text: string): ScenarioInfo {
  const preset = findScenario(text)
  if (preset === undefined) {
    const accepted = SCENARIO_PRESETS.map(({ info }) => info.id).join(', ')
    throw new UsageError(`scenario "${text}" is not known; accepted are: ${accepted}`)
  }
  return preset.info
}

/** `NAME=VALUE` arguments over the scenario's defaults. @throws {UsageError} naming parameter, value and range. */
export function chooseParameters(info: ScenarioInfo, given: readonly string[]): ParameterValues {
  const values = given.map((argument) => {
    const [, name, digits] = /^([^=]+)=(\d+)$/.exec(argument) ?? []
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

export interface ChosenMachine {
  readonly machineId: string
  readonly machine: Machine
}

/** A preset's id or the path of a machine file. @throws {UsageError} or {CommandError} naming the file and what is accepted. */
export function chooseMachine(text: string): ChosenMachine {
  const preset = MACHINE_PRESETS.find(({ id }) => id === text)
  if (preset !== undefined) return { machineId: preset.id, machine: preset.machine }
  if (!existsSync(text)) {
    const accepted = MACHINE_PRESETS.map(({ id }) => id).join(', ')
    throw new UsageError(`--machine "${text}" is neither a preset nor a file; presets are: ${accepted}`)
  }
  try {
    return { machineId: 'custom', machine: parseMachineFile(readText(text)) }
  } catch (error) {
    if (error instanceof MachineFileError) throw new UsageError(`--machine ${text}: ${error.message}`)
    throw error
  }
}
