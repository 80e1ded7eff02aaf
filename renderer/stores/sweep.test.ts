import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import type { SweepDefinition } from '../../shared/sweep.ts'
import type { SweepProgress, SweepRecord } from '../../shared/sweep-record.ts'
import { installFakeLab, type FakeLab } from '../testing/fake-lab.ts'
import { useAppStore } from './app.ts'
import { useSweepStore } from './sweep.ts'

const machines = MACHINE_PRESETS.slice(0, 1).map(({ id, machine }) => ({ machineId: id, machine }))
const definition: SweepDefinition = {
  ...{ title: 'Random', question: '', scenarioId: 'random', parameters: { iters: 10 }, usesSeed: true },
  ...{ axes: [], machines, models: [{ modelId: 'v4.0' }, { modelId: 'v4.1' }], seeds: { first: 0, count: 2 } },
}

function record(id: number, status: SweepRecord['status']): SweepRecord {
  const summary = { id, title: 'Random', status, startedAtMs: 0, labVersion: '0.1.0', runs: 4, runsDone: 4 }
  return { ...summary, definition, source: '' }
}

const underWay: SweepProgress = {
  ...{ sweepId: 1, runs: 4, runsDone: 2, runsMade: 2, elapsedMs: 10, paused: false, workers: 2 },
}

let lab: FakeLab
let current: SweepProgress | undefined

beforeEach(() => {
  setActivePinia(createPinia())
  current = underWay
  lab = installFakeLab({
    currentSweep: () => Promise.resolve(current),
    listScenarios: () => Promise.resolve([]),
    listSweeps: () => Promise.resolve([record(1, current === undefined ? 'finished' : 'running')]),
    openSweep: (id) => Promise.resolve(record(id, current === undefined ? 'finished' : 'running')),
    analyseSweep: (_id, cell) =>
      Promise.resolve({
        kind: 'done',
        value: { cell, seeds: 2, rows: [], pairs: [], publishedSeeds: [], warnings: [] },
      }),
    sweepColumn: () => Promise.resolve(Float64Array.of(5, 3, 6, NaN)),
    cancelSweep: vi.fn(() => Promise.resolve()),
  })
})

describe('the sweep store', () => {
  it('shows what is under way, with the seeds that every model has', async () => {
    const sweep = useSweepStore()
    await sweep.listen()
    await sweep.show()
    expect(sweep.busy).toBe(true)
    expect(sweep.record?.status).toBe('running')
    expect(sweep.shown?.seeds).toEqual([0])
    expect(sweep.shown?.samples.map((sample) => [...sample])).toEqual([[5], [3]])
    expect(sweep.shown?.means).toEqual([[5.5], [3]])
  })

  it('hears of progress and of the end, and then shows how it ended', async () => {
    const sweep = useSweepStore()
    await sweep.listen()
    await sweep.show()
    lab.tell('sweepProgress', { ...underWay, runsDone: 3 })
    expect(sweep.progress?.runsDone).toBe(3)
    current = undefined
    lab.tell('sweepEnded', record(1, 'finished'))
    expect(sweep.busy).toBe(false)
    await vi.waitFor(() => expect(sweep.record?.status).toBe('finished'))
  })

  it('shows what a merge brought', async () => {
    current = undefined
    const sweep = useSweepStore()
    await sweep.listen()
    await sweep.show()
    expect(sweep.list).toHaveLength(1)
    const merged = { ...record(1, 'finished'), runsDone: 5 }
    lab.methods.listSweeps = () => Promise.resolve([record(2, 'finished'), merged])
    lab.methods.openSweep = () => Promise.resolve(merged)
    useAppStore().journalChanges += 1
    await vi.waitFor(() => expect(sweep.record?.runsDone).toBe(5))
    expect(sweep.list).toHaveLength(2)
  })

  it('starts nothing while the Bench has nothing to run, and says why', () => {
    const sweep = useSweepStore()
    expect(sweep.asked).toMatchObject({
      kind: 'problem',
      reason: expect.stringMatching('The Bench has no scenario') as string,
    })
    expect(sweep.canRun).toBe(false)
  })

  it('cancels the one under way and no other', async () => {
    const sweep = useSweepStore()
    await sweep.cancel()
    expect(lab.methods.cancelSweep).not.toHaveBeenCalled()
    await sweep.listen()
    await sweep.cancel()
    expect(lab.methods.cancelSweep).toHaveBeenCalledWith(1)
  })
})
