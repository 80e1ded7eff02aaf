import { existsSync } from 'node:fs'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { choiceOf, policyName, type ModelChoice } from '../../shared/model-choice.ts'
import { asDifference, customModelProblem, type CustomModel } from '../../shared/policy.ts'
import { findKernelModel, KERNEL_MODELS } from '../allocator/models.ts'
import { ModelFileError, parseModelFile } from '../exchange/model-file.ts'
import { UsageError } from './command.ts'
import { savedModels } from './experiment.ts'
import { readText } from './files.ts'
import { nearNames } from './near-names.ts'
import { firstPolicyOption, readChoices, type PolicyValues } from './policy-options.ts'

/** A model's id, and in parentheses what else it may be called. */
export function modelNames({ id, aliases }: KernelModel): string {
  return aliases.length === 0 ? id : `${id} (${aliases.join(', ')})`
}

/** Why there is no model of this name: near names, or all that there are. */
export function unknownModel(what: string, text: string, saved: readonly CustomModel[]): UsageError {
  const names = saved.map(({ name }) => name)
  const near = nearNames(text, [...KERNEL_MODELS.flatMap(({ id, aliases }) => [id, ...aliases]), ...names])
  if (near.length > 0) {
    return new UsageError(`${what} "${text}" is not known; near it are: ${near.join(', ')}; "lab models" lists all`)
  }
  const accepted = [...KERNEL_MODELS.map(modelNames), ...names].join(', ')
  return new UsageError(`${what} "${text}" is not known; accepted are: ${accepted}`)
}

/** @throws {UsageError} naming what is accepted. */
export function chooseRelease(option: string, text: string): KernelModel {
  const release = findKernelModel(text)
  if (release === undefined) throw unknownModel(option, text, [])
  return release
}

/** A custom model as the difference from its base. @throws {UsageError} */
export function checkedModel(custom: CustomModel): CustomModel {
  const problem = customModelProblem(custom, KERNEL_MODELS)
  if (problem !== undefined) throw new UsageError(`the kernel model is refused: ${problem}`)
  return asDifference(custom, KERNEL_MODELS)
}

/** The model in a file. @throws {UsageError} naming the file and what is accepted. */
export function readModelFile(option: string, path: string): CustomModel {
  try {
    return parseModelFile(readText(path), KERNEL_MODELS)
  } catch (error) {
    if (error instanceof ModelFileError) throw new UsageError(`${option} ${path}: ${error.message}`)
    throw error
  }
}

export interface ModelArguments extends PolicyValues {
  readonly model?: string | undefined
  readonly journal?: string | undefined
}

/**
 * A release, a saved model or a model file; a release with choices is a model of its own for this once. The journal is only
 * opened for a name that is no release. @throws {UsageError} naming what is accepted.
 */
export async function chooseModel(values: ModelArguments): Promise<ModelChoice> {
  const { model: text, journal } = values
  if (text === undefined) throw new UsageError('--model is missing; see "lab models"')
  const option = firstPolicyOption(values)
  const release = findKernelModel(text)
  if (release === undefined) {
    const custom = await chooseCustom(text, journal)
    if (option === undefined) return choiceOf(custom)
    throw new UsageError(`--${option} changes a release; --model "${text}" has its own choices (base ${custom.base})`)
  }
  if (option === undefined) return { modelId: release.id }
  const choices = readChoices(values)
  return choiceOf(checkedModel({ name: policyName(release.id, choices), base: release.id, choices }))
}

async function chooseCustom(text: string, journal: string | undefined): Promise<CustomModel> {
  const saved = await savedModels(journal)
  const found = findSaved(text, saved)
  if (found !== undefined) return checkedModel(found)
  if (existsSync(text)) return readModelFile('--model', text)
  throw unknownModel('--model', text, saved)
}

/** Saved names are taken whatever their case. */
export function findSaved(text: string, saved: readonly CustomModel[]): CustomModel | undefined {
  return saved.find(({ name }) => name.toLowerCase() === text.toLowerCase())
}
