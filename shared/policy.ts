import { BLOCK_SEARCHES, type BlockSearchKind, type KernelModel } from './kernel-model.ts'
import { NAME_LENGTH_MAX, nameProblem, sameName } from './names.ts'

/** What a custom model chooses differently from its base release; what is left out is as in the base. */
export interface PolicyChoices {
  readonly newBlockAt?: 'head' | 'tail'
  readonly afterNewBlock?: 'search-again' | 'occupy'
  readonly search?: BlockSearchKind
  /** Share of a block's slots, 0 to 1: see `KernelModel.purgeThreshold`. */
  readonly purgeThreshold?: number
  /** Times the kernel's lazy_max_pages, `LAZY_FACTOR_MIN` to `LAZY_FACTOR_MAX`. */
  readonly lazyFactor?: number
  readonly nodePools?: 'on' | 'off'
}

export type ChoiceName = keyof PolicyChoices

/** A policy of one's own: a release and choices, under a name. */
export interface CustomModel {
  readonly name: string
  /** Id of the release. */
  readonly base: string
  readonly choices: PolicyChoices
}

/** Bounds what is read from elsewhere; far above what there is to choose. */
const CHOICES_MAX = 40
const VALUE_LENGTH_MAX = 40

export const LAZY_FACTOR_MIN = 0.001
export const LAZY_FACTOR_MAX = 1000
export const MODEL_NAME_MAX = NAME_LENGTH_MAX

/** Releases to come get no name that a model has already: `v7.0`, `v7.0+1`. */
const RELEASE_NAME = /^v\d[\d.]*(\+.*)?$/i

/** Values of the choices that have a fixed set of them. */
export const CHOICE_VALUES = {
  newBlockAt: ['head', 'tail'],
  afterNewBlock: ['search-again', 'occupy'],
  search: BLOCK_SEARCHES,
  nodePools: ['on', 'off'],
} as const satisfies { readonly [Choice in ChoiceName]?: readonly PolicyChoices[Choice][] }

/** Smallest and largest value of the choices that are numbers. */
export const CHOICE_RANGES = {
  purgeThreshold: [0, 1],
  lazyFactor: [LAZY_FACTOR_MIN, LAZY_FACTOR_MAX],
} as const satisfies Partial<Readonly<Record<ChoiceName, readonly [min: number, max: number]>>>

/** Why a custom model cannot be made, as one clause naming the value and what is accepted; `releases` are its possible bases. */
export function customModelProblem(custom: CustomModel, releases: readonly KernelModel[]): string | undefined {
  return modelNameProblem(custom.name, releases) ?? definitionProblem(custom, releases)
}

/** Why a custom model cannot have this name. */
export function modelNameProblem(name: string, releases: readonly KernelModel[]): string | undefined {
  const problem = nameProblem(name)
  if (problem !== undefined) return problem
  const taken = releases.flatMap(({ id, aliases }) => [id, ...aliases])
  if (taken.some((other) => sameName(other, name))) {
    return `${name} is the name of a release; choose another`
  }
  return RELEASE_NAME.test(name) ? `${name} reads like the name of a release; choose another` : undefined
}

/** Why a release cannot be changed like this, whatever the result is called. */
function definitionProblem({ base, choices }: CustomModel, releases: readonly KernelModel[]): string | undefined {
  const release = releases.find(({ id }) => id === base)
  if (release === undefined)
    return `there is no release ${base}; accepted are ${releases.map(({ id }) => id).join(', ')}`
  if (release.fragmentPurge === 'never' && choices.purgeThreshold !== undefined) {
    return `${base} never purges fragments, so a purge threshold means nothing there`
  }
  const problem = choicesProblem(choices)
  if (problem !== undefined) return problem
  return Object.keys(differencesFrom(release, choices)).length === 0
    ? `it chooses nothing different from ${base}`
    : undefined
}

function choicesProblem(choices: PolicyChoices): string | undefined {
  const accepted: Readonly<Record<string, readonly string[]>> = CHOICE_VALUES
  const ranges: Readonly<Record<string, readonly [min: number, max: number]>> = CHOICE_RANGES
  for (const [choice, value] of given(choices)) {
    const values = accepted[choice]
    const range = ranges[choice]
    if (values === undefined && range === undefined) return `there is no choice ${choice}`
    if (values !== undefined && !values.includes(value as string)) {
      return `${choice} is ${String(value)}; accepted are ${values.join(', ')}`
    }
    if (range !== undefined && !(typeof value === 'number' && value >= range[0] && value <= range[1])) {
      return `${choice} is ${String(value)}; accepted are numbers from ${range[0]} to ${range[1]}`
    }
  }
  return undefined
}

