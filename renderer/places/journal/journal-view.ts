import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ExperimentRecord } from '../../../shared/journal.ts'
import { oneAtATime } from '../../components/one-at-a-time.ts'
import { lab, reasonOf } from '../../lab.ts'
import { useAppStore } from '../../stores/app.ts'
import { useJournalStore } from '../../stores/journal.ts'
import { facetsOf } from './facets.ts'
import { useFoundExperiments } from './found-experiments.ts'
import { useNoteDrafts } from './note-drafts.ts'
import type { JournalRow } from './rows.ts'

/** What the Journal shows, kept up to date: what the query finds, and the selected experiment in full. */
export function useJournalView() {
  const app = useAppStore()
  const journal = useJournalStore()
  const drafts = useNoteDrafts()
  const { query, problem, found, facets: facetCounts, failure: listFailure, loaded, show } = useFoundExperiments()

  const opened = shallowRef<ExperimentRecord>()
  /** Why the selected experiment could not be read, and why the last action was refused. */
  const openFailure = ref<string>()
  const refusal = ref<string>()

  const facets = computed(() => facetsOf(facetCounts.value, query.value))
  const narrowed = computed(() => journal.search.trim() !== '')
  const selectedRun = computed(() => opened.value?.records.find((run) => run.id === journal.runId))
  /** What shortcuts act on: nothing while the details still show another experiment than the selected one. */
  const current = computed(() => (opened.value?.id === journal.experimentId ? opened.value : undefined))
  const failure = computed(() => listFailure.value ?? openFailure.value)

  /** Something is always selected. A run that was asked for stays, even when a list of everything leaves it out. */
  watch(found, ({ matches, positions }) => {
    const [first] = matches.experimentIds
    if (first === undefined || (journal.experimentId !== undefined && positions.has(journal.experimentId))) return
    if (journal.runId !== undefined && query.value === '') return
    journal.experimentId = first
    journal.runId = undefined
  })

  const readOpened = oneAtATime(async () => {
    const id = journal.experimentId
    if (id === undefined) return
    try {
      const experiment = await lab().openExperiment(id)
      if (id !== journal.experimentId) return
      drafts.settle(id)
      opened.value = experiment
      openFailure.value = undefined
    } catch (error) {
      if (id !== journal.experimentId) return
      openFailure.value = reasonOf(error)
      // Details of another experiment would pass for those of the selected one
      if (opened.value?.id !== id) opened.value = undefined
    }
  })

  watch([() => journal.experimentId, () => app.journalChanges], () => void readOpened(), { immediate: true })
  onScopeDispose(
    lab().on('runEnded', (run) => {
      if (run.experimentId === journal.experimentId) void readOpened()
    }),
  )
  onScopeDispose(() => void drafts.saveAll())

  function select(row: JournalRow): void {
    journal.notFound = undefined
    refusal.value = undefined
    if (opened.value !== undefined && opened.value.id !== row.experiment.id) void drafts.leave(opened.value.id)
    journal.experimentId = row.experiment.id
    journal.runId = row.kind === 'run' ? row.run.id : undefined
  }

  /** Waits for an action; keeps the reason when it is refused. */
  async function attempt(action: Promise<void>): Promise<void> {
    try {
      await action
      refusal.value = undefined
    } catch (error) {
      refusal.value = reasonOf(error)
    }
  }

  return {
    problem,
    found,
    facets,
    narrowed,
    opened,
    current,
    selectedRun,
    failure,
    refusal,
    loaded,
    select,
    attempt,
    show,
  }
}
