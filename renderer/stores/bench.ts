import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { RunRecord } from '../../shared/journal.ts'
import { PATCH_2015 } from '../../shared/published.ts'
import { DEFAULT_SETUP, readSetup, runsOf, storeSetup, type BenchSetup } from '../places/bench/setup.ts'
import { lab } from '../lab.ts'
import { useAppStore } from './app.ts'
import { useJobsStore } from './jobs.ts'

/** What the Bench is set to and what it shows: the setup of the next experiment, and the runs of the last or opened one. */
export const useBenchStore = defineStore('bench', () => {
  const app = useAppStore()
  const jobs = useJobsStore()
  const setup = ref<BenchSetup>(readSetup())
  watch(setup, storeSetup, { deep: true })

  const experimentId = ref<number>()
  const title = ref<string>(PATCH_2015.title)
  const question = ref<string>(PATCH_2015.question)
  const runs = shallowRef<readonly RunRecord[]>([])
  const refusal = ref<string>()

  const plannedRuns = computed(() => runsOf(setup.value, app.catalog))

  async function run(): Promise<void> {
    refusal.value = undefined
    const started = await jobs.start({ title: title.value, question: question.value, runs: plannedRuns.value })
    if ('reason' in started) refusal.value = started.reason
    else experimentId.value = started.experimentId
  }

  /** Shows an experiment of the journal; answers false when there is none with this id. */
  async function open(id: number): Promise<boolean> {
    const experiment = await lab().openExperiment(id)
    if (experiment === undefined) return false
    experimentId.value = id
    title.value = experiment.title
    question.value = experiment.question
    runs.value = experiment.records
    return true
  }

  // Results appear run by run, in the order in which they were asked for
  watch(
    () => jobs.ended,
    (ended) => {
      if (ended.length > 0 || jobs.job !== undefined) runs.value = [...ended].sort((left, right) => left.id - right.id)
    },
  )

  /** Back to the 2015 patch, ready to run, with nothing shown. */
  function reset(): void {
    setup.value = structuredClone(DEFAULT_SETUP)
    experimentId.value = undefined
    title.value = PATCH_2015.title
    question.value = PATCH_2015.question
    runs.value = []
    refusal.value = undefined
  }

  return { setup, experimentId, title, question, runs, refusal, plannedRuns, run, open, reset }
})
