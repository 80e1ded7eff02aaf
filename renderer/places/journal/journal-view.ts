import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ExperimentRecord, ExperimentSummary } from '../../../shared/journal.ts'
import { lab } from '../../lab.ts'
import { useAppStore } from '../../stores/app.ts'
import { useJournalStore } from '../../stores/journal.ts'
import { facetsOf, filtered, type JournalFilter } from './facets.ts'
import type { JournalRow } from './rows.ts'

/** Experiments read at a time; more are read on request. */
const PAGE = 200

/** What the Journal shows, kept up to date: the list for the words and filters, and the selected experiment in full. */
export function useJournalView() {
  const app = useAppStore()
  const journal = useJournalStore()

  const experiments = shallowRef<readonly ExperimentSummary[]>([])
  const limit = ref(PAGE)
  const filter = ref<JournalFilter>({})
  const opened = shallowRef<ExperimentRecord>()
  const failure = ref<string>()
  const loaded = ref(false)

  const shown = computed(() => filtered(experiments.value, filter.value))
  const facets = computed(() => facetsOf(experiments.value))
  const mayHaveMore = computed(() => experiments.value.length === limit.value)
  const selectedRun = computed(() => opened.value?.records.find((run) => run.id === journal.runId))

  /** Later answers win over earlier ones, whatever order they arrive in. */
  let asked = 0

  async function read(): Promise<void> {
    asked += 1
    const mine = asked
    try {
      const found = await lab().listExperiments({ search: journal.search, limit: limit.value })
      if (mine !== asked) return
      experiments.value = found
      const present = found.some((experiment) => experiment.id === journal.experimentId)
      if (!present && journal.runId === undefined) journal.experimentId = found[0]?.id
      opened.value = journal.experimentId === undefined ? undefined : await lab().openExperiment(journal.experimentId)
      failure.value = undefined
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error)
    }
    loaded.value = true
  }

  watch([() => journal.search, limit, () => app.journalChanges, () => journal.experimentId], () => void read(), {
    immediate: true,
  })
  onScopeDispose(lab().on('runEnded', () => void read()))

  function select(row: JournalRow): void {
    journal.notFound = undefined
    journal.experimentId = row.experiment.id
    journal.runId = row.kind === 'run' ? row.run.id : undefined
  }

  function clear(): void {
    journal.search = ''
    filter.value = {}
  }

  function readMore(): void {
    limit.value += PAGE
  }

  return { shown, facets, filter, opened, selectedRun, failure, loaded, mayHaveMore, select, clear, readMore }
}
