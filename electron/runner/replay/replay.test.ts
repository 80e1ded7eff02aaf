import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTrace } from '../../../scripts/agreement/requests.ts'
import { randomCase } from '../../../scripts/fuzzing/case.ts'
import type { ModelChoice } from '../../../shared/model-choice.ts'
import type { RunSpec } from '../../../shared/run.ts'
import { loadGrammar } from '../../scenario/c/syntax/parse.ts'
import { execute } from '../execute.ts'
import { CHOICES, open, programSpec, QUIET, StoppedRun, traceSpec, workloadSpec } from './replay.fixture.ts'
import type { Replay, ReplayOptions } from './replay.ts'
import { SnapshotStore } from './snapshot-store.ts'
import { findScenario } from '../../scenario/presets.ts'
import { hasLines } from '../../scenario/source-of.ts'
import { DEFAULT_BUDGETS } from '../../../shared/scenario-budgets.ts'

await loadGrammar()

/** What is seen at the present moment of a replay, and what must be the same in a run stopped there. */
function expectAsStopped(replay: Replay, spec: RunSpec, moment: number, openTrace?: ReplayOptions['openTrace']): void {
  const stopped = new StoppedRun(spec, moment, openTrace)
  const { allocator, live, operation } = replay.playback
  expect([operation, stopped.operations]).toEqual([moment, moment])
  expect(allocator.counts).toEqual(stopped.allocator.counts)
  // Every field of every table
  expect(isDeepStrictEqual(allocator.snapshot(), stopped.allocator.snapshot())).toBe(true)
  const mappings = new Map<number, number>()
  live.each((_operation, startPage, pages) => mappings.set(startPage, pages))
  expect(mappings).toEqual(stopped.live)
  if (moment > 0) expect(replay.playback.startPage).toBe(stopped.startPage)
}

const choice = fc.constantFrom(...CHOICES)
const moments = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 8 })

/** Seeks to shares of the run, in any order. */
function expectAnyOrder(spec: RunSpec, shares: readonly number[], options: Partial<ReplayOptions> = {}): void {
  const snapshots: Replay['snapshots'] = new SnapshotStore(4)
  // Each look at the clock is a millisecond: snapshots are taken often, and thinned often
  let nowMs = 0
  const replay = open(spec, { ...options, snapshots, clock: () => (nowMs += 6) })
  // A map of 0 pages may be the first request, and is not simulated under the oldest kernels
  expect(replay.operations > 0 || replay.problem?.includes('0 pages')).toBe(true)
  for (const share of [...shares, 1, 0]) {
    const moment = Math.round(share * replay.operations)
    const { state, last } = replay.seek(moment)
    expect(state.operation).toBe(moment)
    expect(last?.operation).toBe(moment === 0 ? undefined : moment)
    expectAsStopped(replay, spec, moment, options.openTrace)
  }
}

