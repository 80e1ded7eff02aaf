import { choiceOf, modelKey, type ModelChoice } from '../../shared/model-choice.ts'
import { asDifference, customModelProblem, type CustomModel } from '../../shared/policy.ts'
import { findKernelModel, KERNEL_MODELS } from '../allocator/models.ts'
import { LabError } from './lab-error.ts'

/** A release by its own id, or a custom model as no more than its difference from its base. @throws {LabError} */
export function checkedChoice({ modelId, custom }: ModelChoice): ModelChoice {
  if (custom !== undefined) {
    if (custom.name === modelId) return choiceOf(checkedModel(custom))
    throw new LabError(`Kernel model refused: a run under "${modelId}" cannot have the definition of "${custom.name}".`)
  }
  const release = findKernelModel(modelId)
  if (release !== undefined) return { modelId: release.id }
  const known = KERNEL_MODELS.map(({ id }) => id).join(', ')
  throw new LabError(`There is no kernel model "${modelId}"; accepted are: ${known}.`)
}

/** @throws {LabError} */
export function checkedModel(custom: CustomModel): CustomModel {
  const problem = customModelProblem(custom, KERNEL_MODELS)
  if (problem !== undefined) throw new LabError(`Kernel model refused: ${problem}.`)
  return asDifference(custom, KERNEL_MODELS)
}

/** Results are told apart by the name of their model. @throws {LabError} */
export function requireOneModelAName(choices: readonly ModelChoice[]): void {
  const models = new Map(choices.map((choice) => [modelKey(choice), choice.modelId]))
  const names = [...models.values()]
  const twice = names.find((name, position) => names.indexOf(name) !== position)
  if (twice === undefined) return
  throw new LabError(`Two different kernel models of this experiment are called "${twice}". Rename one.`)
}
