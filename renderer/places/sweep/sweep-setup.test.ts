import { describe, expect, it } from 'vitest'
import { patch2015Runs } from '../../../shared/published.ts'
import { CUSTOM_MACHINE_ID } from '../../../shared/saved-machine.ts'
import { runCount } from '../../../shared/sweep.ts'
import { cellTitle, dimensionsOf } from '../../../shared/sweep-dimensions.ts'
import { scenariosOf } from './scenarios.ts'
import { askedSweep, DEFAULT_SWEEP, sweptRuns, type AxisSetup, type SweepSetup } from './sweep-setup.ts'

const planned = patch2015Runs()
const NOTHING: AxisSetup = { of: '', values: '' }

function setupWith(axes: readonly AxisSetup[], change: Partial<SweepSetup> = {}): SweepSetup {
  return { ...DEFAULT_SWEEP, seeds: 40, ...change, axes: [axes[0] ?? NOTHING, axes[1] ?? NOTHING] }
}

function request(setup: SweepSetup) {
  const asked = askedSweep(setup, planned, 'Random')
  if (asked.kind === 'problem') throw new Error(asked.reason)
  return asked.request
}

function reason(setup: SweepSetup, runs = planned): string {
  const asked = askedSweep(setup, runs, 'Random')
  return asked.kind === 'problem' ? asked.reason : ''
}

describe('askedSweep', () => {
  it('takes one scenario, the machine and all models of the Bench', () => {
    const asked = request(setupWith([]))
    expect(asked).toMatchObject({
      scenarioId: 'random',
      title: 'Random, 40 seeds',
      axes: [],
      parameters: { iters: 10_000 },
    })
    expect(asked.models).toEqual([{ modelId: 'v4.0' }, { modelId: 'v4.1' }])
    expect(runCount(asked)).toBe(80)
  })

  it('varies CPUs and slots as machines in a grid, and parameters as axes', () => {
    const asked = request(
      setupWith([
        { of: 'slots', values: '128, 1024' },
        { of: 'cpus', values: '1,64' },
      ]),
    )
    expect(asked.machines.map(({ machineId, machine }) => [machineId, machine.nrCpus, machine.bbmapBits])).toEqual([
      ...[
        [CUSTOM_MACHINE_ID, 1, 128],
        [CUSTOM_MACHINE_ID, 1, 1024],
      ],
      ...[
        [CUSTOM_MACHINE_ID, 64, 128],
        ['x86_64', 64, 1024],
      ],
    ])
    const dimensions = dimensionsOf(asked)
    expect(dimensions.map(({ name }) => name)).toEqual(['CPUs', 'Slots'])
    expect(cellTitle(dimensions, 1)).toBe('CPUs 1, Slots 1024')
    const swept = request(setupWith([{ of: 'param:iters', values: '10..30:10' }]))
    expect(swept.axes).toEqual([{ name: 'iters', values: [10, 20, 30] }])
    expect(cellTitle(dimensionsOf(swept), 2)).toBe('iters 30')
  })

  it('says why there is none', () => {
    expect(reason(setupWith([]), [])).toMatch('The Bench has no scenario')
    expect(reason(setupWith([{ of: 'cpus', values: 'many' }]))).toMatch('Axis 1: "many" cannot be read')
    expect(reason(setupWith([{ of: 'slots', values: '100' }]))).toMatch('bbmap_bits is 100; accepted are powers of two')
    const same = { of: 'cpus', values: '1' }
    expect(reason(setupWith([same, same]))).toMatch('Axis 2 varies the same')
    expect(reason(setupWith([], { seeds: 900_000 }))).toMatch('1800000 runs are too many')
  })
})

it('goes on with another scenario where the chosen one is not on the Bench', () => {
  const others = planned.filter(({ scenarioId }) => scenarioId !== 'random')
  expect(new Set(sweptRuns(DEFAULT_SWEEP, others).map(({ scenarioId }) => scenarioId))).toEqual(new Set(['exhaust']))
})

it('lists the scenarios of the Bench once, under their titles', () => {
  const program = { title: 'mine', source: '' }
  const own = planned.slice(0, 1).map((run) => ({ ...run, scenarioId: 'program', program }))
  expect(scenariosOf([...planned, ...own], { scenarios: [] })).toEqual([
    ...['exhaust', 'random', 'orders'].map((id) => ({ key: id, title: id })),
    { key: 'program: mine', title: 'mine' },
  ])
})
