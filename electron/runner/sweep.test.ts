import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { blocksListed, PROGRAM_ID } from '../../shared/run.ts'
import { DEFAULT_BUDGETS } from '../../shared/scenario-budgets.ts'
import { runCount, specAt, type RunRange, type SweepDefinition } from '../../shared/sweep.ts'
import { digestOf, SWEEP_COLUMNS, type SweepChunk, type SweepColumn } from '../../shared/sweep-columns.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { SCENARIO_PRESETS, withDefaults } from '../scenario/presets.ts'
import { execute } from './execute.ts'
import { SweepPoints } from './sweep-points.ts'
import { SweepQueue } from './sweep-queue.ts'
import { measureSweep, SweepRun } from './sweep-runner.ts'

const workerUrl = new URL('./sweep-worker.ts', import.meta.url)
const budgets = DEFAULT_BUDGETS
const machines = ['x86_64', 'i386-4'].flatMap((name) =>
  MACHINE_PRESETS.filter(({ id }) => id === name).map(({ id, machine }) => ({ machineId: id, machine })),
)
const models = [{ modelId: 'v4.0' }, { modelId: 'v4.1' }, { modelId: 'v6.1' }]

function sweepOf(change: Partial<SweepDefinition>): SweepDefinition {
  return {
    ...{ title: 'Random', question: '', scenarioId: 'random', parameters: { iters: 500 }, usesSeed: true },
    ...{ axes: [], machines, models, seeds: { first: 0, count: 4 } },
    ...change,
  }
}

const TASKS = `static int iters = 50; /* 1..1000: rounds */
static int made;

task(left, 0) {
	int i;

	for (i = 0; i < iters; i++, made++) {
		int n = rand(1, 8) + made % 5;
		void *p = vm_map_ram(pages, n, -1, PAGE_KERNEL);

		vm_unmap_ram(p, n);
	}
}

task(right, 1) {
	while (made < iters / 2)
		made += rand(1, 3);
	vm_unmap_aliases();
}
`
const LOOP = 'void scenario(void) { for (;;) vm_unmap_ram(vm_map_ram(pages, 1, -1, PAGE_KERNEL), 1); }'

beforeAll(loadGrammar)

/** What an ordinary run has in these columns. */
function ordinary(sweep: SweepDefinition, index: number): readonly (number | string)[] {
  const made = execute(specAt(sweep, index), { cancelled: () => false, onProgress: () => undefined, clock: () => 0 })
  if (made.kind !== 'finished') throw new Error('nobody cancelled this run')
  const { counts, operations, liveBlocksMax, digest } = made.result
  return [...Object.values(counts), blocksListed(made.result), liveBlocksMax, operations, digest]
}

/** A chunk's row in the same form. */
function row({ columns, first }: SweepChunk, index: number): readonly (number | string)[] {
  const values = columns.map((column) => column[index - first] ?? NaN)
  const at = (name: SweepColumn): number => values[SWEEP_COLUMNS.indexOf(name)] ?? NaN
  return [...values.slice(0, -2), digestOf(at('digest_high'), at('digest_low'))]
}

function started(sweep: SweepDefinition, ranges: readonly RunRange[] = [{ first: 0, count: runCount(sweep) }]) {
  const chunks: SweepChunk[] = []
  const run = new SweepRun({ workerUrl, sweep, budgets, ranges, onChunk: (chunk) => chunks.push(chunk) })
  const indexes = (): number[] =>
    chunks.flatMap(({ first, runs }) => Array.from({ length: runs }, (_, i) => first + i)).sort((a, b) => a - b)
  return { run, chunks, indexes }
}

describe('SweepPoints', () => {
  it.each(SCENARIO_PRESETS.map(({ info }) => [info.id, info] as const))(
    'counts and digests %s as ordinary runs do, seed after seed',
    (scenarioId, info) => {
      const small = info.parameters.map(({ name, min, default: usual }) => [name, Math.max(min, Math.min(usual, 20))])
      const parameters = withDefaults(info, Object.fromEntries(small) as Record<string, number>)
      const sweep = sweepOf({ scenarioId, parameters, seeds: { first: 3, count: 2 } })
      const points = new SweepPoints(sweep, { cancelled: () => false, clock: () => 0, budgets })
      for (let index = 0; index < runCount(sweep); index += 1) {
        const end = points.make(index)
        if (end.kind !== 'finished') throw new Error('nobody cancelled this run')
        expect([...Object.values(end.figures), end.digest]).toEqual(ordinary(sweep, index))
      }
    },
  )

  it('starts globals, tasks and random numbers of a text anew for each seed', () => {
    const program = { title: 'tasks', source: TASKS }
    const sweep = sweepOf({ scenarioId: PROGRAM_ID, program, parameters: { iters: 20 } })
    const points = new SweepPoints(sweep, { cancelled: () => false, clock: () => 0, budgets })
    for (const index of [0, 5, 3, 0, 13, 1]) {
      const end = points.make(index)
      expect(end.kind === 'finished' && end.digest).toBe(ordinary(sweep, index).at(-1))
    }
  })
})

