import { defineStore } from 'pinia'
import { ref } from 'vue'
import { lab } from '../lab.ts'
import type { JournalFilter } from '../places/journal/facets.ts'

/** What the Journal is asked to show: the words searched for, what the list is narrowed to, and the selected run. */
export const useJournalStore = defineStore('journal', () => {
  const search = ref('')
  const filter = ref<JournalFilter>({})
  const experimentId = ref<number>()
  const runId = ref<number>()
  /** Says why a run that was asked for is not shown. */
  const notFound = ref<string>()

  /** Lets everything through again. */
  function widen(): void {
    search.value = ''
    filter.value = {}
  }

  /** Selects a run; says so when the journal has none with this number. */
  async function revealRun(id: number): Promise<void> {
    const run = await lab().openRun(id)
    notFound.value = run === undefined ? `There is no run ${id} in this journal.` : undefined
    if (run === undefined) return
    widen()
    experimentId.value = run.experimentId
    runId.value = id
  }

  return { search, filter, experimentId, runId, notFound, widen, revealRun }
})
