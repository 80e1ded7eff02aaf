import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ExperimentRequest, Outcome } from '../../shared/contract.ts'
import type { RunRecord } from '../../shared/journal.ts'
import type { RunProgress, RunSpec } from '../../shared/run.ts'
import { isRunning, startedStopwatch, stoppedStopwatch, toggled, type Stopwatch } from '../../shared/stopwatch.ts'
import { lab } from '../lab.ts'

/** The experiment that is being run, if any: its runs, how far each is, and how to pause and cancel it. */
export interface Job {
  readonly experimentId: number
  readonly runs: number
  /** Time spent on it, by Date.now(); stands still while it is paused. */
  readonly time: Stopwatch
}

/** The experiment that was started, or why it was refused. */
export type Started = { readonly experimentId: number } | { readonly reason: string }

export const useJobsStore = defineStore('jobs', () => {
  const job = ref<Job>()
  /** Between asking for an experiment and knowing its number. */
  const starting = ref(false)
  /** Runs of the last job that have ended, in the order in which they did. */
  const ended = shallowRef<readonly RunRecord[]>([])
  const progress = shallowRef<ReadonlyMap<number, RunProgress>>(new Map())

  const busy = computed(() => starting.value || job.value !== undefined)
  const paused = computed(() => job.value !== undefined && !isRunning(job.value.time))
  const running = computed(() => (job.value === undefined ? 0 : job.value.runs - ended.value.length))

  /** Share of all operations that is done, 0 to 1; a run of unknown length counts when it ends. */
  const share = computed(() => {
    if (job.value === undefined) return 0
    const finished = new Set(ended.value.map((run) => run.id))
    const underWay = [...progress.value.values()].filter(({ runId }) => !finished.has(runId))
    const parts = underWay.map(({ operationsDone, operationsTotal = Infinity }) => operationsDone / operationsTotal)
    return (ended.value.length + parts.reduce((sum, part) => sum + part, 0)) / job.value.runs
  })

  /** Runs that ended before the answer to `start` arrived: short runs can be faster than that. */
  let early: RunRecord[] = []

  function take(run: RunRecord): void {
    if (job.value === undefined) early.push(run)
    else if (run.experimentId === job.value.experimentId && !ended.value.some(({ id }) => id === run.id)) {
      ended.value = [...ended.value, run]
      if (ended.value.length === job.value.runs) job.value = undefined
    }
  }

  function begin(begun: Job, endedBefore: readonly RunRecord[], told: readonly RunProgress[]): void {
    ended.value = endedBefore
    progress.value = new Map(told.map((now) => [now.runId, now]))
    job.value = begun
    for (const run of early.splice(0)) take(run)
  }

  function listen(): void {
    lab().on('runProgress', (now) => {
      if (job.value !== undefined) progress.value = new Map(progress.value).set(now.runId, now)
    })
    lab().on('runEnded', take)
  }

  /** Goes on with the experiment that was under way before the window was loaded, if there is one. */
  async function takeUp(): Promise<void> {
    const current = await lab().currentJob()
    if (current === undefined || busy.value) return
    const { experimentId, runs, progress: told, paused: held, elapsedMs: soFarMs } = current
    const time = held ? stoppedStopwatch(soFarMs) : startedStopwatch(Date.now(), soFarMs)
    const endedBefore = runs.filter(({ status }) => status !== 'running')
    begin({ experimentId, runs: runs.length, time }, endedBefore, told)
  }

  /** One at a time. `ask` has the lab start `runs` runs, and answers with the id of their experiment. */
  async function startRuns(runs: number, ask: () => Promise<Outcome<number>>): Promise<Started> {
    if (busy.value) return { reason: 'An experiment is under way. Cancel it or wait for its end.' }
    starting.value = true
    early = []
    try {
      const outcome = await ask()
      if (outcome.kind !== 'done') {
        return { reason: outcome.kind === 'refused' ? outcome.reason : 'Nothing was started.' }
      }
      begin({ experimentId: outcome.value, runs, time: startedStopwatch(Date.now()) }, [], [])
      return { experimentId: outcome.value }
    } finally {
      starting.value = false
    }
  }

  /** Starts an experiment. */
  function start(request: ExperimentRequest): Promise<Started> {
    return startRuns(request.runs.length, () => lab().startExperiment(request))
  }

  /** Adds runs to an experiment and starts them. */
  function add(experimentId: number, runs: readonly RunSpec[]): Promise<Started> {
    return startRuns(runs.length, async () => {
      const outcome = await lab().addRuns(experimentId, runs)
      return outcome.kind === 'done' ? { kind: 'done', value: experimentId } : outcome
    })
  }

  async function cancel(): Promise<void> {
    if (job.value !== undefined) await lab().cancelExperiment(job.value.experimentId)
  }

  /** Pauses the job, or lets it go on. */
  async function setPaused(pause: boolean): Promise<void> {
    const { experimentId } = job.value ?? {}
    if (experimentId === undefined) return
    await (pause ? lab().pauseExperiment(experimentId) : lab().resumeExperiment(experimentId))
    // It may have ended meanwhile
    if (job.value?.experimentId === experimentId) {
      job.value = { ...job.value, time: toggled(job.value.time, !pause, Date.now()) }
    }
  }

  return { job, busy, paused, ended, progress, running, share, listen, takeUp, start, add, cancel, setPaused }
})
