import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MACHINE_PRESETS } from '../../../shared/machine.ts'
import { patch2015Runs } from '../../../shared/published.ts'
import type { Catalog } from '../../../shared/contract.ts'
import type { KernelModel } from '../../../shared/kernel-model.ts'
import {
  DEFAULT_SETUP,
  machineOf,
  readSetup,
  runsOf,
  storeSetup,
  withMachine,
  type BenchSetup,
  type Programs,
} from './setup.ts'

const scenario = (id: string, value: number): Catalog['scenarios'][number] => ({
  id,
  title: id,
  description: '',
  parameters: [{ name: 'iters', help: '', min: 1, max: 10, default: value }],
  usesSeed: false,
  source: '',
})
const model = (id: string): KernelModel => ({
  id,
  aliases: [],
  description: '',
  newBlockAt: 'tail',
  afterNewBlock: 'occupy',
  dirtyTracking: 'min-max',
  slotPlacement: 'bump',
  search: 'first-fit',
  addressSpace: 'next-fit',
  nodePools: 'none',
  drainOrder: 'last-first',
  lazyDrain: 'at-once',
  lazyFactor: 1,
  fragmentPurge: 'always',
  aliasesVisit: 'listed',
  purgeThreshold: 1,
  zeroPages: 'bug',
})
const catalog: Catalog = {
  scenarios: [scenario('exhaust', 1000), scenario('random', 10_000), scenario('orders', 1000)],
  models: [model('v4.0'), model('v4.0+1'), model('v4.1')],
  customModels: [],
  savedMachines: [],
  machines: MACHINE_PRESETS,
}

const programs: Programs = new Map([['saved:7', { title: 'Mine', source: 'mine' }]])
const i386 = MACHINE_PRESETS.find(({ id }) => id === 'i386')!.machine
const setup = (change: Partial<BenchSetup>): BenchSetup => ({ ...structuredClone(DEFAULT_SETUP), ...change })

describe('the planned runs', () => {
  it('are the published experiment at first', () => {
    expect(runsOf(DEFAULT_SETUP, catalog, programs)).toEqual(patch2015Runs())
  })

  it('are every chosen scenario under every chosen model, in the order of the setup', () => {
    const runs = runsOf(setup({ scenarioIds: ['orders', 'exhaust'], modelIds: ['v4.1', 'v4.0+1'] }), catalog, programs)
    expect(runs.map((run) => [run.scenarioId, run.modelId])).toEqual([
      ['orders', 'v4.0+1'],
      ['orders', 'v4.1'],
      ['exhaust', 'v4.0+1'],
      ['exhaust', 'v4.1'],
    ])
  })

  it("are also of the user's own scenarios, and not of one that is gone", () => {
    const runs = runsOf(setup({ scenarioIds: ['saved:7', 'saved:8'], modelIds: ['v4.1'] }), catalog, programs)
    expect(runs).toMatchObject([
      { scenarioId: 'program', program: { title: 'Mine', source: 'mine' }, parameters: {}, modelId: 'v4.1' },
    ])
  })

  it('take changed parameters, and defaults for the others', () => {
    const runs = runsOf(setup({ parameters: { exhaust: { iters: 5 } } }), catalog, programs)
    expect(runs.map((run) => run.parameters['iters'])).toEqual([5, 5, 10_000, 10_000, 1000, 1000])
  })

  it('are none on a machine that cannot be simulated', () => {
    const recordedMachine = { ...i386, vmallocPages: 2 ** 20 }
    expect(runsOf(setup({ machineId: 'custom', recordedMachine }), catalog, programs)).toEqual([])
    expect(runsOf(setup({ machineId: 'gone' }), catalog, programs)).toEqual([])
  })
})

describe('the machine', () => {
  const recordedMachine = { ...i386, nrCpus: 3 }

  it('is the one of its name, or the one that an opened run recorded', () => {
    expect(machineOf(setup({ machineId: 'i386' }), catalog)).toEqual(i386)
    expect(machineOf(setup({ machineId: 'i386', recordedMachine }), catalog)).toEqual(recordedMachine)
    expect(machineOf(setup({ machineId: 'gone' }), catalog)).toBeUndefined()
  })

  it('that is chosen takes the place of a recorded one', () => {
    const chosen = withMachine(setup({ machineId: 'custom', recordedMachine }), 'i386')
    expect(chosen).toEqual(setup({ machineId: 'i386' }))
    expect(machineOf(chosen, catalog)).toEqual(i386)
  })
})

describe('the remembered setup', () => {
  const stored = new Map<string, string>()

  beforeEach(() => {
    stored.clear()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, text: string) => stored.set(key, text),
    })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('comes back as it was', () => {
    const changed = setup({
      seed: 7,
      modelIds: ['v4.0+1'],
      parameters: { random: { iters: 3 } },
      machineId: 'custom',
      recordedMachine: { ...i386, nrCpus: 3 },
    })
    storeSetup(changed)
    expect(readSetup()).toEqual(changed)
  })

  it.each([
    ['nothing is stored', undefined],
    ['it is damaged', '{"version":1,'],
    ['it has another version', '{"version":99,"setup":{}}'],
    ['a field has another type', '{"version":1,"setup":{"scenarioIds":"exhaust"}}'],
  ])('is the default when %s', (_, text) => {
    if (text !== undefined) stored.set('bench-setup', text)
    expect(readSetup()).toEqual(DEFAULT_SETUP)
  })
})
