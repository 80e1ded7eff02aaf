import type { ExperimentSummary, RunSummary } from '../../../shared/journal.ts'
import type { RunStatus } from '../../../shared/run.ts'

/** What the list is narrowed to; fields that are absent do not narrow, the others all have to be met. */
export interface JournalFilter {
  readonly starred?: true
  readonly modelId?: string
  readonly tag?: string
  readonly status?: RunStatus
}

export interface FacetValue {
  readonly label: string
  /** Experiments (starred, tags) or runs (models, states) that choosing it would leave, the other facets applied. */
  readonly count: number
  readonly chosen: boolean
  /** The filter after choosing it, or after giving it up when it is chosen. */
  readonly next: JournalFilter
  /** Shown with its colour. */
  readonly modelId?: string
}

export interface Facet {
  readonly title: string
  readonly values: readonly FacetValue[]
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

export function isNarrowed(filter: JournalFilter): boolean {
  return Object.keys(filter).length > 0
}

/** What there is to narrow by. */
export function facetsOf(experiments: readonly ExperimentSummary[], filter: JournalFilter): Facet[] {
  const facets: Facet[] = [
    experimentFacet(experiments, filter),
    {
      title: 'Model',
      values: valuesOf('modelId', experiments, filter, modelsOf).map((value) => ({ ...value, modelId: value.label })),
    },
    { title: 'Tag', values: valuesOf('tag', experiments, filter, (shown) => shown.flatMap(({ tags }) => tags)) },
    {
      title: 'State',
      values: valuesOf('status', experiments, filter, statusesOf).map((value) => ({
        ...value,
        label: capital(value.label),
      })),
    },
  ]
  return facets.filter((facet) => facet.values.length > 0)
}

function experimentFacet(experiments: readonly ExperimentSummary[], filter: JournalFilter): Facet {
  const { starred, ...rest } = filter
  const others = filtered(experiments, rest)
  return {
    title: 'Experiment',
    values: [
      { label: 'All', count: experiments.length, chosen: !isNarrowed(filter), next: {} },
      {
        label: 'Starred',
        count: others.filter((experiment) => experiment.starred).length,
        chosen: starred === true,
        next: starred === true ? rest : { ...rest, starred: true },
      },
    ],
  }
}

const modelsOf = (shown: readonly ExperimentSummary[]): string[] =>
  shown.flatMap(({ runs }) => runs.map((run) => run.spec.modelId))
const statusesOf = (shown: readonly ExperimentSummary[]): RunStatus[] =>
  shown.flatMap(({ runs }) => runs.map((run) => run.status))

/** Every value that occurs, in order of first appearance; a chosen one stays even where nothing has it any more. */
function valuesOf<Key extends 'modelId' | 'tag' | 'status'>(
  key: Key,
  experiments: readonly ExperimentSummary[],
  filter: JournalFilter,
  read: (shown: readonly ExperimentSummary[]) => readonly NonNullable<JournalFilter[Key]>[],
): FacetValue[] {
  const { [key]: current, ...rest } = filter
  const passing = read(filtered(experiments, rest))
  const all = new Set([...read(experiments), ...(current === undefined ? [] : [current])])
  return [...all].map((value) => ({
    label: value,
    count: passing.filter((other) => other === value).length,
    chosen: value === current,
    next: value === current ? rest : { ...rest, [key]: value },
  }))
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
