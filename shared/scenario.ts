export interface ScenarioParameter {
  readonly name: string
  readonly help: string
  readonly min: number
  readonly max: number
  readonly default: number
}

/** What a person chooses from: a ready scenario with its parameters. */
export interface ScenarioInfo {
  readonly id: string
  readonly title: string
  /** One paragraph: what it shows and what to expect. */
  readonly description: string
  readonly parameters: readonly ScenarioParameter[]
  /** True when the request stream depends on the seed. */
  readonly usesSeed: boolean
  /** The workload as the C loop of the commit message, for reading and for reports. */
  readonly source: string
}

/** Longest accepted text of a scenario, in UTF-16 units. */
export const SCENARIO_LENGTH_MAX = 200_000

export type ParameterValues = Readonly<Record<string, number>>

/** Largest accepted seed: MT19937's init_genrand takes 32 bits. */
export const SEED_MAX = 0xffff_ffff

/** A seed that gives the published counts of the random workload. The author's own seed is unknown. */
export const DEFAULT_SEED = 2424
