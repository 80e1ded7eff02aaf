import { describe, expect, it } from 'vitest'
import type { ProgramFrame, ProgramValue } from '../../../../shared/program-values.ts'
import { DEFAULT_BUDGETS } from '../../../../shared/scenario-budgets.ts'
import { SCENARIO_PRESETS } from '../../presets.ts'
import { CORPUS } from '../testing/corpus.fixture.ts'
import { RandomProgram } from '../testing/random-program.fixture.ts'
import { check, NARROW, OUT_FUNCTION, Recorder, run, WIDE, type RunOptions } from '../testing/scenario.fixture.ts'
import { ScenarioError } from './scenario-error.ts'
import type { ProgramWatcher } from './watched-runtime.ts'

interface Seen {
  readonly task: number
  readonly begins: readonly number[]
  readonly frames: readonly ProgramFrame[]
  readonly globals: readonly ProgramValue[]
}

/** A run with all that it offers, call by call. */
function watch(text: string): { readonly calls: readonly string[]; readonly seen: readonly Seen[] } {
  const seen: Seen[] = []
  const watcher: ProgramWatcher = {
    get operations() {
      return seen.length
    },
    onCall: (call) =>
      seen.push({ task: call.task, begins: call.begins(), frames: call.frames(), globals: call.globals() }),
  }
  return { calls: run(text, { watcher }).calls, seen }
}

/** `name=value` of what is shown. */
function words(values: readonly ProgramValue[]): string {
  const one = (value: ProgramValue['values'][number]): string => {
    if (value === undefined) return '?'
    if (value.kind === 'number') return value.digits
    return value.kind === 'mapping' ? `@${value.startPage}` : value.kind
  }
  return values
    .map(({ name, values: given, length }) =>
      length === undefined ? `${name}=${given.map(one).join()}` : `${name}[${length}]=${given.map(one).join()}`,
    )
    .join(' ')
}

const variables = (text: string): readonly string[] =>
  watch(text).seen.map(({ frames }) => words(frames[0]?.variables ?? []))

/** The first calls of a text: whole presets would take long. */
function firstCalls(text: string, options: RunOptions): readonly string[] {
  const recorder = new Recorder()
  const budgets = { ...DEFAULT_BUDGETS, operations: 5000 }
  try {
    run(text, { ...options, recorder, budgets })
  } catch (error) {
    if (!(error instanceof ScenarioError && error.kind === 'budget')) throw error
  }
  return recorder.calls
}

const TEXTS = [...CORPUS, ...SCENARIO_PRESETS.map(({ info: { source } }) => source)]

describe('a watched program', () => {
  it.each(TEXTS.filter((text) => check(text).diagnostics.every(({ severity }) => severity !== 'error')))(
    'makes the calls that it makes unwatched: %#',
    (text) => {
      const watcher = { operations: 0, onCall: () => undefined }
      for (const machine of [WIDE, NARROW]) {
        expect(firstCalls(text, { machine, watcher })).toEqual(firstCalls(text, { machine }))
      }
    },
  )

  it.each([1, 2, 3, 4, 5])('does so for random texts, too: seed %i', (seed) => {
    const text = `${OUT_FUNCTION}${new RandomProgram(seed).text(30)}`
    const { calls, seen } = watch(text)
    expect(calls).toEqual(run(text).calls)
    expect(seen).toHaveLength(calls.length)
  })
})

