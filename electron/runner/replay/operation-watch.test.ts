import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTrace } from '../../../scripts/agreement/requests.ts'
import { randomCase } from '../../../scripts/fuzzing/case.ts'
import { choiceOf } from '../../../shared/model-choice.ts'
import type { ReplayedOperation } from '../../../shared/replay.ts'
import { CHOICES, open, programSpec, traceSpec, workloadSpec } from './replay.fixture.ts'
import { loadGrammar } from '../../scenario/c/syntax/parse.ts'
import type { Replay } from './replay.ts'
import { inspectBlock, occupationOf } from './state.ts'

await loadGrammar()

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** The walks of a map, against what the allocator counted and did. */
function expectTrueWalks({ walks, visitedNodes, served, events }: ReplayedOperation): void {
  expect(sum(walks.map(({ lookedTotal }) => lookedTotal))).toBe(visitedNodes)
  for (const { first, last, lookedTotal } of walks) expect(first.length + last.length).toBeLessThanOrEqual(lookedTotal)
  if (served === undefined) return
  const taken = walks.at(-1)?.taken?.[0]
  const [walk] = walks
  if (served.isNew) {
    expect(walk?.taken).toBeUndefined()
    expect(events).toContainEqual(expect.objectContaining({ kind: 'block-allocated', block: served.block }))
    if (walks.length === 2) expect(taken).toBe(served.block)
  } else {
    expect(walks).toHaveLength(1)
    expect(taken).toBe(served.block)
  }
}

/** What is told of the blocks of a list, against what was seen when they were allocated. */
function expectOrdinals(
  replay: Replay,
  cpu: number,
  allocated: ReadonlyMap<number, { readonly ordinal: number; readonly allocatedBy: number }>,
): void {
  const blocks = [...replay.playback.allocator.freeList(cpu)]
  const ordinals = replay.blocks.ordinals(
    replay.playback.operation,
    blocks.map(([index]) => index),
  )
  expect(ordinals).toEqual(blocks.map(([index]) => allocated.get(index)?.ordinal))
  for (const [index] of blocks.slice(0, 3)) expect(inspectBlock(replay, index)).toMatchObject(allocated.get(index)!)
}

describe('why this block', () => {
  it('is what the allocator counted and took, under every model and search', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(...CHOICES), (seed, choice) => {
        const { machine, requests } = randomCase(seed)
        const { spec, openTrace } = traceSpec(formatTrace(requests.slice(0, 400)), machine, choice)
        const replay = open(spec, { openTrace })
        const allocated = new Map<number, { ordinal: number; allocatedBy: number }>()
        let blocks = 0
        for (let operation = 1; operation <= replay.operations; operation += 1) {
          const { last } = replay.seek(operation)
          for (const event of last?.events ?? []) {
            if (event.kind !== 'block-allocated') continue
            blocks += 1
            allocated.set(event.block, { ordinal: blocks, allocatedBy: operation })
          }
          const cpu = last?.cpu ?? 0
          if (operation % 20 === 0) expectOrdinals(replay, cpu, allocated)
          if (last?.kind === 'map') expectTrueWalks(last)
          else expect(last?.walks).toEqual([])
        }
      }),
      { numRuns: 100 },
    )
  })

  it('names the blocks passed over', () => {
    const replay = open(workloadSpec('exhaust', 3, 'v4.1'))
    const { last } = replay.seek(2 * 126 + 1)
    expect(last).toMatchObject({
      ...{ operation: 253, kind: 'map', cpu: 0, pages: 16, visitedNodes: 1, line: undefined, mappedBy: undefined },
      served: { block: 1, slot: 0, slots: 16, isNew: true },
      walks: [
        {
          search: 'first-fit',
          slotsNeeded: 16,
          listLength: 1,
          lookedTotal: 1,
          first: [[0, 8, 1016]],
          taken: undefined,
        },
      ],
      events: [{ kind: 'block-allocated', block: 1, cpu: 0, end: 'tail' }],
      eventsTotal: 1,
    })
  })

  it('tells of the second walk that older kernels make', () => {
    const { last } = open(workloadSpec('exhaust', 3, 'v4.0+1')).seek(253)
    expect(last?.walks.map(({ lookedTotal, taken }) => [lookedTotal, taken?.[0]])).toEqual([
      [1, undefined],
      [2, 1],
    ])
  })

  it('has the line of a C text, of each call of a pair', () => {
    const text = `void scenario(void)
{
	for (;;) {
		void *p = vm_map_ram(pages, 3, -1, PAGE_KERNEL);

		vm_unmap_ram(p, 3);
	}
}
`
    const replay = open(programSpec(text, { modelId: 'v4.1' }), {
      budgets: { operations: 200_001, liveMappings: 10, wallMs: 1e9 },
    })
    expect(replay.operations).toBe(200_001)
    for (const operation of [1, 2, 65_536, 65_537, 131_072, 200_001]) {
      expect(replay.seek(operation).last?.line).toBe(operation % 2 === 1 ? 4 : 6)
    }
  })
})

