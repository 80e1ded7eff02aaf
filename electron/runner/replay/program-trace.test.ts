import { describe, expect, it } from 'vitest'
import { loadGrammar } from '../../scenario/c/syntax/parse.ts'
import type { ProgramValues } from '../../../shared/program-values.ts'
import { findNext, findPrevious } from './find.ts'
import { open, presetMachine, programSpec, QUIET, traceSpec, workloadSpec } from './replay.fixture.ts'
import type { Replay } from './replay.ts'

await loadGrammar()

const NESTED = `void scenario(void)
{
	int i, j;
	void *p;

	(void)vm_map_ram(pages, 7, -1, PAGE_KERNEL);
	for (i = 0; i < 3; i++) {
		p = vm_map_ram(pages, 1, -1, PAGE_KERNEL);
		for (j = 0; j < 2; j++) {
			(void)vm_map_ram(pages, 2, -1, PAGE_KERNEL);
			(void)vm_map_ram(pages, 3, -1, PAGE_KERNEL);
		}
		vm_unmap_ram(p, 1);
	}
	vm_unmap_aliases();
}
`

/** Where stepping by iteration goes, again and again. */
function steps(replay: Replay, from: number, direction: 'next' | 'previous'): readonly number[] {
  const find = direction === 'next' ? findNext : findPrevious
  const found: number[] = []
  for (let at = from; ;) {
    const result = find(replay, { kind: 'iteration' }, at, QUIET)
    if (result.kind !== 'found') return found
    found.push(result.operation)
    at = result.operation
  }
}

function valuesAt(replay: Replay, operation: number): ProgramValues {
  const values = replay.program.valuesAt(operation, QUIET)
  if (values === undefined) throw new Error('nobody cancelled this')
  return values
}

/** The number in a variable of the innermost function. */
function numberIn({ frames: [frame] }: ProgramValues, name: string): number | undefined {
  const value = frame?.variables.find((variable) => variable.name === name)?.values[0]
  return value?.kind === 'number' ? Number(value.digits) : undefined
}

describe('values of a text', () => {
  it('are those with which an operation is made', () => {
    const replay = open(programSpec(NESTED, { modelId: 'v4.1' }))
    expect(replay.operations).toBe(20)
    const [frame] = valuesAt(replay, 12).frames
    expect(frame).toMatchObject({
      functionName: 'scenario',
      line: 11,
      passes: [
        { line: 7, iteration: 2 },
        { line: 9, iteration: 2 },
      ],
    })
    expect(numberIn(valuesAt(replay, 12), 'i')).toBe(1)
    expect(numberIn(valuesAt(replay, 12), 'j')).toBe(1)
    expect(replay.lineOf(12)).toBe(11)
  })

  it('have the line of every operation, wherever it is asked from', () => {
    const replay = open(workloadSpec('orders', 3, 'v4.0'), { loopLines: true })
    for (let operation = 1; operation <= replay.operations; operation += 37) {
      const values = valuesAt(replay, operation)
      expect(values.operation).toBe(operation)
      expect(values.frames[0]?.line).toBe(replay.lineOf(operation))
    }
  })

  it('are found deep inside a long run', () => {
    const replay = open(workloadSpec('random', 20_000, 'v4.1'), { loopLines: true })
    const last = valuesAt(replay, replay.operations)
    expect(last.frames[0]?.passes.map(({ iteration }) => iteration)).toEqual([20_000])
    const near = valuesAt(replay, replay.operations - 100)
    expect(near.frames[0]?.passes.map(({ iteration }) => iteration)).toEqual([19_950])
  })

  it('can be cancelled', () => {
    const replay = open(workloadSpec('random', 20_000, 'v4.1'), { loopLines: true })
    expect(replay.program.valuesAt(30_000, { ...QUIET, cancelled: () => true })).toBeUndefined()
  })

  it('are refused for operations that there are not, for traces and for loops that are too long', () => {
    const replay = open(programSpec(NESTED, { modelId: 'v4.1' }))
    expect(() => replay.program.valuesAt(21, QUIET)).toThrow('The text makes no operation 21.')
    expect(() => replay.program.valuesAt(0, QUIET)).toThrow('The text makes no operation 0.')
    const { spec, openTrace } = traceSpec('m 0 1\n', presetMachine('x86_64'), { modelId: 'v4.1' })
    expect(() => open(spec, { openTrace }).program).toThrow('recorded trace')
    const long = workloadSpec('exhaust', 20_000_000, 'v4.1')
    expect(() => open(long, { cancelled: () => false, requestBytesMax: 1000, loopLines: true }).program).toThrow(
      'too long to be followed in its text',
    )
  })
})