/**
 * Whether data from elsewhere has the form of choices: an object of short texts and numbers. What they mean is another
 * question, which `customModelProblem` answers.
 */
export function isPolicyChoices(value: unknown): value is PolicyChoices {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const entries = Object.entries(value)
  return entries.length <= CHOICES_MAX && entries.every(([name, choice]) => isShort(name) && isShort(choice))
}

function isShort(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= VALUE_LENGTH_MAX : Number.isFinite(value)
}

function given(choices: PolicyChoices): [string, unknown][] {
  return Object.entries(choices).filter(([, value]) => value !== undefined)
}

/** What a release itself does where a policy can choose. */
export function choicesOf(release: KernelModel): Required<PolicyChoices> {
  const { newBlockAt, afterNewBlock, search, purgeThreshold, lazyFactor, nodePools } = release
  return {
    ...{ newBlockAt, afterNewBlock, search, purgeThreshold, lazyFactor },
    nodePools: nodePools === 'none' ? 'off' : 'on',
  }
}

/** Of these choices, those that the release does not make itself. */
export function differencesFrom(release: KernelModel, choices: PolicyChoices): PolicyChoices {
  const own: Readonly<Record<string, unknown>> = { ...choicesOf(release) }
  return Object.fromEntries(given(choices).filter(([choice, value]) => value !== own[choice]))
}

/** The same model with nothing in it that its base does anyway. */
export function asDifference(custom: CustomModel, releases: readonly KernelModel[]): CustomModel {
  const { name, base, choices } = custom
  const release = releases.find(({ id }) => id === base)
  return { name, base, choices: release === undefined ? choices : differencesFrom(release, choices) }
}

/** The differences of a custom model from its base, for people: "search best-fit, lazy limit × 0.5". */
export function describeChoices(choices: PolicyChoices): string {
  const { newBlockAt, afterNewBlock, search, purgeThreshold, lazyFactor, nodePools } = choices
  const differences = [
    newBlockAt && `new block at the ${newBlockAt.toUpperCase()}`,
    afterNewBlock && (afterNewBlock === 'occupy' ? 'a new block is used at once' : 'search again after a new block'),
    search && `search ${search}`,
    purgeThreshold !== undefined && `fragments purged below ${percent(purgeThreshold)} % free`,
    lazyFactor !== undefined && `lazy limit × ${lazyFactor}`,
    nodePools && `node pools ${nodePools}`,
  ]
  return differences.filter(Boolean).join(', ')
}

/** Without the digits that binary fractions add: 0.29 is 29, not 28.999999999999996. */
function percent(share: number): number {
  return Number((share * 100).toPrecision(12))
}

/** A model without a name, by what it is: "v4.0 with search best-fit". */
export function describePolicy({ base, choices }: Pick<CustomModel, 'base' | 'choices'>): string {
  return `${base} with ${describeChoices(choices)}`
}

/** The kernel model that a custom model stands for. @throws {RangeError} when its definition makes none. */
export function kernelModelOf(custom: CustomModel, releases: readonly KernelModel[]): KernelModel {
  const problem = definitionProblem(custom, releases)
  const release = releases.find(({ id }) => id === custom.base)
  if (problem !== undefined || release === undefined) throw new RangeError(`Kernel model refused: ${problem}.`)
  const { nodePools, ...switches } = custom.choices
  return {
    ...release,
    ...switches,
    nodePools: poolsOf(release, nodePools),
    id: custom.name,
    aliases: [],
    base: custom.base,
    description: `Experimental: ${describePolicy(custom)}.`,
  }
}

/** Where a release without pools gets them, they are the latest release's. */
function poolsOf({ nodePools }: KernelModel, choice: PolicyChoices['nodePools']): KernelModel['nodePools'] {
  if (choice === 'off') return 'none'
  return choice === 'on' && nodePools === 'none' ? 'keeping' : nodePools
}
