import type { BlockSearchKind, KernelModel } from './kernel-model.ts'

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

/** A policy of one's own: a release and choices, under a name. */
export interface CustomModel {
  readonly name: string
  /** Id of the release. */
  readonly base: string
  readonly choices: PolicyChoices
}

export const LAZY_FACTOR_MIN = 0.001
export const LAZY_FACTOR_MAX = 1000
export const MODEL_NAME_MAX = 40

/** A letter first; then letters, digits, and what is in use in release names. */
const NAME = /^[A-Za-z][A-Za-z0-9 ._+-]*$/

const ENUMERATED: { readonly [Choice in keyof PolicyChoices]?: readonly string[] } = {
  newBlockAt: ['head', 'tail'],
  afterNewBlock: ['search-again', 'occupy'],
  search: ['first-fit', 'best-fit', 'worst-fit', 'next-fit'],
  nodePools: ['on', 'off'],
}

const RANGES: { readonly [Choice in keyof PolicyChoices]?: readonly [min: number, max: number] } = {
  purgeThreshold: [0, 1],
  lazyFactor: [LAZY_FACTOR_MIN, LAZY_FACTOR_MAX],
}

/** Why a custom model cannot be made, as one clause naming the value and what is accepted; `releases` are its possible bases. */
export function customModelProblem(custom: CustomModel, releases: readonly KernelModel[]): string | undefined {
  const { name, base, choices } = custom
  if (!NAME.test(name) || name.length > MODEL_NAME_MAX) {
    return `the name "${name}" is not a letter and then at most ${MODEL_NAME_MAX - 1} letters, digits, spaces or . _ + -`
  }
  if (releases.some(({ id, aliases }) => id === name || aliases.includes(name))) {
    return `${name} is the name of a release; choose another`
  }
  const release = releases.find(({ id }) => id === base)
  if (release === undefined)
    return `there is no release ${base}; accepted are ${releases.map(({ id }) => id).join(', ')}`
  if (release.fragmentPurge === 'never' && choices.purgeThreshold !== undefined) {
    return `${base} never purges fragments, so a purge threshold means nothing there`
  }
  return choicesProblem(choices)
}

function choicesProblem(choices: PolicyChoices): string | undefined {
  const given = Object.entries(choices).filter(([, value]) => value !== undefined)
  if (given.length === 0) return 'it chooses nothing different from its base'
  for (const [choice, value] of given as [keyof PolicyChoices, unknown][]) {
    const accepted = ENUMERATED[choice]
    const range = RANGES[choice]
    if (accepted === undefined && range === undefined) return `there is no choice ${choice}`
    if (accepted !== undefined && !accepted.includes(value as string)) {
      return `${choice} is ${String(value)}; accepted are ${accepted.join(', ')}`
    }
    if (range !== undefined && !(typeof value === 'number' && value >= range[0] && value <= range[1])) {
      return `${choice} is ${String(value)}; accepted are numbers from ${range[0]} to ${range[1]}`
    }
  }
  return undefined
}

/** The differences of a custom model from its base, for people: "search best-fit, lazy limit × 0.5". */
export function describeChoices(choices: PolicyChoices): string {
  const { newBlockAt, afterNewBlock, search, purgeThreshold, lazyFactor, nodePools } = choices
  const differences = [
    newBlockAt && `new block at the ${newBlockAt.toUpperCase()}`,
    afterNewBlock && (afterNewBlock === 'occupy' ? 'a new block is used at once' : 'search again after a new block'),
    search && `search ${search}`,
    purgeThreshold !== undefined && `fragments purged below ${purgeThreshold * 100} % free`,
    lazyFactor !== undefined && `lazy limit × ${lazyFactor}`,
    nodePools && `node pools ${nodePools}`,
  ]
  return differences.filter(Boolean).join(', ')
}

/** The kernel model that a custom model stands for. @throws {RangeError} when it cannot be made. */
export function kernelModelOf(custom: CustomModel, releases: readonly KernelModel[]): KernelModel {
  const problem = customModelProblem(custom, releases)
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
    description: `Experimental: ${custom.base} with ${describeChoices(custom.choices)}.`,
  }
}

/** Where a release without pools gets them, they are the latest release's. */
function poolsOf({ nodePools }: KernelModel, choice: PolicyChoices['nodePools']): KernelModel['nodePools'] {
  if (choice === 'off') return 'none'
  return choice === 'on' && nodePools === 'none' ? 'keeping' : nodePools
}
