import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { RunProgress } from '../../shared/run.ts'
import { lab } from '../lab.ts'

/** Quicker checks show no progress: a bar that flashes by only disturbs. */
const SHOWN_AFTER_MS = 500

/** Recorded runs that are being made again: how many, how far, and whether that takes long enough to be shown. */
export const useCheckedRunsStore = defineStore('checked-runs', () => {
  const runs = ref(0)
  const isLong = ref(false)
  const progress = shallowRef<ReadonlyMap<number, RunProgress>>(new Map())

  const busy = computed(() => runs.value > 0)
  /** Share of all operations that is done, 0 to 1; runs of unknown length count when they end. */
  const share = computed(() => {
    const parts = [...progress.value.values()].map(
      ({ operationsDone, operationsTotal = Infinity }) => operationsDone / operationsTotal,
    )
    return runs.value === 0 ? 0 : parts.reduce((sum, part) => sum + part, 0) / runs.value
  })

  /** Makes runs again; answers why that was refused, if it was. */
  async function check(runIds: readonly number[]): Promise<string | undefined> {
    if (busy.value) return 'Runs are being made again. Wait for them or cancel.'
    runs.value = runIds.length
    progress.value = new Map()
    const timer = setTimeout(() => (isLong.value = true), SHOWN_AFTER_MS)
    const stop = lab().on('checkProgress', (now) => {
      progress.value = new Map(progress.value).set(now.runId, now)
    })
    try {
      const answer = await lab().recheckRuns(runIds)
      return answer.kind === 'refused' ? answer.reason : undefined
    } finally {
      stop()
      clearTimeout(timer)
      isLong.value = false
      runs.value = 0
    }
  }

  return { runs, isLong, share, busy, check, cancel: () => lab().cancelChecks() }
})
