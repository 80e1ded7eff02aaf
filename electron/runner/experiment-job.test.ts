import { expect, it } from 'vitest'
import { ExperimentJob } from './experiment-job.ts'

const progress = (runId: number, operationsDone: number) => ({
  runId,
  operationsDone,
  operationsTotal: 100,
  elapsedMs: 1,
})

it('knows the runs that have not ended and the last word of each', () => {
  const job = new ExperimentJob(7, [1, 2, 3], () => 0)
  job.told(progress(1, 10))
  job.told(progress(1, 20))
  job.told(progress(2, 5))
  job.told(progress(9, 50))
  expect(job.progress).toEqual([progress(1, 20), progress(2, 5)])
  job.ended(1)
  job.told(progress(1, 30))
  expect(job.unfinished).toEqual([2, 3])
  expect(job.progress).toEqual([progress(2, 5)])
})

it('counts no time while it is paused', () => {
  let nowMs = 100
  const job = new ExperimentJob(7, [1], () => nowMs)
  nowMs = 150
  job.setPaused(true)
  nowMs = 5000
  expect({ paused: job.paused, elapsedMs: job.elapsedMs }).toEqual({ paused: true, elapsedMs: 50 })
  job.setPaused(false)
  nowMs = 5030
  expect({ paused: job.paused, elapsedMs: job.elapsedMs }).toEqual({ paused: false, elapsedMs: 80 })
})