describe('seek gives what a fresh run stopped there has', () => {
  it('of traces on any machine', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), choice, moments, (seed, modelChoice, shares) => {
        const { machine, requests } = randomCase(seed)
        const { spec, openTrace } = traceSpec(formatTrace(requests), machine, modelChoice)
        expectAnyOrder(spec, shares, { openTrace })
      }),
      { numRuns: 120 },
    )
  })

  it('of the loop workloads', () => {
    const scenario = fc.constantFrom('exhaust', 'random', 'orders')
    const machine = fc.constantFrom('x86_64-1cpu', 'i386', 'tiny')
    fc.assert(
      fc.property(
        scenario,
        machine,
        fc.integer({ min: 1, max: 40 }),
        choice,
        moments,
        (id, machineId, iters, model, shares) => {
          expectAnyOrder({ ...workloadSpec(id, iters, 'v4.0', machineId), ...model }, shares)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('of programs with tasks on several CPUs, areas and failures', () => {
    const text = `static void *held[64];

static void worker(int which)
{
	int i;

	for (i = 0; i < 40; i++) {
		int slot = which * 16 + rand(0, 15);

		if (held[slot]) {
			vm_unmap_ram(held[slot], 1 + slot % 7);
			held[slot] = 0;
		} else {
			held[slot] = vm_map_ram(pages, 1 + slot % 7, -1, PAGE_KERNEL);
		}
		if (i % 11 == 0) {
			void *area = vmap(pages, 20 + i, 0, PAGE_KERNEL);

			set_cpu((which + i) % NR_CPUS);
			vunmap(area);
		}
		if (i % 17 == 0)
			vm_unmap_aliases();
	}
}

void scenario(void)
{
	task_order(RANDOM);
	task(worker, 0, 0);
	task(worker, 1, 1);
	task(worker, 2, 2);
	task(worker, 3, 3);
}
`
    fc.assert(
      fc.property(choice, moments, fc.integer({ min: 0, max: 1000 }), (model: ModelChoice, shares, seed) => {
        const spec = { ...programSpec(text, model, 'i386-4'), seed }
        expect(open(spec).problem).toBeUndefined()
        expectAnyOrder(spec, shares)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a replay', () => {
  it('comes back to the same moment, whatever was looked at in between', () => {
    const replay = open(workloadSpec('random', 3000, 'v4.0'))
    const first = replay.seek(2777)
    for (const moment of [2776, 1, 6000, 2778, 0, 2777]) replay.seek(moment)
    expect(replay.step(0)).toEqual(first)
    expect(replay.step(-1)).toEqual(replay.seek(2776))
    expect(replay.step(1)).toEqual(first)
    expect(replay.step(-10_000).state.operation).toBe(0)
    expect(replay.step(10_000_000).state.operation).toBe(6000)
  })

  it('gives what the run gives', () => {
    const spec = workloadSpec('exhaust', 100, 'v4.1')
    const execution = execute(spec, QUIET)
    if (execution.kind !== 'finished') throw new Error('the run was cancelled')
    const { result } = execution
    expect(open(spec).result).toEqual({ ...result, elapsedMs: expect.any(Number) as number })
    expect(open(spec).operations).toBe(result.operations)
  })

  it('says which operations there are', () => {
    const replay = open(workloadSpec('random', 10, 'v4.0'))
    expect(() => replay.seek(21)).toThrow('There is no operation 21; this run has operations 0 to 20.')
    expect(() => replay.seek(-1)).toThrow('There is no operation -1')
    expect(() => replay.seek(0.5)).toThrow('There is no operation 0.5')
  })

  it('can be cancelled in its first pass', () => {
    let looks = 0
    const options = { ...QUIET, cancelled: () => (looks += 1) > 3 }
    expect(() => open(workloadSpec('random', 1_000_000, 'v4.0'), options)).toThrow('nobody cancelled')
  })

  it('of a run that ends with an error goes up to there', () => {
    const text = `void scenario(void)
{
	void *p = vm_map_ram(pages, 1, -1, PAGE_KERNEL);

	vm_unmap_ram(p, 1);
	vm_unmap_ram(p, 1);
}
`
    const replay = open(programSpec(text, { modelId: 'v4.1' }))
    expect(replay.operations).toBe(2)
    expect(replay.result).toBeUndefined()
    expect(replay.problem).toContain('The run ended after operation 2: line 6, column 2: ')
    expect(replay.seek(2).last).toMatchObject({ kind: 'unmap', mappedBy: 1, line: 5 })
  })

  it('keeps as many requests as it may, and says so', () => {
    const replay = open(workloadSpec('random', 1_000_000, 'v4.1'), { requestBytesMax: 100_000 })
    expect(replay.operations).toBeGreaterThan(65_536)
    expect(replay.operations).toBeLessThan(2_000_000)
    expect(replay.problem).toMatch(/^Replay ends at operation [\d,]+: the requests up to there take 97.7 KiB, the most/)
    expect(replay.seek(replay.operations).state.operation).toBe(replay.operations)
  })
})

describe('lines of the loops', () => {
  it('come from their texts, which make the same run, also where maps fail', async () => {
    await loadGrammar()
    for (const [scenarioId, iters, machineId] of [
      ['exhaust', 30, 'x86_64-1cpu'],
      ['exhaust', 60, 'tiny'],
      ['random', 700, 'x86_64-1cpu'],
      ['orders', 2, 'x86_64-1cpu'],
    ] as const) {
      for (const modelId of ['v4.0', 'v4.1']) {
        const spec = workloadSpec(scenarioId, iters, modelId, machineId)
        const [plain, lined] = [
          open(spec),
          open(spec, { loopLines: true, budgets: { ...DEFAULT_BUDGETS, operations: 3 } }),
        ]
        expect(lined.problem).toBeUndefined()
        expect({ ...lined.result, elapsedMs: 0 }).toEqual({ ...plain.result, elapsedMs: 0 })
        const text = findScenario(scenarioId)?.info.source.split('\n') ?? []
        const middle = Math.floor(plain.operations / 2)
        for (const operation of [1, 2, middle, plain.operations]) {
          expect(plain.lineOf(operation)).toBeUndefined()
          expect(text[(lined.lineOf(operation) ?? 0) - 1]).toMatch(/vm_(map|unmap)_ram/)
        }
      }
    }
  })

  it('are left out of long ones', () => {
    expect(hasLines(workloadSpec('exhaust', 79_000, 'v4.0'))).toBe(true)
    expect(hasLines(workloadSpec('exhaust', 80_000, 'v4.0'))).toBe(false)
  })
})
