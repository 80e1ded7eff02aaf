import type { Catalog } from '../../../shared/contract.ts'
import type { RunSpec } from '../../../shared/run.ts'
import { scenarioTitle } from './experiment.ts'

/** Some of the planned runs, and what they have in common. */
export interface PartialRuns {
  readonly title: string
  readonly runs: readonly RunSpec[]
}

/** The planned runs by scenario and then by kernel model; nothing where there is only one of either. */
export function partialRuns(planned: readonly RunSpec[], catalog: Catalog): readonly (readonly PartialRuns[])[] {
  return [parts(planned, (run) => scenarioTitle(run, catalog)), parts(planned, ({ modelId }) => modelId)]
}

function parts(planned: readonly RunSpec[], titleOf: (run: RunSpec) => string): readonly PartialRuns[] {
  const groups = [...Map.groupBy(planned, titleOf)].map(([title, runs]) => ({ title, runs }))
  return groups.length > 1 ? groups : []
}
