import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MACHINE_PRESETS } from './machine.ts'
import {
  cellCount,
  cellIn,
  indexOf,
  missingRanges,
  parseValues,
  placesOf,
  pointOf,
  runCount,
  specAt,
  SWEEP_RUNS_MAX,
  sweepProblem,
  type SweepRequest,
} from './sweep.ts'

const machines = MACHINE_PRESETS.slice(0, 2).map(({ id, machine }) => ({ machineId: id, machine }))
const SWEEP: SweepRequest = {
  ...{ title: 'Random', question: '', scenarioId: 'random', parameters: { iters: 10, fixed: 1 } },
  axes: [
    { name: 'iters', values: [10, 20, 30] },
    { name: 'width', values: [4, 8] },
  ],
  ...{ machines, models: [{ modelId: 'v4.0' }, { modelId: 'v4.1' }], seeds: { first: 7, count: 5 } },
}

const shape = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  seeds: fc.record({ first: fc.nat(1000), count: fc.integer({ min: 1, max: 6 }) }),
  models: fc.integer({ min: 1, max: 3 }),
})

describe('the runs of a sweep', () => {
  it('are each of the combinations once, in an order that does not change', () => {
    const specs = Array.from({ length: runCount(SWEEP) }, (_, index) => specAt(SWEEP, index))
    expect(specs).toHaveLength(3 * 2 * 2 * 5 * 2)
    expect(new Set(specs.map((spec) => JSON.stringify(spec))).size).toBe(specs.length)
    expect(specs[0]).toMatchObject({ parameters: { iters: 10, fixed: 1, width: 4 }, seed: 7, modelId: 'v4.0' })
    expect(specs[1]).toMatchObject({ seed: 7, modelId: 'v4.1' })
    expect(specs[2]).toMatchObject({ seed: 8, modelId: 'v4.0', machineId: machines[0]?.machineId })
    expect(specs[10]).toMatchObject({ seed: 7, machineId: machines[1]?.machineId, parameters: { width: 4 } })
    expect(specs.at(-1)).toMatchObject({ parameters: { iters: 30, width: 8 }, seed: 11, modelId: 'v4.1' })
    expect(() => specAt(SWEEP, runCount(SWEEP))).toThrow('The sweep has no cell 12.')
  })

  it('are found by index, point and places alike', () => {
    fc.assert(
      fc.property(shape, ({ sizes, seeds, models }) => {
        const sweep = {
          ...{ machines, seeds, models: Array.from({ length: models }, (_, model) => ({ modelId: `m${model}` })) },
          axes: sizes.map((size, axis) => ({ name: `p${axis}`, values: Array.from({ length: size }, (_, i) => i) })),
        }
        for (let index = 0; index < runCount(sweep); index += 1) {
          expect(indexOf(sweep, pointOf(sweep, index))).toBe(index)
        }
        for (let cell = 0; cell < cellCount(sweep); cell += 1) {
          expect(cellIn([...sizes, machines.length], placesOf(sweep, cell))).toBe(cell)
        }
      }),
    )
  })
})

describe('sweepProblem', () => {
  it('names what is wrong and what is accepted', () => {
    const problem = (change: Partial<SweepRequest>): string | undefined => sweepProblem({ ...SWEEP, ...change })
    expect(problem({})).toBeUndefined()
    expect(problem({ models: [] })).toMatch('needs a kernel model')
    expect(problem({ machines: [] })).toMatch('needs a machine')
    expect(problem({ seeds: { first: -1, count: 1 } })).toMatch('The first seed is -1')
    expect(problem({ seeds: { first: 2 ** 32 - 1, count: 2 } })).toMatch('accepted are whole numbers from 1 to 1,')
    expect(problem({ axes: [{ name: 'iters', values: [] }] })).toMatch('The axis iters has no value')
    expect(problem({ axes: [{ name: 'iters', values: [1, 1] }] })).toMatch('the value 1 twice')
    const twice = { name: 'iters', values: [1] }
    expect(problem({ axes: [twice, twice] })).toMatch('iters is an axis twice')
    expect(problem({ seeds: { first: 0, count: SWEEP_RUNS_MAX } })).toMatch('at most 1000000 (SWEEP_RUNS_MAX)')
  })
})

describe('missingRanges', () => {
  it('completes what is done to all runs, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (made) => {
        const done = made.flatMap((isMade, first) => (isMade ? [{ first, count: 1 }] : []))
        const missing = missingRanges(made.length, [...done].reverse())
        const all = [...done, ...missing].flatMap(({ first, count }) =>
          Array.from({ length: count }, (_, i) => first + i),
        )
        expect(all.sort((left, right) => left - right)).toEqual(made.map((_, index) => index))
      }),
    )
  })
})

describe('parseValues', () => {
  it('reads lists and ranges', () => {
    expect(parseValues('5')).toEqual([5])
    expect(parseValues('64, 128,256')).toEqual([64, 128, 256])
    expect(parseValues('1..9:4, 20')).toEqual([1, 5, 9, 20])
    expect(parseValues('-2..0')).toEqual([-2, -1, 0])
  })

  it('says what it cannot read', () => {
    expect(parseValues('a')).toMatch('"a" cannot be read')
    expect(parseValues('9..1')).toMatch('runs backwards')
    expect(parseValues('1..9:0')).toMatch('stands still')
    expect(parseValues('0..9999999')).toMatch('too many values')
  })
})
