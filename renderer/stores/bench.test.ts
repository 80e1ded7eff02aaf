import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CurrentJob, ExperimentRequest, LabApi, Outcome } from '../../shared/contract.ts'
import type { ExperimentRecord, RunRecord } from '../../shared/journal.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { PATCH_2015, patch2015Runs } from '../../shared/published.ts'
import type { RunSpec, RunStatus } from '../../shared/run.ts'
import type { ScenarioInfo } from '../../shared/scenario.ts'
import { elapsedMs, isRunning } from '../../shared/stopwatch.ts'
import { installFakeLab, type FakeLab } from '../testing/fake-lab.ts'
import { useAppStore } from './app.ts'
import { useBenchStore } from './bench.ts'
import { useJobsStore } from './jobs.ts'

const record = (id: number, experimentId: number, spec: RunSpec, status: RunStatus): RunRecord => ({
  id,
  experimentId,
  spec,
  status,
  startedAtMs: 0,
  labVersion: '0.1.0',
  source: '',
})

/** A journal that numbers experiments from 1 and runs from 10 * experiment. */
let asked: ExperimentRequest[] = []
let lab: FakeLab
let answer: () => Promise<Outcome<number>>

const recordsOf = (experimentId: number, status: RunStatus): RunRecord[] =>
  (asked[experimentId - 1]?.runs ?? []).map((spec, i) => record(experimentId * 10 + i, experimentId, spec, status))

function experiment(id: number): ExperimentRecord | undefined {
  const request = asked[id - 1]
  if (request === undefined) return undefined
  const { title, question } = request
  const records = recordsOf(id, 'running')
  return { id, title, question, createdAtMs: 0, starred: false, tags: [], runs: records, note: [], records }
}

const methods: Partial<LabApi> = {
  startExperiment: (request) => {
    asked.push(request)
    return answer()
  },
  openExperiment: (id) => Promise.resolve(experiment(id)),
  pauseExperiment: (id) => Promise.resolve(void pauses.push(`pause ${id}`)),
  resumeExperiment: (id) => Promise.resolve(void pauses.push(`resume ${id}`)),
}

/** What the methods of the lab were called with, pauses only. */
let pauses: string[] = []

beforeEach(() => {
  asked = []
  pauses = []
  answer = () => Promise.resolve({ kind: 'done', value: asked.length })
  lab = installFakeLab(methods)
  setActivePinia(createPinia())
  const runs = patch2015Runs()
  const scenarios = [...new Map(runs.map(({ scenarioId, parameters }) => [scenarioId, parameters['iters'] ?? 0]))]
  useAppStore().catalog = {
    scenarios: scenarios.map(([id, iters]): ScenarioInfo => {
      const parameters = [{ name: 'iters', help: '', min: 1, max: 1_000_000, default: iters }]
      return { id, title: id, description: '', parameters, usesSeed: false, source: '' }
    }),
    models: ['v4.0', 'v4.1'].map((id) => ({ id }) as KernelModel),
    customModels: [],
    savedMachines: [],
    machines: MACHINE_PRESETS,
  }
  useJobsStore().listen()
})
afterEach(() => vi.unstubAllGlobals())

describe('running an experiment', () => {
  it('asks what the user asks, and otherwise what goes with the runs', async () => {
    const bench = useBenchStore()
    expect(bench.planned.question).toBe(PATCH_2015.question)
    bench.question = '  Does it also hold with 64 CPUs?  '
    await bench.run()
    expect(asked[0]).toMatchObject({ title: PATCH_2015.title, question: 'Does it also hold with 64 CPUs?' })
    bench.reset()
    expect(bench.planned.question).toBe(PATCH_2015.question)
  })

  it('shows every run from the start, so that nothing is judged before its time', async () => {
    const bench = useBenchStore()
    await bench.run()
    expect(asked[0]?.title).toBe(PATCH_2015.title)
    expect(bench.runs.map(({ status }) => status)).toEqual(Array(6).fill('running'))
    for (const run of recordsOf(1, 'finished').reverse()) lab.tell('runEnded', run)
    expect(bench.runs.map(({ id, status }) => [id, status])).toEqual(
      [10, 11, 12, 13, 14, 15].map((id) => [id, 'finished']),
    )
    expect(useJobsStore().busy).toBe(false)
  })

  it('takes runs that end before the answer to the start', async () => {
    const bench = useBenchStore()
    answer = () => {
      for (const run of recordsOf(1, 'finished')) lab.tell('runEnded', run)
      return Promise.resolve({ kind: 'done', value: 1 })
    }
    await bench.run()
    expect(bench.runs.every(({ status }) => status === 'finished')).toBe(true)
    expect(bench.canRun).toBe(true)
  })

  it('happens once, however often it is asked for', async () => {
    const bench = useBenchStore()
    await Promise.all([bench.run(), bench.run()])
    await bench.run()
    expect(asked).toHaveLength(1)
    expect(bench.refusal).toBeUndefined()
  })

  it('says why it was refused, and keeps what is shown', async () => {
    const bench = useBenchStore()
    await bench.run()
    for (const run of recordsOf(1, 'finished')) lab.tell('runEnded', run)
    answer = () => Promise.resolve({ kind: 'refused', reason: 'The disk is full.' })
    await bench.run()
    expect(bench.refusal).toBe('The disk is full.')
    expect(bench.runs.every(({ status }) => status === 'finished')).toBe(true)
    expect(bench.canRun).toBe(true)
  })

  it('is possible again after a failure of the lab itself', async () => {
    const bench = useBenchStore()
    answer = () => Promise.reject(new Error('lost'))
    await expect(bench.run()).rejects.toThrow('lost')
    expect(bench.canRun).toBe(true)
  })
})

