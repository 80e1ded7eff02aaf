import { z } from 'zod'
import type { KernelModel } from '../../shared/kernel-model.ts'
import {
  asDifference,
  CHOICE_RANGES,
  CHOICE_VALUES,
  customModelProblem,
  type CustomModel,
  type PolicyChoices,
} from '../../shared/policy.ts'

export { formatModelFile, modelAsData } from '../../shared/model-file.ts'

/** A model file that cannot be read; the message says what, where, and what is accepted. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError'
}

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, `accepted are ${values.join(', ')}`).exactOptional()
}

function numberFrom([min, max]: readonly [min: number, max: number]) {
  const accepted = `accepted are numbers from ${min} to ${max}`
  return z.number(accepted).min(min, accepted).max(max, accepted).exactOptional()
}

const modelFile = z.strictObject({
  name: z.string('accepted is a text'),
  base: z.string('accepted is the id of a release, such as "v4.0"'),
  new_block_at: oneOf(CHOICE_VALUES.newBlockAt),
  after_new_block: oneOf(CHOICE_VALUES.afterNewBlock),
  search: oneOf(CHOICE_VALUES.search),
  purge_threshold: numberFrom(CHOICE_RANGES.purgeThreshold),
  lazy_factor: numberFrom(CHOICE_RANGES.lazyFactor),
  node_pools: oneOf(CHOICE_VALUES.nodePools),
})

/**
 * Reads a custom model: `{ "name", "base" }` and the choices in which it differs from that release, `"new_block_at"`,
 * `"after_new_block"`, `"search"`, `"purge_threshold"`, `"lazy_factor"` and `"node_pools"`.
 * @throws {ModelFileError}
 */
export function parseModelFile(text: string, releases: readonly KernelModel[]): CustomModel {
  const parsed = modelFile.safeParse(parseJson(text))
  if (!parsed.success) {
    const { path = [], message = 'not a model' } = parsed.error.issues[0] ?? {}
    throw new ModelFileError(`${path.length === 0 ? 'the file' : path.join('.')}: ${message}`)
  }
  const { name, base, search, new_block_at, after_new_block, purge_threshold, lazy_factor, node_pools } = parsed.data
  const choices: PolicyChoices = {
    ...(new_block_at !== undefined && { newBlockAt: new_block_at }),
    ...(after_new_block !== undefined && { afterNewBlock: after_new_block }),
    ...(search !== undefined && { search }),
    ...(purge_threshold !== undefined && { purgeThreshold: purge_threshold }),
    ...(lazy_factor !== undefined && { lazyFactor: lazy_factor }),
    ...(node_pools !== undefined && { nodePools: node_pools }),
  }
  const custom: CustomModel = { name, base, choices }
  const problem = customModelProblem(custom, releases)
  if (problem !== undefined) throw new ModelFileError(problem)
  return asDifference(custom, releases)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new ModelFileError(`not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
