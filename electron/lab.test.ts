import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { patch2015Runs } from '../shared/published.ts'
import type { RunProgress } from '../shared/run.ts'
import { Lab } from './lab.ts'

let folder: string
let lab: Lab
let progress: RunProgress[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vmap-lab-services-'))
  progress = []
  lab = new Lab({ journalPath: join(folder, 'journal.sqlite'), onProgress: (told) => progress.push(told) })
})

afterEach(async () => {
  await lab.close()
  rmSync(folder, { recursive: true })
})

const runs = (iters: number) =>
  patch2015Runs()
    .slice(0, 2)
    .map((spec) => ({ ...spec, parameters: { iters } }))

it('knows what is being run, until it has ended', async () => {
  expect(lab.currentJob()).toBeUndefined()
  const { experimentId, runIds, finished } = lab.startExperiment({ title: 'x', question: '', runs: runs(10_000_000) })
  await vi.waitFor(() => expect(lab.currentJob()?.progress.length).toBeGreaterThan(0))
  const job = lab.currentJob()
  expect(job).toMatchObject({ experimentId, paused: false })
  expect(job?.runs.map(({ id, status }) => [id, status])).toEqual(runIds.map((id) => [id, 'running']))
  expect(job?.elapsedMs).toBeGreaterThan(0)
  lab.cancelExperiment(experimentId)
  await finished
  expect(lab.currentJob()).toBeUndefined()
})

it('holds all runs of an experiment, and lets them go on to the same result', async () => {
  const expected = await lab.startExperiment({ title: 'x', question: '', runs: runs(20_000) }).finished
  progress = []
  const { experimentId, finished } = lab.startExperiment({ title: 'x', question: '', runs: runs(20_000) })
  lab.pauseExperiment(experimentId)
  expect(lab.currentJob()).toMatchObject({ experimentId, paused: true, progress: [] })
  const elapsedMs = lab.currentJob()?.elapsedMs
  expect(lab.currentJob()?.elapsedMs).toBe(elapsedMs)
  lab.resumeExperiment(experimentId)
  expect(lab.currentJob()?.paused).toBe(false)
  expect((await finished).map(({ digest }) => digest)).toEqual(expected.map(({ digest }) => digest))
})

it('passes over experiments that are not being run', () => {
  lab.pauseExperiment(7)
  lab.resumeExperiment(7)
  lab.cancelExperiment(7)
  expect(lab.currentJob()).toBeUndefined()
})
