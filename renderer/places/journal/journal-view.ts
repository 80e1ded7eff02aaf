import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ExperimentRecord, ExperimentSummary } from '../../../shared/journal.ts'
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
  /** Why the journal could not be read, and why the last change was refused. */
  const failure = ref<string>()
  const refusal = ref<string>()
  const loaded = ref(false)

  const shown = computed(() => filtered(experiments.value, journal.filter))
  const facets = computed(() => facetsOf(experiments.value, journal.filter))
  const narrowed = computed(() => journal.search !== '' || isNarrowed(journal.filter))
  const mayHaveMore = computed(() => experiments.value.length === limit.value)
  const selectedRun = computed(() => opened.value?.records.find((run) => run.id === journal.runId))

  /** Later questions win over earlier ones, whatever order the answers arrive in. */
  let lastList = 0
  let lastOpened = 0

  async function readList(): Promise<void> {
    lastList += 1
    const mine = lastList
    try {
      const found = await lab().listExperiments({ search: journal.search, limit: limit.value })
      if (mine !== lastList) return
      experiments.value = found
      failure.value = undefined
      selectAmong(found)
    } catch (error) {
      failure.value = reasonOf(error)
    }
    loaded.value = true
  }

  /** Something is always selected. A run that was asked for stays, even when it is older than what the list holds. */
  function selectAmong(found: readonly ExperimentSummary[]): void {
    const [first] = found
    if (first === undefined || found.some((experiment) => experiment.id === journal.experimentId)) return
    if (journal.runId !== undefined && journal.search === '') return
    journal.experimentId = first.id
    journal.runId = undefined
  }

  async function readOpened(): Promise<void> {
    lastOpened += 1
    const mine = lastOpened
    const id = journal.experimentId
    if (id === undefined) return
    try {
      const experiment = await lab().openExperiment(id)
      if (mine !== lastOpened) return
      drafts.settle(id)
      opened.value = experiment
    } catch (error) {
      failure.value = reasonOf(error)
    }
  }

  watch([() => journal.search, limit, () => app.journalChanges], () => void readList(), { immediate: true })
  watch([() => journal.experimentId, () => app.journalChanges], () => void readOpened(), { immediate: true })
  onScopeDispose(
    lab().on('runEnded', () => {
      void readList()
      void readOpened()
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

  /** Makes a change of the journal; keeps the reason when it is refused. */
  async function change(call: Promise<void>): Promise<void> {
    try {
      await call
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
    selectedRun,
    failure,
    refusal,
    loaded,
    mayHaveMore,
    select,
    change,
    readMore,
  }
}