describe('the state of a moment', () => {
  it('accounts for every page that is taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(...CHOICES), fc.nat(), (seed, choice, at) => {
        const { machine, requests } = randomCase(seed)
        const { spec, openTrace } = traceSpec(formatTrace(requests), machine, choice)
        const replay = open(spec, { openTrace })
        const { state } = replay.seek(at % (replay.operations + 1))
        const { block, free, plain, pending, pooled } = occupationOf(replay.playback, 0, machine.vmallocPages, 97)
        expect(sum(block)).toBe(state.liveBlocks * machine.bbmapBits)
        expect(sum(pending)).toBe(state.pendingPages)
        expect(sum(block) + sum(pending) + sum(plain) + sum(pooled)).toBe(state.takenPages)
        const lists = state.freeLists.flatMap(({ cpu }) => [...replay.playback.allocator.freeList(cpu)])
        expect(lists).toHaveLength(state.listedBlocks)
        expect(sum(free)).toBeCloseTo(sum(lists.map(([, freeSlots]) => freeSlots)))
        for (const [index, freeSlots, dirtySlots] of lists.slice(0, 3)) {
          const inspected = inspectBlock(replay, index)
          expect(inspected).toMatchObject({ index, freeSlots, dirtySlots })
          const live = sum((inspected?.mappings ?? []).map(({ pages }) => 2 ** Math.ceil(Math.log2(pages))))
          expect(live).toBe(machine.bbmapBits - freeSlots - dirtySlots)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('shows any block, and any part of the address space', () => {
    const replay = open(workloadSpec('exhaust', 100, 'v4.0'))
    replay.seek(replay.operations)
    expect(inspectBlock(replay, 98)).toMatchObject({
      ...{ listPosition: 2, freeSlots: 8, cpu: 0, ordinal: 99, allocatedBy: 98 * 252 + 1 },
    })
    expect(inspectBlock(replay, 100)).toBeUndefined()
    const { block, pagesPerCell } = occupationOf(replay.playback, 99 * 1024 + 512, 2048, 4)
    expect([pagesPerCell, ...block]).toEqual([512, 512, 0, 0, 0])
    expect(() => occupationOf(replay.playback, 0, 10, 10_000)).toThrow('10000 cells; accepted are 1 to 8192')
    expect(() => occupationOf(replay.playback, 0, 0, 1)).toThrow('0 pages from page 0 on')
  })

  it('is bounded when a purge frees many blocks', () => {
    const model = choiceOf({ name: 'all', base: 'v6.19', choices: { purgeThreshold: 1, search: 'worst-fit' } })
    const text = `void scenario(void)
{
	int i;

	for (i = 0; i < 1000; i++) {
		void *p = vm_map_ram(pages, 64, -1, PAGE_KERNEL);
		void *big = vmap(pages, 1, 0, PAGE_KERNEL);

		vm_unmap_ram(p, 64);
		vunmap(big);
		set_cpu(i % NR_CPUS);
	}
	vm_unmap_aliases();
}
`
    const replay = open(programSpec(text, model, 'x86_64-8192'))
    const { last } = replay.seek(replay.operations)
    expect(last?.events).toHaveLength(256)
    // And the purge itself
    expect(last?.eventsTotal).toBe(1001)
  })
})
