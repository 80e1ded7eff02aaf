import { chosenValue, withChoice, withoutChoice } from '../../../shared/journal-query/index.ts'
import type { FacetCount, JournalFacets } from '../../../shared/journal.ts'

export interface FacetValue {
  readonly label: string
  /** Experiments (All to Trash, tags) or runs (models, states) that choosing it would leave, all else being asked for. */
  readonly count: number
  readonly chosen: boolean
  /** The query after choosing it, or after giving it up when it is chosen. */
  readonly next: string
  /** Shown with its colour. */
  readonly modelId?: string
}

export interface Facet {
  readonly title: string
  readonly values: readonly FacetValue[]
}

const KINDS = ['starred', 'archived', 'trashed'] as const
const KIND_LABELS = { starred: 'Starred', archived: 'Archived', trashed: 'Trash' } as const

/** What there is to narrow a query by: each value writes a condition into it, or takes it out again. */
export function facetsOf(counts: JournalFacets, query: string): Facet[] {
  const facets: Facet[] = [
    { title: 'Experiment', values: kindsOf(counts, query) },
    {
      title: 'Model',
      values: valuesOf(query, 'model', counts.models).map((value) => ({ ...value, modelId: value.label })),
    },
    { title: 'Tag', values: valuesOf(query, 'tag', counts.tags) },
    {
      title: 'State',
      values: valuesOf(query, 'status', counts.states).map((value) => ({ ...value, label: capital(value.label) })),
    },
  ]
  return facets.filter((facet) => facet.values.length > 0)
}

function kindsOf(counts: JournalFacets, query: string): FacetValue[] {
  const rest = KINDS.reduce(withoutChoice, query)
  const chosen = KINDS.find((name) => chosenValue(query, name) === 'yes')
  const kinds = KINDS.filter((name) => name === 'starred' || counts[name] > 0 || name === chosen)
  return [
    { label: 'All', count: counts.all, chosen: chosen === undefined, next: rest },
    ...kinds.map((name) => ({
      label: KIND_LABELS[name],
      count: counts[name],
      chosen: name === chosen,
      next: name === chosen ? rest : withChoice(rest, name, 'yes'),
    })),
  ]
}

/** What is counted, the most frequent first; a chosen value stays even where nothing has it any more. */
function valuesOf(query: string, field: string, counts: readonly FacetCount[]): FacetValue[] {
  const chosen = chosenValue(query, field)
  const isChosen = (value: string): boolean => value.toLowerCase() === chosen?.toLowerCase()
  const missing =
    chosen === undefined || counts.some(({ value }) => isChosen(value)) ? [] : [{ value: chosen, count: 0 }]
  return [...counts, ...missing].map(({ value, count }) => ({
    label: value,
    count,
    chosen: isChosen(value),
    next: isChosen(value) ? withoutChoice(query, field) : withChoice(query, field, value),
  }))
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
