import { findScenario, parameterProblem, SCENARIO_PRESETS, withDefaults } from '../scenario/presets.ts'
import type { ParameterValues, ScenarioInfo } from '../../shared/scenario.ts'
import { UsageError } from './command.ts'

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
