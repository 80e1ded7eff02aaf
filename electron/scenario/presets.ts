import type { ParameterValues, ScenarioInfo } from '../../shared/scenario.ts'
import { ADDRESS_SPACE } from './library/address-space.ts'
import { KERNEL_USERS } from './library/kernel-users.ts'
import { PATCH_2015_WORKLOADS } from './library/patch-2015.ts'
import { PATCH_DISCUSSION } from './library/patch-discussion.ts'
import type { ScenarioPreset } from './library/preset.ts'
import { SEVERAL_CPUS } from './library/several-cpus.ts'

export type { ScenarioPreset } from './library/preset.ts'

/** The ready scenarios, in the order in which they are listed. */
export const SCENARIO_PRESETS: readonly ScenarioPreset[] = [
  ...Object.values(PATCH_2015_WORKLOADS),
  ...PATCH_DISCUSSION,
  ...KERNEL_USERS,
  ...SEVERAL_CPUS,
  ...ADDRESS_SPACE,
]

export function findScenario(id: string): ScenarioPreset | undefined {
  return SCENARIO_PRESETS.find((preset) => preset.info.id === id)
}

/** What parameters belong to: a ready scenario, or a program under its title. */
export type Parametrised = Pick<ScenarioInfo, 'id' | 'parameters'>

/** Why these parameters cannot be used, as one clause naming parameter, value and what is accepted. */
export function parameterProblem(info: Parametrised, parameters: ParameterValues): string | undefined {
  const known = info.parameters.map((parameter) => parameter.name)
  const unknown = Object.keys(parameters).find((name) => !known.includes(name))
  if (unknown !== undefined) {
    return `${info.id} has no parameter ${unknown}; accepted are: ${known.length === 0 ? 'none' : known.join(', ')}`
  }
  for (const { name, min, max } of info.parameters) {
    const given = parameters[name]
    if (given === undefined) return `${info.id} needs the parameter ${name}`
    if (!Number.isInteger(given) || given < min || given > max) {
      return `${name} is ${given}; accepted are whole numbers from ${min} to ${max}`
    }
  }
  return undefined
}

/** The defaults of a scenario with `given` values in their place. */
export function withDefaults(info: Parametrised, given: ParameterValues): ParameterValues {
  return { ...Object.fromEntries(info.parameters.map((parameter) => [parameter.name, parameter.default])), ...given }
}
