import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EXPERIMENT_RUNS_MAX } from '../shared/journal.ts'
import { patch2015Runs } from '../shared/published.ts'
import type { RunProgress, RunSpec } from '../shared/run.ts'
import { DEFAULT_BUDGETS } from '../shared/scenario-budgets.ts'
import { parseTraceReference } from '../shared/trace-reference.ts'
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
  const { experimentId, runIds, finished } = await lab.startExperiment({
    title: 'x',
    question: '',
    runs: runs(10_000_000),
  })
  await vi.waitFor(() => expect(lab.currentJob()?.progress.length).toBeGreaterThan(0), { timeout: 10_000 })
  const job = lab.currentJob()
  expect(job).toMatchObject({ experimentId, paused: false })
  expect(job?.runs.map(({ id, status }) => [id, status])).toEqual(runIds.map((id) => [id, 'running']))
  expect(job?.elapsedMs).toBeGreaterThan(0)
  lab.cancelExperiment(experimentId)
  await finished
  expect(lab.currentJob()).toBeUndefined()
})

it('holds all runs of an experiment, and lets them go on to the same result', async () => {
  const started = await lab.startExperiment({ title: 'x', question: '', runs: runs(20_000) })
  const expected = await started.finished
  progress = []
  const { experimentId, finished } = await lab.startExperiment({ title: 'x', question: '', runs: runs(20_000) })
  lab.pauseExperiment(experimentId)
  expect(lab.currentJob()).toMatchObject({ experimentId, paused: true, progress: [] })
  const elapsedMs = lab.currentJob()?.elapsedMs
  expect(lab.currentJob()?.elapsedMs).toBe(elapsedMs)
  lab.resumeExperiment(experimentId)
  expect(lab.currentJob()?.paused).toBe(false)
  expect((await finished).map(({ digest }) => digest)).toEqual(expected.map(({ digest }) => digest))
})

it('adds runs to an experiment, behind those it has', async () => {
  const [first, second] = runs(20)
  const { experimentId, finished } = await lab.startExperiment({ title: 'x', question: '', runs: [first!] })
  await expect(lab.addRuns(experimentId, [second!])).rejects.toThrow('This experiment is being run.')
  await finished
  const added = await (await lab.addRuns(experimentId, [second!])).finished
  expect(added).toMatchObject([{ experimentId, status: 'finished', spec: { modelId: second!.modelId } }])
  const records = lab.journal.openExperiment(experimentId)?.records
  expect(records?.map(({ spec, status }) => [spec.modelId, status])).toEqual([
    [first!.modelId, 'finished'],
    [second!.modelId, 'finished'],
  ])
  expect(lab.journal.totals()).toEqual({ experiments: 1, runs: 2 })
})

it('adds nothing where that cannot be', async () => {
  const [run] = runs(20)
  await expect(lab.addRuns(99, [run!])).rejects.toThrow('There is no experiment 99 to add runs to.')
  const { experimentId, finished } = await lab.startExperiment({ title: 'x', question: '', runs: [run!] })
  await finished
  const tooMany = Array.from({ length: EXPERIMENT_RUNS_MAX }, () => run!)
  await expect(lab.addRuns(experimentId, tooMany)).rejects.toThrow(String(EXPERIMENT_RUNS_MAX))
  const other = { ...run!, modelId: 'mine', custom: { name: 'mine', base: 'v4.0', choices: { lazyFactor: 2 } } }
  await (
    await lab.addRuns(experimentId, [other])
  ).finished
  const namesake = { ...other, custom: { ...other.custom, choices: { lazyFactor: 3 } } }
  await expect(lab.addRuns(experimentId, [namesake])).rejects.toThrow('called "mine"')
  expect(lab.journal.totals()).toEqual({ experiments: 1, runs: 2 })
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

  const finish = async (spec: RunSpec) => (await start(spec)).finished

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

  it('that cannot be made are refused in the words of the policy', async () => {
    const bad = { ...mine, choices: { lazyFactor: 0 } }
    const reason = 'Kernel model refused: lazyFactor is 0; accepted are numbers from 0.001 to 1000.'
    expect(() => lab.saveModel(bad)).toThrow(new LabError(reason))
    await expect(start({ ...underMine, custom: bad })).rejects.toThrow(new LabError(reason))
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
    const [first] = await finish(underMine)
    lab.saveModel({ ...mine, choices: { search: 'worst-fit' } })
    const recorded = lab.journal.openRun(first!.id)!
    const [second] = await finish(recorded.spec)
    lab.deleteModel('mine')
    const [third] = await finish(recorded.spec)
    expect([second!.digest, third!.digest]).toEqual([first!.digest, first!.digest])
    const [worst] = await finish({ ...underMine, custom: { ...mine, choices: { search: 'worst-fit' } } })
    expect(worst!.digest).not.toBe(first!.digest)
  })

  it('have one name each in an experiment, and runs the definition of their name', async () => {
    const other = { ...underMine, custom: { ...mine, base: 'v4.1' } }
    for (const [specs, reason] of [
      [[underMine, other], 'Two different kernel models of this experiment are called "mine"'],
      [[{ ...underMine, modelId: 'yours' }], 'a run under "yours" cannot have the definition'],
      [[{ ...release!, modelId: 'mine' }], 'There is no kernel model "mine"; accepted are: v2.6.28'],
    ] as const) {
      await expect(start(...specs)).rejects.toThrow(reason)
    }
  })
})

