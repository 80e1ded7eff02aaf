import type { KernelModel } from '../../../shared/kernel-model.ts'
import { policyName } from '../../../shared/model-choice.ts'
import { freeName } from '../../../shared/names.ts'
import {
  asDifference,
  CHOICE_VALUES,
  choicesOf,
  customModelProblem,
  describePolicy,
  MODEL_NAME_MAX,
  modelNameProblem,
  type CustomModel,
  type PolicyChoices,
} from '../../../shared/policy.ts'

/** A kernel model while it is being made. */
export interface ModelForm {
  /** As typed; empty for the name that says what it is. */
  readonly name: string
  readonly base: string
  readonly choices: PolicyChoices
}

/** The choices that are made from a list, under the words of the form. */
export const LISTED_CHOICES = [
  { choice: 'newBlockAt', label: 'New block goes to' },
  { choice: 'afterNewBlock', label: 'After a new block' },
  { choice: 'search', label: 'Search of the free list' },
  { choice: 'nodePools', label: 'Node pools' },
] as const
export type ListedChoice = (typeof LISTED_CHOICES)[number]['choice']

const WORDS: Readonly<Record<string, string>> = {
  head: 'HEAD',
  tail: 'TAIL',
  'search-again': 'walk the free list again',
  occupy: 'use it at once',
}

function wordsOf(value: string): string {
  return WORDS[value] ?? value
}

export interface ChoiceOption {
  /** Empty: as in the base. */
  readonly value: string
  readonly title: string
}

/** What there is to choose from: as in the base, or what the base does not do. */
export function optionsOf(choice: ListedChoice, release: KernelModel): ChoiceOption[] {
  const own = choicesOf(release)[choice]
  const others = CHOICE_VALUES[choice].filter((value) => value !== own)
  return [
    { value: '', title: `As in ${release.id}: ${wordsOf(own)}` },
    ...others.map((value) => ({ value, title: wordsOf(value) })),
  ]
}

/** The form with another value of one choice; `undefined` and '' for that of the base. */
export function withChoice(
  form: ModelForm,
  choice: keyof PolicyChoices,
  value: string | number | undefined,
): ModelForm {
  const others = Object.entries(form.choices).filter(([name]) => name !== choice)
  const chosen = value === undefined || value === '' ? others : [...others, [choice, value] as const]
  return { ...form, choices: Object.fromEntries(chosen) }
}

/** What a form stands for, and why it cannot be saved. */
export interface FormResult {
  readonly custom: CustomModel
  /** The name that is taken when none is typed. */
  readonly suggestion: string
  readonly nameProblem: string | undefined
  /** What is wrong with the rest, as a sentence. */
  readonly problem: string | undefined
  /** What it will be, as a sentence. */
  readonly summary: string
}

export function resultOf(form: ModelForm, releases: readonly KernelModel[], taken: readonly string[]): FormResult {
  const suggestion = freeName(policyName(form.base, form.choices), taken, MODEL_NAME_MAX)
  const typed = form.name.trim()
  const custom = asDifference({ ...form, name: typed === '' ? suggestion : typed }, releases)
  const nameProblem = typed === '' ? undefined : modelNameProblem(typed, releases)
  const problem = nameProblem === undefined ? formProblem(custom, releases) : undefined
  return {
    custom,
    suggestion,
    nameProblem: nameProblem && sentence(nameProblem),
    problem,
    summary: nameProblem === undefined && problem === undefined ? `${custom.name}: ${describePolicy(custom)}.` : '',
  }
}

function formProblem(custom: CustomModel, releases: readonly KernelModel[]): string | undefined {
  if (Object.keys(custom.choices).length === 0) return `Choose at least one difference from ${custom.base}.`
  const problem = customModelProblem(custom, releases)
  return problem && sentence(problem)
}

/** A clause that begins with a name begins a sentence as it is. */
function sentence(clause: string): string {
  return `${clause.replace(/^(the|it|there) /, (word) => word.charAt(0).toUpperCase() + word.slice(1))}.`
}
