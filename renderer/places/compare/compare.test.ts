import { describe, expect, it } from 'vitest'
import { COUNT_NAMES, type Counts } from '../../../shared/counts.ts'
import type { RunSummary } from '../../../shared/journal.ts'
import { MACHINE_PRESETS } from '../../../shared/machine.ts'
import { toTsv } from '../../charts/chart-table.ts'
import { TEST_THEME } from '../../charts/test-theme.ts'
import { comparisonTable } from './comparison-table.ts'
import {
  distinctResults,
  EMPTY,
  layoutOf,
  moved,
  nextSort,
  orderedRuns,
  shownMetrics,
  withoutRuns,
  withRuns,
} from './comparison.ts'
import { axesOf, axisValue, inputSentences } from './inputs.ts'
import { METRICS } from './metrics.ts'
import { parallelMetrics, parallelOption } from './parallel-option.ts'
import { readRunNumbers } from './run-numbers.ts'
import { runsOption, runsSentence, runsTable } from './runs-option.ts'

const [x86, other] = MACHINE_PRESETS

function run(id: number, counts: Partial<Counts> | undefined, spec: Partial<RunSummary['spec']> = {}): RunSummary {
  const all = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as unknown as Counts
  return {
    id,
    experimentId: 1,
    spec: {
      scenarioId: 'exhaust',
      parameters: { iters: 1000 },
      seed: 2424,
      machineId: x86!.id,
      machine: x86!.machine,
      modelId: 'v4.0',
      ...spec,
    },
    status: counts === undefined ? 'failed' : 'finished',
    startedAtMs: 0,
    labVersion: '0.1.0',
    ...(counts && { counts: { ...all, ...counts }, blocksListed: 3, digest: JSON.stringify(counts) }),
  }
}

const runs = [
  run(1, { alloc_vmap_area: 1000, free_vmap_block: 0 }),
  run(2, { alloc_vmap_area: 993, free_vmap_block: 992 }, { modelId: 'v4.1' }),
  run(3, { alloc_vmap_area: 993, free_vmap_block: 992 }, { modelId: 'v4.10' }),
]

describe('what is compared', () => {
  it('is each run once, in the order in which it was added', () => {
    const comparison = withRuns(withRuns(EMPTY, [3, 1]), [1, 2])
    expect(comparison.runIds).toEqual([3, 1, 2])
    expect(moved(comparison, 1, 1).runIds).toEqual([3, 2, 1])
    expect(moved(comparison, 3, -1)).toBe(comparison)
    const marked = { ...comparison, baselineId: 1, pinnedIds: [1, 2] }
    expect(withoutRuns(marked, [1])).toMatchObject({ runIds: [3, 2], baselineId: undefined, pinnedIds: [2] })
  })

  it('stands as columns while there are few runs', () => {
    expect([layoutOf(EMPTY, 8), layoutOf(EMPTY, 9)]).toEqual(['columns', 'rows'])
    expect(layoutOf({ ...EMPTY, layout: 'columns' }, 900)).toBe('columns')
  })

  it('can be only what differs', () => {
    const ids = (differencesOnly: boolean) => shownMetrics({ ...EMPTY, differencesOnly }, runs).map(({ id }) => id)
    expect(ids(false)).toHaveLength(METRICS.length)
    expect(ids(true)).toEqual(['alloc_vmap_area', 'free_vmap_block'])
    expect(shownMetrics({ ...EMPTY, hiddenMetrics: ['bugs'] }, runs).map(({ id }) => id)).not.toContain('bugs')
    expect(distinctResults(runs)).toBe(2)
  })

  it('is sorted by any column, with runs without a result last and pinned ones first', () => {
    const all = [...runs, run(4, undefined)]
    const order = (by: string, descending: boolean, pinnedIds: number[] = []) =>
      orderedRuns({ ...EMPTY, sort: { by, descending }, pinnedIds }, all).map(({ id }) => id)
    expect(order('alloc_vmap_area', true)).toEqual([1, 2, 3, 4])
    expect(order('alloc_vmap_area', false)).toEqual([2, 3, 1, 4])
    expect(order('model', false)).toEqual([1, 4, 2, 3])
    expect(order('run', true, [2])).toEqual([2, 4, 3, 1])
    expect(nextSort(nextSort(nextSort(undefined, 'run'), 'run'), 'run')).toBeUndefined()
  })
})