describe('what a call offers', () => {
  it('is what is in scope, as it is before the call, with what is not set', () => {
    const text = `void scenario(void)
{
	int n = 4, unset;
	void *p;
	{
		long inner = -7;
		p = vm_map_ram(pages, n, -1, PAGE_KERNEL);
		unset = inner;
	}
	vm_unmap_ram(p, n);
	n = unset;
	p = vm_map_ram(pages, 2, -1, PAGE_KERNEL);
}
`
    expect(variables(text)).toEqual(['n=4 unset=? p=? inner=-7', 'n=4 unset=-7 p=@0', 'n=-7 unset=-7 p=stale'])
  })

  it('names the frames with their lines, innermost first, and the globals', () => {
    const text = `static unsigned int total = 1;
static long seen[20] = { 5, 6 };

static void map(int order)
{
	total += order;
	(void)vm_map_ram(pages, 1 << order, -1, PAGE_KERNEL);
}

void scenario(void)
{
	int order;

	for (order = 1; order < 3; order++)
		map(order);
}
`
    const { seen } = watch(text)
    expect(seen).toHaveLength(2)
    const [, second] = seen
    expect(second?.frames).toEqual([
      {
        functionName: 'map',
        line: 7,
        variables: [{ name: 'order', type: 'int', values: [{ kind: 'number', digits: '2' }], length: undefined }],
        passes: [],
      },
      {
        functionName: 'scenario',
        line: 15,
        variables: [{ name: 'order', type: 'int', values: [{ kind: 'number', digits: '2' }], length: undefined }],
        passes: [{ line: 14, iteration: 2 }],
      },
    ])
    expect(words(second?.globals ?? [])).toBe('total=4 seen[20]=5,6,0,0,0,0,0,0,0,0,0,0,0,0,0,0')
    expect(seen.map(({ begins }) => begins)).toEqual([[0], [1]])
  })

  it('counts the iterations of every loop around the call', () => {
    const text = `void scenario(void)
{
	int i = 0, j;
	do {
		for (j = 0; j < 2; j++) {
			if (i == 1) continue;
			(void)vm_map_ram(pages, 1, -1, PAGE_KERNEL);
		}
		while (j < 4) {
			j++;
			(void)vm_map_ram(pages, 2, -1, PAGE_KERNEL);
		}
	} while (++i < 2);
}
`
    const { seen } = watch(text)
    expect(
      seen.map(({ frames: [frame] }) => frame?.passes.map((pass) => `${pass.line}:${pass.iteration}`).join(' ')),
    ).toEqual([...['4:1 5:1', '4:1 5:2', '4:1 9:1', '4:1 9:2'], ...['4:2 9:1', '4:2 9:2']])
    expect(seen.map(({ begins }) => begins)).toEqual([
      ...[
        [0, 0],
        [0, 1],
        [0, 2],
        [0, 3],
      ],
      ...[
        [4, 4],
        [4, 5],
      ],
    ])
  })

  it('shows only what a case itself declares', () => {
    const text = `void scenario(void)
{
	int k;
	for (k = 0; k < 2; k++)
		switch (k) {
		case 0: { int a = 3; (void)vm_map_ram(pages, a, -1, PAGE_KERNEL); break; }
		case 1: (void)vm_map_ram(pages, 2, -1, PAGE_KERNEL);
		}
}
`
    expect(variables(text)).toEqual(['k=0 a=3', 'k=1'])
  })

  it('tells tasks apart, each with variables of its own', () => {
    const text = `static void worker(int first)
{
	int i;
	for (i = 0; i < 2; i++)
		(void)vm_map_ram(pages, first + i, -1, PAGE_KERNEL);
}

void scenario(void)
{
	task(worker, 0, 10);
	task(worker, 1, 20);
}
`
    const { seen } = watch(text)
    expect(seen.map(({ task, frames }) => `${task} ${words(frames[0]?.variables ?? [])}`)).toEqual([
      '1 first=10 i=0',
      '2 first=20 i=0',
      '1 first=10 i=1',
      '2 first=20 i=1',
    ])
    expect(seen.every(({ frames }) => frames.length === 1)).toBe(true)
  })

  it('follows functions that call themselves', () => {
    const text = `static void deeper(int depth)
{
	if (depth > 0)
		deeper(depth - 1);
	else
		(void)vm_map_ram(pages, 1, -1, PAGE_KERNEL);
}

void scenario(void) { deeper(3); }
`
    const [call] = watch(text).seen
    expect(call?.frames.map(({ functionName, variables: own }) => `${functionName} ${words(own)}`)).toEqual([
      ...['deeper depth=0', 'deeper depth=1', 'deeper depth=2', 'deeper depth=3', 'scenario '],
    ])
  })
})
