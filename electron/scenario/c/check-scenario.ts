import { DEFAULT_MACHINE_ID, MACHINE_PRESETS, vmapMaxAlloc, type Machine } from '../../../shared/machine.ts'
import type { ScenarioCheck } from '../../../shared/scenario-check.ts'
import type { ParameterValues } from '../../../shared/scenario.ts'
import type { Program } from './ast.ts'
import { expressionsWithin, reachableFunctions } from './ast-parts.ts'
import { TASK_ORDERS } from './builtins.ts'
import { Estimator } from './outline/estimate.ts'
import { outlineOf } from './outline/outline.ts'
import { readProgram } from './read-program.ts'

/**
 * What a text is as a scenario on a machine (without one, the default machine): what is wrong with it, its parameters, its
 * outline. Never throws for any text. `loadGrammar` must have finished.
 */
export function checkScenario(text: string, machine: Machine = defaultMachine()): ScenarioCheck {
  const { source, diagnostics, parameters, program } = readProgram(text, machine)
  return {
    diagnostics: diagnostics.sorted,
    parameters: parameters.map(({ info }) => info),
    usesSeed: program !== undefined && usesSeed(program),
    outline: program === undefined ? [] : outlineOf(program, source, estimatorOf(program, {}, machine)),
  }
}

/** An estimator of a program with parameters; what is not given has its default. */
export function estimatorOf(program: Program, parameters: ParameterValues, machine: Machine): Estimator {
  const values = program.parameters.map(
    ({ variable, info }) => [variable, BigInt(parameters[info.name] ?? info.default)] as const,
  )
  return new Estimator(program, new Map(values), vmapMaxAlloc(machine.wordBits))
}

function defaultMachine(): Machine {
  const preset = MACHINE_PRESETS.find(({ id }) => id === DEFAULT_MACHINE_ID)
  if (preset === undefined) throw new Error(`There is no machine ${DEFAULT_MACHINE_ID}.`)
  return preset.machine
}

/** True when the seed can make a difference: by random numbers, or by the order of tasks. */
function usesSeed(program: Program): boolean {
  for (const { body } of reachableFunctions(program)) {
    if (body === undefined) continue
    for (const expression of expressionsWithin(body)) {
      if (expression.kind !== 'builtin') continue
      const [argument] = expression.args
      const isFixed = argument?.kind === 'literal' && argument.value === BigInt(TASK_ORDERS.ROUND_ROBIN)
      if (expression.name === 'rand' || (expression.name === 'task_order' && !isFixed)) return true
    }
  }
  return false
}