describe('what differs between the runs', () => {
  it('is said before any conclusion', () => {
    expect(inputSentences(runs)).toEqual(['The runs differ in kernel model (3) only.'])
    expect(inputSentences([runs[0]!, run(9, {})])).toEqual(['All runs were asked the same, under the same model.'])
    expect(inputSentences([runs[0]!, run(9, {}, { scenarioId: 'random', seed: 7 })])).toEqual([
      'The runs differ in scenario (2) and seed (2).',
      'Their scenarios are different, so their counts answer different questions.',
    ])
    expect(inputSentences([runs[0]!, run(9, undefined, { machine: other!.machine })])).toEqual([
      'The runs differ in machine (2) only.',
      'Their machines are different: a block has another size or the address space another end.',
      '1 run has no result.',
    ])
    expect(inputSentences(runs.slice(0, 1))).toEqual([])
  })

  it('gives charts their axes', () => {
    const varied = [10, 20].map((iters) => run(iters, {}, { parameters: { iters } }))
    expect(axesOf(varied)).toEqual(['iters'])
    expect(varied.map((one) => axisValue(one, 'iters'))).toEqual([10, 20])
    expect(axesOf([run(1, {}, { seed: 1 }), run(2, {}, { seed: 2 })])).toEqual(['seed'])
  })
})

describe('run numbers', () => {
  it('are single ones and ranges, each once', () => {
    expect(readRunNumbers('12, #15-17  13;12')).toEqual({ ids: [12, 15, 16, 17, 13] })
    expect(readRunNumbers(' ')).toEqual({ ids: [] })
  })

  it.each([
    ['12, x', '"x" is no run number. Enter numbers and ranges, as 12, 15-20.'],
    ['9-3', '9-3 ends before it begins.'],
    ['1-5000', '1-5000 holds more than 1000 runs.'],
  ])('%s is refused', (text, problem) => {
    expect(readRunNumbers(text)).toEqual({ problem })
  })
})

describe('a copied comparison', () => {
  it('has the inputs, the counts and the differences of each run', () => {
    const metrics = METRICS.filter(({ id }) => id === 'alloc_vmap_area')
    const lines = toTsv(comparisonTable([...runs.slice(0, 2), run(4, undefined)], metrics, runs[0])).split('\n')
    expect(lines).toEqual([
      'Run\tScenario\tParameters\tSeed\tMachine\tModel\talloc_vmap_area\talloc_vmap_area - run 1',
      `1\texhaust\titers=1000\t2424\t${x86!.id}\tv4.0\t1000\t0`,
      `2\texhaust\titers=1000\t2424\t${x86!.id}\tv4.1\t993\t-7`,
      `4\texhaust\titers=1000\t2424\t${x86!.id}\tv4.0\t\t`,
      '',
    ])
  })
})

describe('the charts', () => {
  const alloc = METRICS.find(({ id }) => id === 'alloc_vmap_area')!

  it('show a dot a run, by model', () => {
    const option = runsOption(runs, alloc, { kind: 'order' }, TEST_THEME)
    const series = [option.series].flat()
    expect(series.map((one) => one?.name)).toEqual(['v4.0', 'v4.1', 'v4.10'])
    expect(series[1]?.data).toEqual([[2, 993, 2]])
    expect(runsTable(runs, alloc, { kind: 'parameter', name: 'iters' }).rows[0]).toEqual([1, 'v4.0', 1000, 1000])
    expect(runsSentence(runs, alloc, { kind: 'order' })).toBe('alloc_vmap_area over runs: 993 to 1,000.')
  })

  it('show a line a run through the counters that differ', () => {
    const metrics = parallelMetrics(runs, METRICS)
    expect(metrics.map(({ id }) => id)).toEqual(['alloc_vmap_area', 'free_vmap_block'])
    const option = parallelOption(runs, metrics, TEST_THEME)
    expect(option.parallelAxis?.map(({ max }) => max)).toEqual([1000, 1000])
    expect([option.series].flat()[0]).toMatchObject({ data: [{ name: 'Run 1, v4.0', value: [1000, 0] }] })
  })
})
