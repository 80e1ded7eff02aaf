import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ExperimentRecord, ExperimentSummary } from '../../../shared/journal.ts'
import { oneAtATime } from '../../components/one-at-a-time.ts'
import { lab, reasonOf } from '../../lab.ts'
import { useAppStore } from '../../stores/app.ts'
import { useJournalStore } from '../../stores/journal.ts'
import { facetsOf, filtered, isNarrowed } from './facets.ts'
import { useNoteDrafts } from './note-drafts.ts'
import type { JournalRow } from './rows.ts'

/** Experiments read at a time; more are read on request. */
const PAGE = 200

/** What the Journal shows, kept up to date: the list for the words and filters, and the selected experiment in full. */
export function useJournalView() {
  const app = useAppStore()
  const journal = useJournalStore()
  const drafts = useNoteDrafts()

  const experiments = shallowRef<readonly ExperimentSummary[]>([])
  const limit = ref(PAGE)
  const opened = shallowRef<ExperimentRecord>()
  /** Why the list and the selected experiment could not be read, and why the last action was refused. */
  const listFailure = ref<string>()
  const openFailure = ref<string>()
  const refusal = ref<string>()
  const loaded = ref(false)

  const shown = computed(() => filtered(experiments.value, journal.filter))
  const facets = computed(() => facetsOf(experiments.value, journal.filter))
  const narrowed = computed(() => journal.search !== '' || isNarrowed(journal.filter))
  const mayHaveMore = computed(() => experiments.value.length === limit.value)
  const selectedRun = computed(() => opened.value?.records.find((run) => run.id === journal.runId))
  /** What shortcuts act on: nothing while the details still show another experiment than the selected one. */
  const current = computed(() => (opened.value?.id === journal.experimentId ? opened.value : undefined))
  const failure = computed(() => listFailure.value ?? openFailure.value)

  const readList = oneAtATime(async () => {
    const query = { search: journal.search, limit: limit.value }
    // What was asked for in the meantime has its own answer
    const isWanted = (): boolean => query.search === journal.search && query.limit === limit.value
    try {
      const found = await lab().listExperiments(query)
      if (!isWanted()) return
      experiments.value = found
      listFailure.value = undefined
      selectAmong(found)
    } catch (error) {
      if (!isWanted()) return
      listFailure.value = reasonOf(error)
    }
    loaded.value = true
  })

  /** Something is always selected. A run that was asked for stays, even when it is older than what the list holds. */
  function selectAmong(found: readonly ExperimentSummary[]): void {
    const [first] = found
    if (first === undefined || found.some((experiment) => experiment.id === journal.experimentId)) return
    if (journal.runId !== undefined && journal.search === '') return
    journal.experimentId = first.id
    journal.runId = undefined
  }

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

  watch([() => journal.search, limit, () => app.journalChanges], () => void readList(), { immediate: true })
  watch([() => journal.experimentId, () => app.journalChanges], () => void readOpened(), { immediate: true })
  onScopeDispose(
    lab().on('runEnded', (run) => {
      void readList()
      if (run.experimentId === journal.experimentId) void readOpened()
    }),
  )
  onScopeDispose(drafts.saveAll)

  function select(row: JournalRow): void {
    journal.notFound = undefined
    refusal.value = undefined
    if (opened.value !== undefined && opened.value.id !== row.experiment.id) void drafts.save(opened.value.id)
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

  function readMore(): void {
    limit.value += PAGE
  }

  return {
    shown,
    facets,
    narrowed,
    opened,
    current,
    selectedRun,
    failure,
    refusal,
    loaded,
    mayHaveMore,
    select,
    attempt,
    readMore,
  }
}