describe('SweepQueue', () => {
  it('gives every run once, also those that come back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 8 }), (runs, threads) => {
        const queue = new SweepQueue([{ first: 0, count: runs }])
        const made: number[] = []
        for (let range = queue.take(threads); range !== undefined; range = queue.take(threads)) {
          const done = Math.max(1, range.count - 3)
          for (let i = 0; i < done; i += 1) made.push(range.first + i)
          queue.putBack({ first: range.first + done, count: range.count - done })
        }
        expect(made.sort((left, right) => left - right)).toEqual(Array.from({ length: runs }, (_, index) => index))
      }),
      { numRuns: 30 },
    )
  })
})

describe('SweepRun', () => {
  it('makes every run once, on all threads, as ordinary runs come out', async () => {
    const sweep = sweepOf({ axes: [{ name: 'iters', values: [50, 100] }], seeds: { first: 10, count: 20 } })
    const { run, chunks, indexes } = started(sweep)
    expect(await run.finished).toEqual({ kind: 'finished' })
    expect(indexes()).toEqual(Array.from({ length: runCount(sweep) }, (_, index) => index))
    for (const chunk of chunks) expect(row(chunk, chunk.first)).toEqual(ordinary(sweep, chunk.first))
  })

  it('makes only what is missing', async () => {
    const { run, indexes } = started(sweepOf({}), [
      { first: 2, count: 3 },
      { first: 20, count: 1 },
    ])
    expect(await run.finished).toEqual({ kind: 'finished' })
    expect(indexes()).toEqual([2, 3, 4, 20])
  })

  it('ends within 50 ms when it is cancelled, and a run that never ends does not hold it', async () => {
    const program = { title: 'endless', source: LOOP }
    const sweep = sweepOf({ scenarioId: PROGRAM_ID, program, parameters: {} })
    let bestMs = Infinity
    // The best of some: a busy machine wakes a timer late
    for (let attempt = 0; attempt < 5 && bestMs >= 50; attempt += 1) {
      const { run } = started(sweep)
      await new Promise((resolve) => setTimeout(resolve, 300))
      const cancelledMs = performance.now()
      run.cancel()
      expect(await run.finished).toEqual({ kind: 'cancelled' })
      bestMs = Math.min(bestMs, performance.now() - cancelledMs)
    }
    expect(bestMs).toBeLessThan(50)
  })

  it('stands still while it is paused and loses nothing', async () => {
    const sweep = sweepOf({ parameters: { iters: 20_000 }, seeds: { first: 0, count: 60 } })
    const { run, chunks, indexes } = started(sweep)
    run.pause()
    await new Promise((resolve) => setTimeout(resolve, 300))
    const before = chunks.length
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(chunks).toHaveLength(before)
    run.resume()
    expect(await run.finished).toEqual({ kind: 'finished' })
    expect(indexes()).toHaveLength(runCount(sweep))
  })

  it('names a run that fails and keeps what was made before', async () => {
    const source =
      'static int n = 1; /* 1..9: pages */\nvoid scenario(void) { int a[4]; a[n] = 1; vm_unmap_aliases(); }'
    const sweep = sweepOf({
      ...{ scenarioId: PROGRAM_ID, program: { title: 'fails', source }, parameters: {} },
      ...{ axes: [{ name: 'n', values: [1, 2, 3, 4] }], machines: machines.slice(0, 1), seeds: { first: 0, count: 8 } },
    })
    const runs = runCount(sweep)
    const { run, indexes } = started(sweep)
    const end = await run.finished
    if (end.kind !== 'failed') throw new Error(`the sweep has ${end.kind}`)
    expect(end.reason).toContain('index')
    // The last quarter has an index that the array has not; what the other thread was at is made again later
    const firstFailing = (runs * 3) / 4
    expect(end.index).toBeGreaterThanOrEqual(firstFailing)
    expect(indexes().length).toBeGreaterThan(0)
    expect(indexes().filter((index) => index >= firstFailing)).toEqual([])
  })

  it('passes on what the taker of chunks throws', async () => {
    const onChunk = (): void => {
      throw new Error('the disk is full')
    }
    const run = new SweepRun({ workerUrl, sweep: sweepOf({}), budgets, ranges: [{ first: 0, count: 6 }], onChunk })
    await expect(run.finished).rejects.toThrow('the disk is full')
  })
})

describe('measureSweep', () => {
  it('carries on what takes too long in proportion, and says when that cannot be known', async () => {
    const long = await measureSweep({ workerUrl, budgets, sweep: sweepOf({ parameters: { iters: 100_000_000 } }) })
    expect(long.totalMs).toBeGreaterThan(20_000)
    expect(long.atLeast).toBe(false)
    const endless = sweepOf({ scenarioId: PROGRAM_ID, program: { title: 'endless', source: LOOP }, parameters: {} })
    expect(await measureSweep({ workerUrl, budgets, sweep: endless })).toMatchObject({ atLeast: true })
  })
})