describe('stepping by iteration', () => {
  it('goes to where the next pass of the innermost loop begins, or behind the loop', () => {
    const replay = open(programSpec(NESTED, { modelId: 'v4.1' }))
    // 1 | 2 [3 4][5 6] 7 | 8 [9 10][11 12] 13 | 14 … 19 | 20
    expect(steps(replay, 2, 'next')).toEqual([8, 14, 20])
    expect(findNext(replay, { kind: 'iteration' }, 3, QUIET)).toEqual({ kind: 'found', operation: 5 })
    expect(findNext(replay, { kind: 'iteration' }, 6, QUIET)).toEqual({ kind: 'found', operation: 7 })
    expect(findNext(replay, { kind: 'iteration' }, 0, QUIET)).toEqual({ kind: 'found', operation: 1 })
  })

  it('goes back to where a pass began', () => {
    const replay = open(programSpec(NESTED, { modelId: 'v4.1' }))
    const before = (from: number): unknown => findPrevious(replay, { kind: 'iteration' }, from, QUIET)
    expect(before(12)).toEqual({ kind: 'found', operation: 11 })
    expect(before(11)).toEqual({ kind: 'found', operation: 9 })
    expect(before(9)).toEqual({ kind: 'found', operation: 8 })
    expect(before(8)).toEqual({ kind: 'found', operation: 2 })
    expect(before(2)).toEqual({ kind: 'none' })
    expect(before(0)).toEqual({ kind: 'none' })
  })

  it('visits each iteration of a plain loop once, in both directions', () => {
    const replay = open(workloadSpec('random', 50, 'v4.0'), { loopLines: true })
    const onward = [1, ...steps(replay, 1, 'next')]
    expect(onward).toHaveLength(new Set(onward).size)
    onward.forEach((operation, index) => {
      expect(valuesAt(replay, operation).frames.at(-1)?.passes[0]?.iteration).toBe(
        index === 0 ? 1 : (valuesAt(replay, onward[index - 1] as number).frames.at(-1)?.passes[0]?.iteration ?? 0) + 1,
      )
    })
    expect(steps(replay, onward.at(-1) as number, 'previous').toReversed()).toEqual(onward.slice(0, -1))
  })

  it('follows each task for itself', () => {
    const text = `static void worker(void)
{
	int i;
	for (i = 0; i < 3; i++) {
		void *p = vm_map_ram(pages, 1, -1, PAGE_KERNEL);
		vm_unmap_ram(p, 1);
	}
}
void scenario(void)
{
	task(worker, 0);
	task(worker, 1);
}
`
    const replay = open(programSpec(text, { modelId: 'v4.1' }, 'x86_64'))
    expect(replay.operations).toBe(12)
    expect(steps(replay, 1, 'next')).toEqual([5, 9])
    expect(steps(replay, 2, 'next')).toEqual([6, 10])
    expect(steps(replay, 12, 'previous')).toEqual([10, 6, 2])
  })

  it('goes to the nearest loop from outside', () => {
    const replay = open(programSpec(NESTED, { modelId: 'v4.1' }))
    expect(steps(replay, 1, 'next')[0]).toBe(2)
    expect(steps(replay, 20, 'next')).toEqual([])
    expect(steps(replay, 20, 'previous')[0]).toBe(14)
  })

  it('can be cancelled', () => {
    const query = { kind: 'iteration' } as const
    const long = open(workloadSpec('random', 20_000, 'v4.1'), { loopLines: true })
    expect(findPrevious(long, query, 40_000, { ...QUIET, cancelled: () => true })).toEqual({ kind: 'cancelled' })
    expect(findNext(long, query, 39_000, { ...QUIET, cancelled: () => true })).toEqual({ kind: 'cancelled' })
  })
})
