import { COUNT_NAMES, PROFILED_FUNCTIONS, type CountName, type ProfiledFunction } from '../../../shared/counts.ts'
import type { RunRecord } from '../../../shared/journal.ts'
import { distinctModels, type ModelChoice } from '../../../shared/model-choice.ts'
import { publishedTableFor, type PublishedTable } from '../../../shared/published.ts'
import type { ScenarioInfo } from '../../../shared/scenario.ts'
import { verdictOf } from '../../../shared/verdict.ts'

/** The runs of one workload: the same scenario with the same parameters, seed and machine, one per kernel model. */
export interface Workload {
  /** Stable within an experiment. */
  readonly key: string
  readonly scenarioId: string
  /** What the scenario is called when it is the user's own; ready ones have their title in the catalogue. */
  readonly programTitle: string | undefined
  readonly runs: readonly RunRecord[]
}

/** One row of the result table: a function of the profiler, its hits under each model, and what was published. */
export interface ResultRow {
  readonly name: ProfiledFunction
  /** In the order of the models; `undefined` where a run has no result. */
  readonly counts: readonly (number | undefined)[]
  /** Published before and after; `undefined` where nothing was published for the workload. */
  readonly published: readonly (number | undefined)[]
  /** Models disagree: the row decides the verdict. */
  readonly decides: boolean
  /** Every count that has a published one equals it; `undefined` when there is none to compare. */
  readonly matches: boolean | undefined
}

/** Headings of the published columns. */
export const PUBLISHED_HEADINGS = ['before', 'after'] as const
const PUBLISHED_MODELS = ['v4.0', 'v4.1']

export function workloadsOf(runs: readonly RunRecord[]): Workload[] {
  const groups = new Map<string, RunRecord[]>()
  for (const run of runs) {
    const { scenarioId, program, parameters, seed, machineId, machine } = run.spec
    const key = JSON.stringify([scenarioId, program?.title, program?.source, parameters, seed, machineId, machine])
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups].map(([key, grouped]) => {
    const { scenarioId = '', program } = grouped[0]?.spec ?? {}
    return { key, scenarioId, programTitle: program?.title, runs: grouped }
  })
}

/** What a workload is called. */
export function workloadTitle(
  { scenarioId, programTitle }: Pick<Workload, 'scenarioId' | 'programTitle'>,
  scenarios: readonly ScenarioInfo[],
): string {
  return programTitle ?? scenarios.find(({ id }) => id === scenarioId)?.title ?? scenarioId
}

/** The models of an experiment, each with a name of its own, in the order of their first run. */
export function modelsOf(runs: readonly RunRecord[]): ModelChoice[] {
  return distinctModels(runs.map(({ spec }) => spec))
}

function publishedFor(workload: Workload, modelId: string): PublishedTable | undefined {
  const spec = workload.runs[0]?.spec
  if (spec === undefined) return undefined
  const { wordBits, bbmapBits } = spec.machine
  return publishedTableFor({ ...spec, modelId, wordBits, bbmapBits })
}

export function resultRows(workload: Workload, modelIds: readonly string[]): ResultRow[] {
  const tables = PUBLISHED_MODELS.map((modelId) => publishedFor(workload, modelId))
  const runs = modelIds.map((modelId) => workload.runs.find((run) => run.spec.modelId === modelId))
  // The verdict is the one judge of what may be held against the published figures: a seed of one's own may not
  const judged = new Set(runs.filter((run) => run !== undefined && verdictOf([run]).tone !== 'open'))
  return PROFILED_FUNCTIONS.map((name) => {
    const counts = runs.map((run) => run?.counts?.[name])
    const known = counts.filter((count) => count !== undefined)
    const compared = modelIds.flatMap((modelId, position) => {
      const count = counts[position]
      const published = publishedFor(workload, modelId)?.rows[name].hit
      return count === undefined || published === undefined || !judged.has(runs[position]) ? [] : [count === published]
    })
    return {
      name,
      counts,
      published: tables.map((table) => table?.rows[name].hit),
      decides: new Set(known).size > 1,
      matches: compared.length === 0 ? undefined : compared.every((equal) => equal),
    }
  })
}

/** The counters beyond the profiler's four functions, in the golden files' order. */
export const FURTHER_COUNTS: readonly CountName[] = COUNT_NAMES.filter(
  (name) => !PROFILED_FUNCTIONS.some((profiled) => profiled === name),
)

/** Whether the rows have anything to stand next to. */
export function hasPublished(rows: readonly ResultRow[]): boolean {
  return rows.some((row) => row.published.some((hit) => hit !== undefined))
}
