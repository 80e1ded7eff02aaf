import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../../shared/contract.ts'
import { MACHINE_PRESETS } from '../../../shared/machine.ts'
import { PATCH_2015, patch2015Runs } from '../../../shared/published.ts'
import type { RunRecord } from '../../../shared/journal.ts'
import type { RunSpec, RunStatus } from '../../../shared/run.ts'
import type { ScenarioInfo } from '../../../shared/scenario.ts'
import { latestOfEach, missingRuns, programsOf, sameRuns, setupOf, wordsFor } from './experiment.ts'
import { partialRuns } from './partial-runs.ts'
import { DEFAULT_SETUP, runsOf, type BenchSetup, type Programs } from './setup.ts'

const scenario = (id: string, title: string, iters: number): ScenarioInfo => ({
  id,
  title,
  description: '',
  parameters: [{ name: 'iters', help: '', min: 1, max: 1_000_000, default: iters }],
  usesSeed: false,
  source: '',
})
const model = (id: string): Catalog['models'][number] => ({
  id,
  aliases: [],
  description: '',
  newBlockAt: 'tail',
  afterNewBlock: 'occupy',
  dirtyTracking: 'bitmap',
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
  scenarios: [
    scenario('exhaust', 'Exhaust', 1000),
    scenario('random', 'Random', 10_000),
    scenario('orders', 'Orders', 1000),
  ],
  models: ['v4.0', 'v4.0+1', 'v4.1'].map(model),
  customModels: [],
  savedMachines: [],
  machines: MACHINE_PRESETS,
}
const programs: Programs = new Map([['draft:1', { title: 'Mine', source: 'static int n = 5; /* 1..9 */\n' }]])
const own = { ...MACHINE_PRESETS[0]!.machine, nrCpus: 3 }
const planned = (change: Partial<BenchSetup>) =>
  runsOf({ ...structuredClone(DEFAULT_SETUP), ...change }, catalog, programs)

describe('the words of an experiment', () => {
  it("are the patch's own for the published runs only", () => {
    expect(wordsFor(planned({}), catalog)).toEqual({ title: PATCH_2015.title, question: PATCH_2015.question })
    expect(wordsFor(planned({ seed: 7 }), catalog).title).not.toBe(PATCH_2015.title)
  })

  it('otherwise name scenarios, models and a machine that is not the usual one', () => {
    expect(wordsFor(planned({ scenarioIds: ['exhaust'] }), catalog).title).toBe('Exhaust under v4.0 and v4.1')
    const wide = planned({
      scenarioIds: ['exhaust', 'random'],
      modelIds: ['v4.0', 'v4.0+1', 'v4.1'],
      machineId: 'i386',
    })
    expect(wordsFor(wide, catalog).title).toBe('Exhaust and Random under v4.0, v4.0+1 and v4.1 on i386, 1 CPU')
    expect(wordsFor(planned({ scenarioIds: ['draft:1'] }), catalog).title).toBe('Mine under v4.0 and v4.1')
    const recorded = (machineId: string) => wordsFor(planned({ machineId, recordedMachine: own }), catalog).title
    expect(recorded('custom')).toMatch(/on a custom machine$/)
    expect(recorded('my board')).toMatch(/on my board$/)
    const [first] = planned({ scenarioIds: ['exhaust'] })
    const many = ['a', 'b', 'c', 'd', 'e'].map((modelId) => ({ ...first!, modelId }))
    expect(wordsFor(many, catalog).title).toBe('Exhaust under 5 kernel models')
  })
})

describe('the same runs', () => {
  it('may come in another order, with their parameters in another order', () => {
    expect(sameRuns(patch2015Runs(), patch2015Runs().reverse())).toBe(true)
    const [first] = patch2015Runs()
    const runs = [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ].map((parameters) => [{ ...first!, parameters }])
    expect(sameRuns(runs[0]!, runs[1]!)).toBe(true)
  })

  it('are not fewer, and not others', () => {
    expect(sameRuns(patch2015Runs(), patch2015Runs().slice(1))).toBe(false)
    expect(sameRuns(planned({}), planned({ machineId: 'x86_64-1cpu' }))).toBe(false)
  })
})

describe('what is new', () => {
  const record = (id: number, spec: RunSpec, status: RunStatus = 'finished'): RunRecord => ({
    id,
    experimentId: 1,
    spec,
    status,
    startedAtMs: 0,
    labVersion: '0.1.0',
    source: '',
  })
  const runs = planned({})

  it('is every planned run that has no result, and none that has', () => {
    const records = runs.slice(1).map((spec, i) => record(i, spec))
    expect(missingRuns(runs, records)).toEqual(runs.slice(0, 1))
    expect(missingRuns(runs, [...records, record(9, runs[0]!, 'failed')])).toEqual(runs.slice(0, 1))
    expect(missingRuns(runs, [...records, record(9, runs[0]!, 'running')])).toEqual([])
  })

  it('takes the place of what was made before', () => {
    const [first, second] = runs
    const records = [record(1, first!, 'failed'), record(2, second!), record(3, first!)]
    expect(latestOfEach(records).map(({ id }) => id)).toEqual([3, 2])
  })

  it('can be run by scenario or by model where there are several', () => {
    const titles = (some: readonly RunSpec[]) =>
      partialRuns(some, catalog).map((group) => group.map((part) => part.title))
    expect(titles(runs)).toEqual([
      ['Exhaust', 'Random', 'Orders'],
      ['v4.0', 'v4.1'],
    ])
    expect(titles(planned({ scenarioIds: ['random'] }))).toEqual([[], ['v4.0', 'v4.1']])
    const [scenarios, models] = partialRuns(runs, catalog)
    expect(scenarios?.flatMap((part) => part.runs)).toHaveLength(runs.length)
    expect(models?.[1]?.runs.map(({ modelId }) => modelId)).toEqual(['v4.1', 'v4.1', 'v4.1'])
  })
})

describe('runs of a program', () => {
  const runs = planned({ scenarioIds: ['draft:1'] })

  it('are the same whatever the program is called, and with the values of its text given or not', () => {
    const recorded = runs.map((run) => ({
      ...run,
      parameters: { n: 5 },
      program: { title: 'Other', source: run.program!.source },
    }))
    expect(sameRuns(runs, recorded)).toBe(true)
    expect(
      sameRuns(
        runs,
        recorded.map((run) => ({ ...run, parameters: { n: 6 } })),
      ),
    ).toBe(false)
    expect(setupOf(recorded, catalog, programs)?.scenarioIds).toEqual(['draft:1'])
  })

  it('name each program once, with the values they were made with in its text', () => {
    const other = runs.map((run) => ({ ...run, parameters: { n: 6 } }))
    expect(programsOf([...runs, ...other, ...patch2015Runs()]).map(({ source }) => source)).toEqual([
      'static int n = 5; /* 1..9 */\n',
      'static int n = 6; /* 1..9 */\n',
    ])
  })
})

describe('the setup of an experiment', () => {
  it.each<[string, Partial<BenchSetup>]>([
    ['the 2015 patch', {}],
    ['other parameters and seeds', { parameters: { random: { iters: 7 } }, seed: 9, scenarioIds: ['random'] }],
    ['another machine', { machineId: 'i386-8' }],
    ["a scenario of one's own", { scenarioIds: ['draft:1', 'random'] }],
    ['a machine that has no name', { machineId: 'custom', recordedMachine: own }],
    ['a saved machine that is another one now', { machineId: 'i386', recordedMachine: own }],
    ['a saved machine that is gone', { machineId: 'gone', recordedMachine: own }],
  ])('plans the same runs again: %s', (_, change) => {
    const setup = setupOf(planned(change), catalog, programs)
    expect(setup && sameRuns(runsOf(setup, catalog, programs), planned(change))).toBe(true)
  })

  it('stands for the machine by its name alone while that is the same one', () => {
    expect(setupOf(planned({ machineId: 'i386' }), catalog, programs)).not.toHaveProperty('recordedMachine')
    expect(setupOf(planned({ machineId: 'i386', recordedMachine: own }), catalog, programs)).toHaveProperty(
      'recordedMachine',
      own,
    )
  })

  it('does not exist where no setup plans exactly these runs', () => {
    expect(setupOf([], catalog, programs)).toBeUndefined()
    expect(setupOf(patch2015Runs().slice(1), catalog, programs)).toBeUndefined()
    expect(setupOf([...planned({ seed: 1 }), ...planned({ seed: 2 })], catalog, programs)).toBeUndefined()
    expect(
      setupOf(
        patch2015Runs().map((run) => ({ ...run, scenarioId: 'gone' })),
        catalog,
        programs,
      ),
    ).toBeUndefined()
  })
})
