import type { ExperimentSummary, RunSummary } from '../../../shared/journal.ts'
import type { RunStatus } from '../../../shared/run.ts'

/** What the list is narrowed to; `undefined` fields do not narrow. */
export interface JournalFilter {
  readonly starred?: true | undefined
  readonly modelId?: string | undefined
  readonly tag?: string | undefined
  readonly status?: RunStatus | undefined
}

export interface Facet {
  readonly title: string
  readonly values: readonly { readonly label: string; readonly count: number; readonly filter: JournalFilter }[]
}

/** The experiments that pass, each with only the runs that pass. */
export function filtered(experiments: readonly ExperimentSummary[], filter: JournalFilter): ExperimentSummary[] {
  return experiments.flatMap((experiment) => {
    if (filter.starred === true && !experiment.starred) return []
    if (filter.tag !== undefined && !experiment.tags.includes(filter.tag)) return []
    const runs = experiment.runs.filter((run) => runPasses(run, filter))
    return runs.length === 0 && experiment.runs.length > 0 ? [] : [{ ...experiment, runs }]
  })
}

function runPasses(run: RunSummary, { modelId, status }: JournalFilter): boolean {
  return (modelId === undefined || run.spec.modelId === modelId) && (status === undefined || run.status === status)
}

/** What there is to narrow by, with how many experiments (starred, tags) or runs (models, states) each would leave. */
export function facetsOf(experiments: readonly ExperimentSummary[]): Facet[] {
  const runs = experiments.flatMap((experiment) => experiment.runs)
  const starred = experiments.filter((experiment) => experiment.starred).length
  const tags = tally(experiments.flatMap((experiment) => experiment.tags))
  const models = tally(runs.map((run) => run.spec.modelId))
  const states = tally(runs.map((run) => run.status))
  const facets: Facet[] = [
    {
      title: 'Experiment',
      values: [
        { label: 'All', count: experiments.length, filter: {} },
        { label: 'Starred', count: starred, filter: { starred: true } },
      ],
    },
    { title: 'Model', values: models.map(([modelId, count]) => ({ label: modelId, count, filter: { modelId } })) },
    { title: 'Tag', values: tags.map(([tag, count]) => ({ label: tag, count, filter: { tag } })) },
    { title: 'State', values: states.map(([status, count]) => ({ label: status, count, filter: { status } })) },
  ]
  return facets.filter((facet) => facet.values.length > 0)
}

/** Distinct values with their number, in order of first appearance. */
function tally<Value>(values: readonly Value[]): [Value, number][] {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
}

export function isSameFilter(left: JournalFilter, right: JournalFilter): boolean {
  return (
    left.starred === right.starred &&
    left.modelId === right.modelId &&
    left.tag === right.tag &&
    left.status === right.status
  )
}
