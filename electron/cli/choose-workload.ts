import { compileScenario } from '../scenario/c/compile-scenario.ts'
import { checkScenario } from '../scenario/c/check-scenario.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { findScenario, SCENARIO_PRESETS } from '../scenario/presets.ts'
import type { Machine } from '../../shared/machine.ts'
import type { RequestSource } from '../../shared/requests.ts'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import type { ParameterValues, ScenarioInfo } from '../../shared/scenario.ts'
import { CommandError, UsageError } from './command.ts'
import { readText } from './files.ts'

/** A ready scenario, or one in a file, on a machine. */
export interface ChosenWorkload {
  readonly info: ScenarioInfo
  source(parameters: ParameterValues, seed: number, budgets: ScenarioBudgets): RequestSource
}

/** A ready scenario's id, or the path of a C file. @throws {UsageError} or {CommandError} naming what is accepted. */
export async function chooseWorkload(text: string, machine: Machine): Promise<ChosenWorkload> {
  const preset = findScenario(text)
  if (preset !== undefined) {
    return { info: preset.info, source: (parameters, seed) => preset.stream(machine, parameters, seed) }
  }
  if (!text.endsWith('.c')) {
    const ready = SCENARIO_PRESETS.map(({ info }) => info.id).join(', ')
    throw new UsageError(
      `scenario "${text}" is not known; accepted are: ${ready}, and the path of a file that ends in .c`,
    )
  }
  await loadGrammar()
  return workloadInC(text, readText(text), machine)
}

function workloadInC(path: string, source: string, machine: Machine): ChosenWorkload {
  const { diagnostics, parameters, usesSeed } = checkScenario(source, machine)
  const error = diagnostics.find(({ severity }) => severity === 'error')
  if (error !== undefined) {
    throw new CommandError(
      `${path}:${error.line}:${error.column}: ${error.message} "lab check ${path}" shows all errors`,
    )
  }
  return {
    info: { id: path, title: path, description: '', parameters, usesSeed, source },
    source: (values, seed, budgets) =>
      compileScenario(source, { machine, parameters: values, seed, budgets, clock: () => performance.now() }),
  }
}
