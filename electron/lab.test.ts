import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { patch2015Runs } from '../shared/published.ts'
import type { RunProgress, RunSpec } from '../shared/run.ts'
import { Lab, LabError } from './lab.ts'

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

describe("models of one's own", () => {
  const mine = { name: 'mine', base: 'v4.0', choices: { search: 'best-fit' } } as const
  const [release] = runs(20)
  const underMine = { ...release!, modelId: 'mine', custom: mine }

  const start = (...specs: readonly RunSpec[]) => lab.startExperiment({ title: 'x', question: '', runs: specs })

  it('are in the catalog after the releases, as what differs from their base', () => {
    expect(lab.catalog().models).toHaveLength(14)
    expect(lab.saveModel({ ...mine, choices: { ...mine.choices, newBlockAt: 'head' } })).toEqual(mine)
    expect(lab.catalog().models.slice(14)).toMatchObject([{ id: 'mine', base: 'v4.0', search: 'best-fit' }])
    expect(lab.catalog().customModels).toEqual([mine])
    lab.saveModel({ ...mine, name: 'ours' }, 'mine')
    expect(lab.customModels().map(({ name }) => name)).toEqual(['ours'])
    expect(lab.deleteModel('ours')).toBe(true)
    expect(lab.catalog().models).toHaveLength(14)
  })

  it('that cannot be made are refused in the words of the policy', () => {
    const bad = { ...mine, choices: { lazyFactor: 0 } }
    const reason = 'Kernel model refused: lazyFactor is 0; accepted are numbers from 0.001 to 1000.'
    expect(() => lab.saveModel(bad)).toThrow(new LabError(reason))
    expect(() => start({ ...underMine, custom: bad })).toThrow(new LabError(reason))
    expect(lab.customModels()).toEqual([])
    expect(lab.journal.totals().experiments).toBe(0)
  })

  it('of a later version are listed and not offered', () => {
    lab.journal.saveItem({ kind: 'model', name: 'later', definition: { base: 'v9.9', choices: mine.choices } })
    expect(lab.catalog().customModels).toHaveLength(1)
    expect(lab.catalog().models).toHaveLength(14)
  })

  it('make runs that stay what they are when the saved model changes or goes', async () => {
    lab.saveModel(mine)
    const [first] = await start(underMine).finished
    lab.saveModel({ ...mine, choices: { search: 'worst-fit' } })
    const recorded = lab.journal.openRun(first!.id)!
    const [second] = await start(recorded.spec).finished
    lab.deleteModel('mine')
    const [third] = await start(recorded.spec).finished
    expect([second!.digest, third!.digest]).toEqual([first!.digest, first!.digest])
    const [worst] = await start({ ...underMine, custom: { ...mine, choices: { search: 'worst-fit' } } }).finished
    expect(worst!.digest).not.toBe(first!.digest)
  })

  it('have one name each in an experiment, and runs the definition of their name', () => {
    const other = { ...underMine, custom: { ...mine, base: 'v4.1' } }
    expect(() => start(underMine, other)).toThrow('Two different kernel models of this experiment are called "mine"')
    expect(() => start({ ...underMine, modelId: 'yours' })).toThrow('a run under "yours" cannot have the definition')
    expect(() => start({ ...release!, modelId: 'mine' })).toThrow(
      'There is no kernel model "mine"; accepted are: v2.6.28',
    )
  })
})

describe("machines of one's own", () => {
  const [spec] = runs(20)
  const mine = { name: 'mine', description: 'Words.', machine: { ...spec!.machine, nrCpus: 3 } }

  it('are in the catalog after the presets', () => {
    const presets = lab.catalog().machines.length
    expect(lab.machines.save(mine)).toEqual(mine)
    expect(lab.catalog().machines.slice(presets)).toEqual([
      { id: 'mine', title: 'mine', description: 'Words.', machine: mine.machine },
    ])
    expect(lab.catalog().savedMachines).toEqual([mine])
    lab.machines.save({ ...mine, name: 'ours' }, 'mine')
    expect(lab.machines.all().map(({ name }) => name)).toEqual(['ours'])
    expect(lab.machines.delete('ours')).toBe(true)
    expect(lab.catalog().machines).toHaveLength(presets)
  })

  it('that cannot be simulated are refused, and one of a later version is listed and not offered', () => {
    const machine = { ...mine.machine, bbmapBits: 4096 }
    const reason = 'Machine refused: bbmap_bits is 4096; accepted are powers of two from 128 to 1024.'
    expect(() => lab.machines.save({ ...mine, machine })).toThrow(new LabError(reason))
    lab.journal.saveItem({ kind: 'machine', name: 'later', definition: { description: '', machine } })
    expect(lab.catalog().savedMachines).toHaveLength(1)
    expect(lab.catalog().machines.map(({ id }) => id)).not.toContain('later')
  })

  it('make runs that stay what they are when the saved machine changes or goes', async () => {
    lab.machines.save(mine)
    const made = lab.startExperiment({
      title: 'x',
      question: '',
      runs: [{ ...spec!, machineId: 'mine', machine: mine.machine }],
    })
    const [first] = await made.finished
    lab.machines.save({ ...mine, machine: { ...mine.machine, nrCpus: 9 } })
    lab.machines.delete('mine')
    expect(lab.journal.openRun(first!.id)?.spec).toMatchObject({ machineId: 'mine', machine: mine.machine })
  })
})
