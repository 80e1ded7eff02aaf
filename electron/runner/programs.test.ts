import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patch2015Runs } from '../../shared/published.ts'
import { PROGRAM_ID, type RunResult, type RunSpec } from '../../shared/run.ts'
import { DEFAULT_BUDGETS, type ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { PATCH_2015_WORKLOADS } from '../scenario/library/patch-2015.ts'
import { execute } from './execute.ts'
import { Runner, type RunOutcome } from './index.ts'

const [first] = patch2015Runs() as [RunSpec]

/** A run of this text under v4.0. */
function programSpec(source: string, changes: Partial<RunSpec> = {}): RunSpec {
  return { ...first, scenarioId: PROGRAM_ID, program: { title: 'test', source }, parameters: {}, ...changes }
}

/** Loops that never end: without a call of the allocator, and with calls that are rare. */
const ENDLESS = [
  ['without a call', 'void scenario(void) { for (;;) ; }'],
  [
    'with a call now and then',
    `void scenario(void)
{
	unsigned long w = 1;
	int i;

	for (;;) {
		for (i = 0; i < 100000; i++)
			w = w * w + i;
		vm_unmap_aliases();
	}
}`,
  ],
] as const

/** Time that the process was given: the machine may be busy with other things. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Takes some hundred milliseconds. */
const SHORT = 'void scenario(void) { for (int i = 0; i < 100000; i++) vm_unmap_aliases(); }'

let runner: Runner
beforeEach(() => {
  runner = new Runner({ workerUrl: new URL('run-worker.ts', import.meta.url) })
})
afterEach(() => runner.close())

async function finish(spec: RunSpec): Promise<RunResult> {
  const outcome = await runner.run(1, spec)
  if (outcome.kind !== 'finished') throw new Error(JSON.stringify(outcome))
  return outcome.result
}

describe('a run of a program', () => {
  it.each(Object.values(PATCH_2015_WORKLOADS).map(({ info }) => info))(
    'has the result of the ready scenario whose text it is: $id',
    async ({ id, source }) => {
      const parameters = { iters: 50 }
      const ready = await finish({ ...first, scenarioId: id, parameters })
      const program = await finish(programSpec(source, { parameters }))
      expect({ ...program, elapsedMs: 0 }).toEqual({ ...ready, elapsedMs: 0 })
    },
  )

  it('says how far it is of how many operations', async () => {
    const told: unknown[] = []
    const { source } = PATCH_2015_WORKLOADS.exhaust.info
    await loadGrammar()
    execute(programSpec(source, { parameters: { iters: 1000 } }), {
      cancelled: () => false,
      onProgress: (...progress) => told.push(progress),
      clock: () => performance.now(),
    })
    expect(told.length).toBeGreaterThan(2)
    expect(told.at(-1)).toEqual([expect.any(Number), 252_000])
  })

  it('fails with line and column of what it does wrong', async () => {
    const source =
      'void scenario(void)\n{\n\tint zero = NR_CPUS - 64;\n\n\t(void)vm_map_ram(pages, 1 / zero, -1, PAGE_KERNEL);\n}\n'
    expect(await runner.run(1, programSpec(source))).toEqual({
      kind: 'failed',
      reason: 'line 5, column 26: 1 / zero: division of 1 by zero.',
    })
    const again = await runner.run(2, programSpec('void scenario(void) { vm_unmap_aliases(); }'))
    expect(again).toMatchObject({ kind: 'finished', result: { operations: 1 } })
  })

  it('fails with the first error of a text that should not have come so far', async () => {
    const outcome = await runner.run(1, programSpec('void scenario(void)\n{\n\tx = 1;\n}\n'))
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/^line 3, column 2: /) as string })
  })

  it.each([
    ['operations', 'for (;;) vm_unmap_aliases();', { operations: 1000 }, 'made 1000 operations', '--max-operations'],
    [
      'live mappings',
      'for (;;) (void)vm_map_ram(pages, 1, -1, PAGE_KERNEL);',
      { liveMappings: 20 },
      '20 mappings live',
      '--max-live',
    ],
    ['time', 'for (;;) ;', { wallMs: 200 }, 'taken 0.2 s', '--max-seconds'],
  ] as const)('is held to its budget of %s', async (_, body, budget: Partial<ScenarioBudgets>, said, option) => {
    const spec = programSpec(`void scenario(void) { ${body} }`)
    const outcome = await runner.run(1, spec, { ...DEFAULT_BUDGETS, ...budget })
    if (outcome.kind !== 'failed') throw new Error(`the run was ${outcome.kind}`)
    expect(outcome.reason).toMatch(/^line 1, column \d+: /)
    expect(outcome.reason).toContain(said)
    expect(outcome.reason).toContain(option)
  })
})

/** The longest time, of the processor, in which a run of 300 ms did not ask whether it goes on. */
function longestSilenceMs(source: string): number {
  const startedMs = cpuMs()
  let askedMs = startedMs
  let longestMs = 0
  const execution = execute(programSpec(source), {
    clock: cpuMs,
    onProgress: () => undefined,
    cancelled: () => {
      const nowMs = cpuMs()
      longestMs = Math.max(longestMs, nowMs - askedMs)
      askedMs = nowMs
      return nowMs - startedMs > 300
    },
  })
  expect(execution).toEqual({ kind: 'cancelled' })
  return longestMs
}

describe('a program that never ends', () => {
  it.each(ENDLESS)('is asked at least every 50 ms whether it goes on: %s', async (_, source) => {
    await loadGrammar()
    // Whatever else the process does at a moment counts, too, so one of three rounds has to be undisturbed
    expect(Math.min(...[1, 2, 3].map(() => longestSilenceMs(source)))).toBeLessThan(50)
  })

  it('counts its operations as they are made, however rare', async () => {
    await loadGrammar()
    const told: number[] = []
    const startedMs = performance.now()
    execute(programSpec(ENDLESS[1][1]), {
      clock: () => performance.now(),
      onProgress: (operations) => told.push(operations),
      cancelled: () => performance.now() - startedMs > 300,
    })
    expect(new Set(told).size).toBeGreaterThan(2)
    expect(told).toEqual(told.toSorted((left, right) => left - right))
  })

  it.each(ENDLESS)('is paused, resumed and cancelled: %s', async (_, source) => {
    let told = 0
    let onTold = (): void => undefined
    runner = new Runner({
      workerUrl: new URL('run-worker.ts', import.meta.url),
      onProgress: ({ runId }) => {
        if (runId !== 1) return
        told += 1
        onTold()
      },
    })
    const more = (): Promise<void> => new Promise((resolve) => (onTold = resolve))
    let outcome: RunOutcome | undefined
    const run = runner.run(1, programSpec(source)).then((ended) => (outcome = ended))
    await more()
    runner.pause(1)
    // Another run takes longer than what may still be on its way
    await runner.run(2, programSpec(SHORT))
    const toldWhilePaused = told
    await runner.run(3, programSpec(SHORT))
    expect({ told, outcome }).toEqual({ told: toldWhilePaused, outcome: undefined })
    runner.resume(1)
    await more()
    runner.cancel(1)
    await run
    expect(outcome).toEqual({ kind: 'cancelled' })
  })
})
