import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { NoteLink } from '../../shared/note/markdown.ts'
import { lab } from '../lab.ts'
import { useGuideStore } from './guide.ts'

/** What the Journal is asked to show: the query as it is typed, and the selected run. */
export const useJournalStore = defineStore('journal', () => {
  const guide = useGuideStore()
  const search = ref('')
  const experimentId = ref<number>()
  const runId = ref<number>()
  /** The dialog about the journal's file is shown. */
  const fileOpen = ref(false)
  /** Experiments selected for an action together. */
  const marked = shallowRef<ReadonlySet<number>>(new Set())
  /** Says why a run that was asked for is not shown. */
  const notFound = ref<string>()

  /** Lets everything through again. */
  function widen(): void {
    search.value = ''
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

  /** Selects an experiment. */
  function revealExperiment(id: number): void {
    notFound.value = undefined
    widen()
    experimentId.value = id
    runId.value = undefined
  }

  /** Selects what a note names; says so when the journal does not have it. */
  async function follow(link: NoteLink): Promise<void> {
    if (link.kind === 'page') {
      guide.show(link.page, link.anchor)
      return
    }
    if (link.kind === 'run') return revealRun(link.runId)
    const id = await lab().experimentTitled(link.title)
    if (id !== undefined) revealExperiment(id)
    else notFound.value = `There is no experiment "${link.title}" in this journal.`
  }

  return { search, experimentId, runId, marked, fileOpen, notFound, widen, revealRun, revealExperiment, follow }
})