describe('programs', () => {
  const [release] = runs(20)
  const source = `static int iters = 5; /* 1..100: maps */

void scenario(void)
{
	for (int i = 0; i < iters; i++)
		vm_unmap_ram(vm_map_ram(pages, rand(1, 8), -1), 1 + NR_CPUS - 64);
}
`
  const valid = source.replace('rand(1, 8)', '1')
  const spec = (text: string, changes: Partial<RunSpec> = {}): RunSpec => ({
    ...release!,
    scenarioId: 'program',
    program: { title: 'burst', source: text },
    parameters: {},
    ...changes,
  })
  const start = (...specs: readonly RunSpec[]) => lab.startExperiment({ title: 'x', question: '', runs: specs })

  it('are recorded with their text and all parameters, and can be made again from the record', async () => {
    const [run] = await (await start(spec(valid))).finished
    expect(run).toMatchObject({ status: 'finished', source: valid, spec: { parameters: { iters: 5 } } })
    expect(run!.counts?.vm_map_ram).toBe(5)
    const recorded = lab.journal.openRun(run!.id)!
    expect(recorded.spec.program).toEqual({ title: 'burst', source: valid })
    const [again] = await (await start(recorded.spec)).finished
    expect(again!.digest).toBe(run!.digest)
  })

  it('that go wrong are recorded as failed, with line and column', async () => {
    const [run] = await (await start(spec(source))).finished
    expect(run).toMatchObject({ status: 'failed' })
    expect(run!.failure).toMatch(/^line 6, column 3: .* 1 pages are unmapped, and \d were mapped in line 6\.$/)
  })

  it.each([
    ['an error', spec('void scenario(void)\n{\n\tmap(1);\n}\n'), '"burst", line 3, column 2: '],
    [
      'several errors',
      spec('void scenario(void)\n{\n\tx = 1;\n\ty = 2;\n}\n'),
      '"burst" has 2 errors, the first in line 3, column 2: ',
    ],
    ['a text without end', spec(' '.repeat(200_001)), 'The text has 200001 characters; accepted are 200000.'],
    [
      'an unknown parameter',
      spec(valid, { parameters: { n: 1 } }),
      'Refused: burst has no parameter n; accepted are: iters.',
    ],
    [
      'a parameter out of range',
      spec(valid, { parameters: { iters: 101 } }),
      'Refused: iters is 101; accepted are whole numbers from 1 to 100.',
    ],
    ['no title', spec(valid, { program: { title: ' ', source: valid } }), 'A scenario needs a name.'],
    ['an impossible machine', spec(valid, { machine: { ...release!.machine, nrCpus: 0 } }), 'Refused: nr_cpus is 0;'],
    ['the id of a ready scenario', spec(valid, { scenarioId: 'exhaust' }), '"exhaust" cannot have a text of its own'],
  ])('with %s are refused before anything is recorded', async (_, refused, reason) => {
    await expect(start(spec(valid), refused)).rejects.toThrow(reason)
    await expect(start(refused)).rejects.toThrow(LabError)
    expect(lab.journal.totals().experiments).toBe(0)
  })

  it('are held to the budgets of the settings', async () => {
    await lab.close()
    const budgets = () => ({ ...DEFAULT_BUDGETS, operations: 9 })
    lab = new Lab({ journalPath: join(folder, 'other.sqlite'), budgets })
    const [run] = await (await start(spec(valid))).finished
    expect(run!.failure).toMatch(/^line 6, column \d+: The run has made 9 operations, .*--max-operations/)
  })

  it('are checked and previewed, also on a machine that cannot be', async () => {
    const { machine } = release!
    expect(await lab.checkScenario(valid, machine)).toMatchObject({ diagnostics: [], parameters: [{ name: 'iters' }] })
    expect(await lab.previewScenario({ source: valid, machine, parameters: {}, seed: 1 })).toMatchObject({
      ended: true,
    })
    const impossible = { ...machine, vmallocPages: NaN }
    const reason = /^The machine cannot be simulated: vmalloc_pages is NaN;/
    const { diagnostics } = await lab.checkScenario(valid, impossible)
    expect(diagnostics).toMatchObject([{ severity: 'error', message: expect.stringMatching(reason) as string }])
    const preview = await lab.previewScenario({ source: valid, machine: impossible, parameters: {}, seed: 1 })
    expect(preview).toMatchObject({ requests: [], problem: expect.stringMatching(reason) as string })
  })

  it('are saved under names that the ready scenarios leave free', () => {
    const reason = '"Exhaust" is a ready scenario. Choose another name.'
    expect(() => lab.saveScenario({ name: 'exhaust', source: valid })).toThrow(new LabError(reason))
    const { id } = lab.saveScenario({ name: 'burst', source: 'not yet C' })
    expect(() => lab.renameScenario(id, 'Exhaust')).toThrow(new LabError(reason))
    expect(lab.renameScenario(id, 'bursts')).toMatchObject({ name: 'bursts', source: 'not yet C' })
  })
  it('are imported under the names of their files, or under others that are free', async () => {
    const path = join(folder, 'exhaust.c')
    writeFileSync(path, valid)
    expect(await lab.importScenario(path)).toMatchObject({ name: 'exhaust 2', source: valid })
    expect(await lab.importScenario(path)).toMatchObject({ name: 'exhaust 3' })
    const missing = join(folder, 'missing.c')
    await expect(lab.importScenario(missing)).rejects.toThrow(`${missing} cannot be imported: ENOENT`)
    await expect(lab.importScenario(missing)).rejects.toThrow(LabError)
  })

  it('may be traces, which are checked when they are imported and when they are run', async () => {
    const path = join(folder, 'captured.txt')
    writeFileSync(path, '# from a machine\nm 1 4\nm 2 8\nu 1\n')
    const { name, source } = await lab.importScenario(path)
    expect(name).toBe('captured.txt')
    expect(parseTraceReference(source)).toMatchObject({ path, bytes: 33 })
    const { machine } = runs(20)[0]!
    const preview = await lab.previewScenario({ source, machine, parameters: {}, seed: 1 })
    expect(preview.requests.map(({ kind, pages }) => [kind, pages])).toEqual([
      ['map', 4],
      ['map', 8],
      ['unmap', 4],
    ])
    writeFileSync(path, 'm 1 4\nx\n')
    const changed = await lab.previewScenario({ source, machine, parameters: {}, seed: 2 })
    expect(changed.problem).toMatch(`${path} is not the trace that was chosen`)
    const { source: wrong } = await lab.importScenario(path)
    const { requests, problem } = await lab.previewScenario({ source: wrong, machine, parameters: {}, seed: 1 })
    expect(requests).toHaveLength(1)
    expect(problem).toMatch('line 2: ')
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
    const made = await lab.startExperiment({
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
