import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ExperimentRequest } from '../../shared/contract.ts'
import type { RunRecord } from '../../shared/journal.ts'
import type { RunProgress } from '../../shared/run.ts'
import { lab } from '../lab.ts'

/** The experiment that is being run, if any: its runs, how far each is, and how to cancel it. */
export interface Job {
  readonly experimentId: number
  readonly runs: number
  readonly startedAtMs: number
}

export const useJobsStore = defineStore('jobs', () => {
  const job = ref<Job>()
  /** Between asking for an experiment and knowing its number. */
  const starting = ref(false)
  /** Runs of the last job that have ended, in the order in which they did. */
  const ended = shallowRef<readonly RunRecord[]>([])
  const progress = shallowRef<ReadonlyMap<number, RunProgress>>(new Map())

  const busy = computed(() => starting.value || job.value !== undefined)
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
    else if (run.experimentId === job.value.experimentId) {
      ended.value = [...ended.value, run]
      if (ended.value.length === job.value.runs) job.value = undefined
    }
  }

  function listen(): void {
    lab().on('runProgress', (now) => {
      if (job.value !== undefined) progress.value = new Map(progress.value).set(now.runId, now)
    })
    lab().on('runEnded', take)
  }

  /** Starts an experiment; answers its id, or why it was refused. One at a time. */
  async function start(request: ExperimentRequest): Promise<{ experimentId: number } | { reason: string }> {
    if (busy.value) return { reason: 'An experiment is under way. Cancel it or wait for its end.' }
    starting.value = true
    early = []
    try {
      const outcome = await lab().startExperiment(request)
      if (outcome.kind !== 'done') {
        return { reason: outcome.kind === 'refused' ? outcome.reason : 'Nothing was started.' }
      }
      ended.value = []
      progress.value = new Map()
      job.value = { experimentId: outcome.value, runs: request.runs.length, startedAtMs: Date.now() }
      for (const run of early.splice(0)) take(run)
      return { experimentId: outcome.value }
    } finally {
      starting.value = false
    }
  }

  async function cancel(): Promise<void> {
    if (job.value !== undefined) await lab().cancelExperiment(job.value.experimentId)
  }

  return { job, busy, ended, progress, running, share, listen, start, cancel }
})
