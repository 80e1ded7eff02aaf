import type { Catalog } from '../../../shared/contract.ts'
import type { KernelModel } from '../../../shared/kernel-model.ts'
import { choiceOf, distinctModels, modelKey, type ModelChoice } from '../../../shared/model-choice.ts'
import { sameName } from '../../../shared/names.ts'
import { asDifference, customModelProblem, kernelModelOf, type CustomModel } from '../../../shared/policy.ts'

/** The part of a setup that is about kernel models. */
export interface ModelSetup {
  readonly modelIds: readonly string[]
  /** Custom models of opened runs that are not saved like that. */
  readonly customModels: readonly CustomModel[]
}

/** A kernel model that can be chosen on the Bench. */
export interface BenchModel {
  readonly choice: ModelChoice
  readonly model: KernelModel
  /** Of a custom model: saved like this, or as an opened run has it and not, or no longer, saved like this. */
  readonly origin: 'release' | 'saved' | 'run'
}

/** A saved model that this version of the lab cannot make. */
export interface UnusableModel {
  readonly name: string
  readonly problem: string
}

export function releasesOf(catalog: Catalog): readonly KernelModel[] {
  return catalog.models.filter(({ base }) => base === undefined)
}

function isAmong({ name }: CustomModel, others: readonly CustomModel[]): boolean {
  return others.some((other) => sameName(other.name, name))
}

/** The releases, the saved models and those of opened runs, which stand before a saved one of the same name. */
export function benchModels(
  { customModels: ofRuns }: Pick<ModelSetup, 'customModels'>,
  catalog: Catalog,
): BenchModel[] {
  const releases = releasesOf(catalog)
  const made = (customs: readonly CustomModel[], origin: 'saved' | 'run'): BenchModel[] =>
    customs
      .filter((custom) => customModelProblem(custom, releases) === undefined)
      // A copy: what is watched for changes cannot be sent to the other side
      .map((custom) => asDifference(custom, releases))
      .map((custom) => ({ choice: choiceOf(custom), model: kernelModelOf(custom, releases), origin }))
  return [
    ...releases.map((model) => ({ choice: { modelId: model.id }, model, origin: 'release' as const })),
    ...made(
      catalog.customModels.filter((saved) => !isAmong(saved, ofRuns)),
      'saved',
    ),
    ...made(ofRuns, 'run'),
  ]
}

export function unusableModels(catalog: Catalog): UnusableModel[] {
  const releases = releasesOf(catalog)
  return catalog.customModels.flatMap((custom) => {
    const problem = customModelProblem(custom, releases)
    return problem === undefined ? [] : [{ name: custom.name, problem }]
  })
}

/** Of the models of opened runs, those that are not saved just like that. */
export function modelsOfRuns(choices: readonly ModelChoice[], catalog: Catalog): CustomModel[] {
  const saved = new Set(catalog.customModels.map((custom) => modelKey(choiceOf(custom))))
  return distinctModels(choices).flatMap((choice) =>
    choice.custom === undefined || saved.has(modelKey(choice)) ? [] : [choice.custom],
  )
}

/** Ticks or unticks a model. Unticked, that of an opened run makes way for a saved one of the same name. */
export function withModel<Setup extends ModelSetup>(
  setup: Setup,
  catalog: Catalog,
  modelId: string,
  on: boolean,
): Setup {
  const modelIds = setup.modelIds.filter((id) => id !== modelId)
  if (on) return { ...setup, modelIds: [...modelIds, modelId] }
  const customModels = setup.customModels.filter(
    (custom) => custom.name !== modelId || !isAmong(custom, catalog.customModels),
  )
  return { ...setup, modelIds, customModels }
}

/** After a model was saved, in place of the one with its former name if it had one: it is ticked. */
export function withSavedModel<Setup extends ModelSetup>(setup: Setup, saved: CustomModel, formerName?: string): Setup {
  const without = withoutModel(formerName === undefined ? setup : withoutModel(setup, formerName), saved.name)
  return { ...without, modelIds: [...without.modelIds, saved.name] }
}

/** After a model was deleted. */
export function withoutModel<Setup extends ModelSetup>(setup: Setup, name: string): Setup {
  return {
    ...setup,
    modelIds: setup.modelIds.filter((id) => !sameName(id, name)),
    customModels: setup.customModels.filter((custom) => !sameName(custom.name, name)),
  }
}
