import type { Machine } from '../../../shared/machine.ts'
import type { RequestSource } from '../../../shared/requests.ts'
import type { ParameterValues, ScenarioInfo, ScenarioParameter } from '../../../shared/scenario.ts'

/** A ready scenario: what a person sees, and the request stream it stands for. */
export interface ScenarioPreset {
  readonly info: ScenarioInfo
  /**
   * The same stream as the C text's, as loops, where there are such: nothing has to be compiled then. The parameters have
   * passed `parameterProblem`.
   */
  readonly stream?: (machine: Machine, parameters: ParameterValues, seed: number) => RequestSource
}

/** A line of a C text that makes a parameter, with plain numbers as bounds. */
const PARAMETER = /^static int (\w+) = (\d+); \/\* (\d+)\.\.(\d+): (.+) \*\/$/gm
/** Calls whose outcome depends on the seed. */
const SEEDED = /\b(rand|task_order)\(/

/**
 * A ready scenario that is its C text. Its parameters are read from the text in the simple form in which the library writes
 * them, because the list of scenarios must be there before the C grammar is; a test compares them with what the checker reads.
 */
export function inC({
  source,
  ...words
}: Pick<ScenarioInfo, 'id' | 'title' | 'description' | 'source'>): ScenarioPreset {
  const parameters = [...source.matchAll(PARAMETER)].map(
    ([, name = '', value, min, max, help = '']): ScenarioParameter => ({
      ...{ name, help, min: Number(min), max: Number(max), default: Number(value) },
    }),
  )
  return { info: { ...words, parameters, usesSeed: SEEDED.test(source), source } }
}
