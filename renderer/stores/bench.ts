import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { RunRecord } from '../../shared/journal.ts'
import type { RunSpec } from '../../shared/run.ts'
import {
  latestOfEach,
  missingRuns,
  programsOf,
  sameRuns,
  setupOf,
  wordsFor,
  type ExperimentWords,
} from '../places/bench/experiment.ts'
import { DEFAULT_SETUP, readSetup, runsOf, storeSetup, type BenchSetup } from '../places/bench/setup.ts'
import { lab } from '../lab.ts'
import { useAppStore } from './app.ts'
import { useJobsStore, type Started } from './jobs.ts'
import { useOwnScenariosStore } from './own-scenarios.ts'

/** An experiment of the journal, as it was read. */
interface Shown extends ExperimentWords {
  readonly id: number
  readonly records: readonly RunRecord[]
}

/** What the Bench is set to and what it shows: the setup of the next experiment, and the runs of the last or opened one. */
export const useBenchStore = defineStore('bench', () => {
  const app = useAppStore()
  const jobs = useJobsStore()
  const own = useOwnScenariosStore()
  const setup = ref<BenchSetup>(readSetup())
  watch(setup, storeSetup, { deep: true })

  const shown = shallowRef<Shown>()
  /** The workload whose charts are shown. */
  const workloadKey = ref('')
  const refusal = ref<string>()
  /** What the user asks with the next experiment; empty for the question that goes with its runs. */
  const question = ref('')

  const experimentId = computed(() => shown.value?.id)
  /** The runs of the shown experiment, those under way included, in the order in which they were asked for. */
  const runs = computed((): readonly RunRecord[] => {
    const ended = new Map(jobs.ended.map((run) => [run.id, run]))
    return latestOfEach((shown.value?.records ?? []).map((record) => ended.get(record.id) ?? record))
  })

  const plannedRuns = computed(() => runsOf(setup.value, app.catalog, own.programs))
  /** What goes with the planned runs: the words of the shown experiment when that is run again, or their own. */
  const usual = computed((): ExperimentWords => {
    const again =
      shown.value !== undefined &&
      sameRuns(
        plannedRuns.value,
        runs.value.map(({ spec }) => spec),
      )
    return again && shown.value !== undefined ? shown.value : wordsFor(plannedRuns.value, app.catalog)
  })
  const usualQuestion = computed(() => usual.value.question)
  /** What the next experiment is called and asks. */
  const planned = computed((): ExperimentWords => {
    const asked = question.value.trim()
    return { title: usual.value.title, question: asked === '' ? usual.value.question : asked }
  })
  /** Planned runs that the shown experiment has not: what changed since it was run. */
  const newRuns = computed(() => (shown.value === undefined ? [] : missingRuns(plannedRuns.value, runs.value)))
  const canRun = computed(() => plannedRuns.value.length > 0 && !jobs.busy)

  /** Shows an experiment of the journal; answers false when there is none with this id. */
  async function show(id: number): Promise<boolean> {
    const experiment = await lab().openExperiment(id)
    if (experiment === undefined) return false
    const { title, question: asked, records } = experiment
    shown.value = { id, title, question: asked, records }
    return true
  }

  async function showStarted(starting: Promise<Started>): Promise<void> {
    refusal.value = undefined
    const started = await starting
    if ('reason' in started) refusal.value = started.reason
    else await show(started.experimentId)
  }

  /** Makes all planned runs as a new experiment. */
  async function run(): Promise<void> {
    if (canRun.value) await showStarted(jobs.start({ ...planned.value, runs: plannedRuns.value }))
  }

  /** Makes some of the planned runs as a new experiment. */
  async function runOnly(some: readonly RunSpec[]): Promise<void> {
    if (some.length === 0 || jobs.busy) return
    await showStarted(jobs.start({ ...wordsFor(some, app.catalog), runs: some }))
  }

  /** Adds to the shown experiment the planned runs that it has not. */
  async function runNew(): Promise<void> {
    const { id } = shown.value ?? {}
    if (id !== undefined && newRuns.value.length > 0) await showStarted(jobs.add(id, newRuns.value))
  }

  /** Shows an experiment and, where one setup stands for all its runs, sets the Bench to it. */
  async function open(id: number): Promise<boolean> {
    if (!(await show(id))) return false
    refusal.value = undefined
    question.value = ''
    const specs = runs.value.map(({ spec }) => spec)
    // A program that is not at hand any more comes back as a scenario that is not saved
    for (const program of programsOf(specs)) own.take(program)
    setup.value = setupOf(specs, app.catalog, own.programs) ?? setup.value
    return true
  }

  // A window that was reloaded shows what it showed before
  if (jobs.job !== undefined) void show(jobs.job.experimentId)

  // Runs of another process end without a word to this window, but not without a change of the journal
  watch(
    () => app.journalChanges,
    () => {
      const underWay = runs.value.some(({ status }) => status === 'running')
      if (experimentId.value !== undefined && underWay && !jobs.busy) void show(experimentId.value)
    },
  )

  /** Back to the 2015 patch, ready to run, with nothing shown; answers how to undo that. */
  function reset(): () => void {
    const before = { setup: setup.value, shown: shown.value, question: question.value }
    setup.value = structuredClone(DEFAULT_SETUP)
    shown.value = undefined
    refusal.value = undefined
    question.value = ''
    return () => {
      setup.value = before.setup
      shown.value = before.shown
      question.value = before.question
    }
  }

  return {
    setup,
    question,
    usualQuestion,
    experimentId,
    shown,
    workloadKey,
    runs,
    refusal,
    plannedRuns,
    planned,
    canRun,
    newRuns,
    run,
    runOnly,
    runNew,
    open,
    reset,
  }
})
