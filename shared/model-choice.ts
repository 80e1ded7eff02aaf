import type { KernelModel } from './kernel-model.ts'
import { describePolicy, kernelModelOf, MODEL_NAME_MAX, type CustomModel, type PolicyChoices } from './policy.ts'

/** Under which kernel model a run is made. */
export interface ModelChoice {
  /** A release's id, or the name of `custom`. */
  readonly modelId: string
  /** The whole of a custom model, so that a run stays what it is whatever becomes of the saved model; absent for releases. */
  readonly custom?: CustomModel
}

/** The release with this id or alias, or `undefined`. */
export function findRelease(idOrAlias: string, releases: readonly KernelModel[]): KernelModel | undefined {
  return releases.find(({ id, aliases }) => id === idOrAlias || aliases.includes(idOrAlias))
}

/** The one way from what is chosen or recorded to what is simulated. @throws {RangeError} saying why there is no such model. */
export function modelOf({ modelId, custom }: ModelChoice, releases: readonly KernelModel[]): KernelModel {
  if (custom !== undefined) return kernelModelOf(custom, releases)
  const release = findRelease(modelId, releases)
  if (release === undefined) throw new RangeError(`There is no kernel model ${modelId}.`)
  return release
}

export function choiceOf(custom: CustomModel): ModelChoice {
  return { modelId: custom.name, custom }
}

/** "experimental (v4.0 with search best-fit)"; `undefined` for a release. */
export function experimentalNote({ custom }: ModelChoice): string | undefined {
  return custom && `experimental (${describePolicy(custom)})`
}

/** "v4.0"; "mine, experimental (v4.0 with search best-fit)" where a model is named for the first time. */
export function modelTitle(choice: ModelChoice): string {
  const note = experimentalNote(choice)
  return note === undefined ? choice.modelId : `${choice.modelId}, ${note}`
}

/** Equal for choices that simulate the same model under the same name, and for no others. */
export function modelKey({ modelId, custom }: ModelChoice): string {
  if (custom === undefined) return modelId
  const choices = Object.entries(custom.choices).sort(([left], [right]) => (left < right ? -1 : 1))
  return JSON.stringify([modelId, custom.base, choices])
}

/** Each model of these choices once, in the order of first appearance. */
export function distinctModels<Choice extends ModelChoice>(choices: readonly Choice[]): Choice[] {
  const keys = choices.map(modelKey)
  return choices.filter((_, position) => keys.indexOf(keys[position] ?? '') === position)
}

/** A name for a model that nobody named: "v4.0 best-fit+lazy0.5". */
export function policyName(base: string, choices: PolicyChoices): string {
  const { newBlockAt, afterNewBlock, search, purgeThreshold, lazyFactor, nodePools } = choices
  const parts = [
    newBlockAt,
    afterNewBlock === 'search-again' ? 'again' : afterNewBlock,
    search,
    purgeThreshold !== undefined && `purge${purgeThreshold}`,
    lazyFactor !== undefined && `lazy${lazyFactor}`,
    nodePools && (nodePools === 'on' ? 'pools' : 'no-pools'),
  ]
  return `${base} ${parts.filter(Boolean).join('+')}`.slice(0, MODEL_NAME_MAX).trim()
}