describe('an experiment under way', () => {
  it('is paused and resumed as a whole, and its time stands still meanwhile', async () => {
    const bench = useBenchStore()
    const jobs = useJobsStore()
    await bench.run()
    expect(jobs.paused).toBe(false)
    await jobs.setPaused(true)
    expect(jobs.paused).toBe(true)
    expect(isRunning(jobs.job!.time)).toBe(false)
    await jobs.setPaused(false)
    expect(jobs.paused).toBe(false)
    expect(pauses).toEqual(['pause 1', 'resume 1'])
  })

  it('that ends while it is being paused leaves nothing paused', async () => {
    const bench = useBenchStore()
    const jobs = useJobsStore()
    await bench.run()
    const pausing = jobs.setPaused(true)
    for (const run of recordsOf(1, 'finished')) lab.tell('runEnded', run)
    await pausing
    expect(jobs.busy).toBe(false)
    expect(jobs.paused).toBe(false)
  })

  const asCurrent = (paused: boolean): CurrentJob => ({
    experimentId: 1,
    runs: [...recordsOf(1, 'finished').slice(0, 2), ...recordsOf(1, 'running').slice(2)],
    progress: [{ runId: 12, operationsDone: 50, operationsTotal: 100, elapsedMs: 40 }],
    paused,
    elapsedMs: 1234,
  })

  it.each([true, false])('is taken up by a window that was loaded meanwhile, paused: %s', async (paused) => {
    asked = [{ title: 'Mine', question: '', runs: patch2015Runs() }]
    lab.methods.currentJob = () => Promise.resolve(asCurrent(paused))
    const jobs = useJobsStore()
    await jobs.takeUp()
    const bench = useBenchStore()
    expect({ busy: jobs.busy, paused: jobs.paused, running: jobs.running }).toEqual({ busy: true, paused, running: 4 })
    expect(jobs.share).toBeCloseTo(2.5 / 6)
    expect(elapsedMs(jobs.job!.time, Date.now())).toBeGreaterThanOrEqual(1234)
    await vi.waitFor(() => expect(bench.runs).toHaveLength(6))
    expect(bench.canRun).toBe(false)
  })

  it('is taken up whole when runs end between question and answer', async () => {
    asked = [{ title: 'Mine', question: '', runs: patch2015Runs() }]
    const jobs = useJobsStore()
    const answered = asCurrent(false)
    lab.methods.currentJob = () => {
      // The first of these the answer knows as ended
      for (const run of recordsOf(1, 'finished').slice(1)) lab.tell('runEnded', run)
      return Promise.resolve(answered)
    }
    await jobs.takeUp()
    expect(jobs.busy).toBe(false)
    expect(jobs.ended.map(({ id }) => id)).toEqual([10, 11, 12, 13, 14, 15])
  })

  it('is not invented', async () => {
    const jobs = useJobsStore()
    lab.methods.currentJob = () => Promise.resolve(undefined)
    await jobs.takeUp()
    expect(jobs.busy).toBe(false)
  })
})

describe('opening an experiment', () => {
  const random = patch2015Runs().filter(({ scenarioId }) => scenarioId === 'random')

  it('shows its runs, sets the Bench to them and keeps its words for running it again', async () => {
    asked = [{ title: 'Mine', question: 'Why?', runs: random }]
    const bench = useBenchStore()
    expect(await bench.open(1)).toBe(true)
    expect(bench.runs).toHaveLength(2)
    expect(bench.setup.scenarioIds).toEqual(['random'])
    await bench.run()
    expect(asked[1]).toMatchObject({ title: 'Mine', question: 'Why?' })
  })

  it('does not give its words to another experiment', async () => {
    asked = [{ title: 'Mine', question: 'Why?', runs: random }]
    const bench = useBenchStore()
    await bench.open(1)
    bench.setup = { ...bench.setup, seed: 5 }
    await bench.run()
    expect(asked[1]).toMatchObject({ title: 'random under v4.0 and v4.1', question: '' })
  })

  it('is not disturbed by another one that is under way', async () => {
    const bench = useBenchStore()
    await bench.run()
    asked.push({ title: 'Other', question: '', runs: random })
    await bench.open(2)
    for (const run of recordsOf(1, 'finished')) lab.tell('runEnded', run)
    expect(bench.experimentId).toBe(2)
    expect(bench.runs.map(({ id }) => id)).toEqual([20, 21])
  })

  it('answers false when there is none', async () => {
    expect(await useBenchStore().open(9)).toBe(false)
  })
})

describe('a new experiment', () => {
  it('is the 2015 patch, and can be undone', async () => {
    const bench = useBenchStore()
    await bench.run()
    bench.setup = { ...bench.setup, scenarioIds: ['orders'] }
    const undo = bench.reset()
    expect(bench.plannedRuns).toEqual(patch2015Runs())
    expect(bench.runs).toEqual([])
    undo()
    expect(bench.setup.scenarioIds).toEqual(['orders'])
    expect(bench.experimentId).toBe(1)
  })
})
