import { computed, onScopeDispose, ref, shallowReactive, shallowRef, watch } from 'vue'
import { parseQuery, type QueryProblem } from '../../../shared/journal-query/index.ts'
import type { ExperimentSummary, JournalFacets, JournalMatches } from '../../../shared/journal.ts'
import { oneAtATime } from '../../components/one-at-a-time.ts'
import { lab, reasonOf } from '../../lab.ts'
import { useAppStore } from '../../stores/app.ts'
import { useJournalStore } from '../../stores/journal.ts'
import { RowLayout } from './row-layout.ts'

/** What a query found: all places, and the content of those experiments that were looked at. */
export interface FoundExperiments {
  readonly query: string
  readonly matches: JournalMatches
  readonly layout: RowLayout
  /** By id, where it stands among those found. */
  readonly positions: ReadonlyMap<number, number>
  readonly summaries: ReadonlyMap<number, ExperimentSummary>
}

/** Rows read before there is a list that says what it shows. */
const FIRST_ROWS = 60
/** The counts of the filters take longer than the list, and nobody reads them while typing. */
const FACETS_PAUSE_MS = 150

const NO_FACETS: JournalFacets = { all: 0, starred: 0, archived: 0, trashed: 0, models: [], tags: [], states: [] }

/** Keeps the list of a query up to date; while the text cannot be read as a query, the list of the last one stays. */
export function useFoundExperiments() {
  const app = useAppStore()
  const journal = useJournalStore()

  const problem = computed((): QueryProblem | undefined => {
    const parsed = parseQuery(journal.search)
    return parsed.ok ? undefined : parsed.problem
  })
  const query = ref(problem.value === undefined ? journal.search : '')
  const found = shallowRef(foundOf('', { experimentIds: [], runCounts: [] }, new Map()))
  const facets = shallowRef(NO_FACETS)
  const failure = ref<string>()
  const loaded = ref(false)
  /** Rows in sight. */
  let shown: readonly [first: number, end: number] = [0, FIRST_ROWS]

  const readList = oneAtATime(async () => {
    const asked = query.value
    try {
      const matches = await lab().findExperiments(asked)
      const summaries = shallowReactive(new Map<number, ExperimentSummary>())
      const next = foundOf(asked, matches, summaries)
      if (asked !== found.value.query) shown = [0, FIRST_ROWS]
      await read(next, summaries, shown)
      // What was asked for in the meantime has its own answer
      if (asked !== query.value) return
      found.value = next
      failure.value = undefined
    } catch (error) {
      if (asked !== query.value) return
      failure.value = reasonOf(error)
    }
    loaded.value = true
  })

  /** Reads what is in sight; answers when it is there. */
  async function show(first: number, end: number): Promise<void> {
    shown = [first, end]
    const { value } = found
    try {
      await read(value, value.summaries as Map<number, ExperimentSummary>, shown)
    } catch (error) {
      failure.value = reasonOf(error)
    }
  }

  async function readFacets(): Promise<void> {
    const asked = query.value
    try {
      const counts = await lab().journalFacets(asked)
      if (asked === query.value) facets.value = counts
    } catch (error) {
      failure.value = reasonOf(error)
    }
  }
  const readFacetsOnce = oneAtATime(readFacets)
  let facetsTimer: ReturnType<typeof setTimeout> | undefined

  function refresh(): void {
    void readList()
    clearTimeout(facetsTimer)
    facetsTimer = setTimeout(() => void readFacetsOnce(), loaded.value ? FACETS_PAUSE_MS : 0)
  }

  watch(
    () => journal.search,
    (text) => {
      if (problem.value === undefined) query.value = text
    },
    { flush: 'sync' },
  )
  watch([query, () => app.journalChanges], refresh, { immediate: true })
  onScopeDispose(lab().on('runEnded', refresh))
  onScopeDispose(() => clearTimeout(facetsTimer))

  return { query, problem, found, facets, failure, loaded, show }
}

function foundOf(
  query: string,
  matches: JournalMatches,
  summaries: ReadonlyMap<number, ExperimentSummary>,
): FoundExperiments {
  const positions = new Map(matches.experimentIds.map((id, position) => [id, position]))
  return { query, matches, layout: new RowLayout(matches), positions, summaries }
}

async function read(
  { query, matches, layout }: FoundExperiments,
  summaries: Map<number, ExperimentSummary>,
  [first, end]: readonly [number, number],
): Promise<void> {
  const last = Math.min(end, layout.rowCount) - 1
  if (last < 0) return
  const from = layout.placeOf(Math.min(first, last)).experiment
  const to = layout.placeOf(last).experiment + 1
  const missing = matches.experimentIds.slice(from, to).filter((id) => !summaries.has(id))
  if (missing.length === 0) return
  for (const summary of await lab().readExperiments(query, missing)) summaries.set(summary.id, summary)
}
