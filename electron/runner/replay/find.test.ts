import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTrace } from '../../../scripts/agreement/requests.ts'
import { randomCase } from '../../../scripts/fuzzing/case.ts'
import type { ReplayedOperation, ReplayQuery, ReplayState } from '../../../shared/replay.ts'
import { loadGrammar } from '../../scenario/c/syntax/parse.ts'
import { findNext, findPrevious } from './find.ts'
import { CHOICES, open, programSpec, QUIET, traceSpec, workloadSpec } from './replay.fixture.ts'
import type { Replay } from './replay.ts'
import { SnapshotStore } from './snapshot-store.ts'

await loadGrammar()

/** A query, and the same in terms of what a moment shows: the state before and after, and the operation between. */
interface Question {
  readonly query: ReplayQuery
  readonly asks: (last: ReplayedOperation, after: ReplayState, before: ReplayState) => boolean
}

function listLength({ freeLists }: ReplayState, cpu: number): number {
  return freeLists.find((list) => list.cpu === cpu)?.length ?? 0
}

const event = fc.constantFrom('block-allocated', 'block-filled', 'block-freed', 'purge')
const isFailed = ({ kind, startPage }: ReplayedOperation): boolean =>
  (kind === 'map' || kind === 'vmap') && startPage === undefined

const question: fc.Arbitrary<Question> = fc.oneof(
  event.map((kind) => ({
    query: { kind: 'event', event: kind } as const,
    asks: ({ events }: ReplayedOperation) => events.some((happened) => happened.kind === kind),
  })),
  fc.constant({ query: { kind: 'event', event: 'failure' } as const, asks: isFailed }),
  fc.integer({ min: 0, max: 5 }).map((blocks) => ({
    query: { kind: 'list-longer', blocks } as const,
    asks: ({ cpu }: ReplayedOperation, after: ReplayState, before: ReplayState) =>
      listLength(after, cpu) > blocks && listLength(before, cpu) <= blocks,
  })),
  fc.integer({ min: 0, max: 12 }).map((block) => ({
    query: { kind: 'block', block } as const,
    asks: ({ served, events }: ReplayedOperation) =>
      served?.block === block || events.some((happened) => 'block' in happened && happened.block === block),
  })),
  fc.integer({ min: 0, max: 3000 }).map((page) => ({
    query: { kind: 'page', page } as const,
    asks: ({ startPage, pages }: ReplayedOperation) =>
      startPage !== undefined && startPage <= page && page < startPage + pages,
  })),
  fc.integer({ min: 1, max: 10 }).map((blocks) => ({
    query: { kind: 'condition', text: `live_blocks >= ${blocks}` } as const,
    asks: (_: ReplayedOperation, after: ReplayState, before: ReplayState) =>
      after.liveBlocks >= blocks && before.liveBlocks < blocks,
  })),
  fc.integer({ min: 1, max: 60 }).map((pages) => ({
    query: {
      kind: 'condition',
      text: `is_map && !failed && pages > ${pages} && slot == 0 && block >= 0 && visited_nodes >= vm_map_ram_failed`,
    } as const,
    asks: ({ kind, pages: asked, served, visitedNodes }: ReplayedOperation, { counts }: ReplayState) =>
      kind === 'map' && asked > pages && served?.slot === 0 && visitedNodes >= counts.vm_map_ram_failed,
  })),
  fc.constant({
    query: {
      kind: 'condition',
      text: 'pending_pages + live_mappings > taken_pages / 2 && operation % 3 == cpu',
    } as const,
    asks: ({ operation, cpu }: ReplayedOperation, after: ReplayState) =>
      after.pendingPages + after.liveMappings > Math.trunc(after.takenPages / 2) && operation % 3 === cpu,
  }),
)

/** All operations that a question asks for, found by looking at every moment. */
function lookedAt(replay: Replay, { asks }: Question): number[] {
  const found: number[] = []
  let before = replay.seek(0).state
  for (let operation = 1; operation <= replay.operations; operation += 1) {
    const { last, state } = replay.seek(operation)
    if (last !== undefined && asks(last, state, before)) found.push(operation)
    before = state
  }
  return found
}

describe('a search', () => {
  it('finds in both directions what looking at every moment finds', () => {
    let found = 0
    const choice = fc.constantFrom(...CHOICES)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), choice, question, (seed, modelChoice, asked) => {
        const { machine, requests } = randomCase(seed)
        const { spec, openTrace } = traceSpec(formatTrace(requests.slice(0, 300)), machine, modelChoice)
        let nowMs = 0
        const replay = open(spec, { openTrace, snapshots: new SnapshotStore(8), clock: () => (nowMs += 6) })
        const all = lookedAt(replay, asked)
        found += all.length
        const onward: number[] = []
        for (let at = 0; ;) {
          const result = findNext(replay, asked.query, at, QUIET)
          if (result.kind !== 'found') break
          onward.push(result.operation)
          at = result.operation
        }
        expect(onward).toEqual(all)
        const backward: number[] = []
        for (let at = replay.operations + 1; ;) {
          const result = findPrevious(replay, asked.query, at, QUIET)
          if (result.kind !== 'found') break
          backward.unshift(result.operation)
          at = result.operation
        }
        expect(backward).toEqual(all)
      }),
      { numRuns: 120 },
    )
    expect(found).toBeGreaterThan(500)
  })

  it('does not move what is looked at', () => {
    const replay = open(workloadSpec('exhaust', 100, 'v4.0'))
    const moment = replay.seek(1000)
    expect(findNext(replay, { kind: 'event', event: 'block-allocated' }, 1000, QUIET)).toEqual({
      kind: 'found',
      operation: 1009,
    })
    expect(findPrevious(replay, { kind: 'condition', text: 'live_blocks > 3' }, 1000, QUIET)).toEqual({
      kind: 'found',
      operation: 757,
    })
    expect(replay.step(0)).toEqual(moment)
  })

  it('goes on from snapshot to snapshot backwards, and says how far it is', () => {
    const replay = open(workloadSpec('random', 100_000, 'v4.1'))
    expect(replay.snapshots.size).toBeGreaterThan(3)
    const told: [number, number][] = []
    const options = { cancelled: () => false, onProgress: (...now: [number, number]) => told.push(now) }
    const query = { kind: 'condition', text: 'operation == 5' } as const
    expect(findPrevious(replay, query, 200_000, options)).toEqual({ kind: 'found', operation: 5 })
    expect(told.length).toBeGreaterThan(20)
    expect(told.every(([done, total]) => done <= total && total === 200_000)).toBe(true)
    expect(findPrevious(replay, query, 5, QUIET)).toEqual({ kind: 'none' })
    expect(findNext(replay, query, 5, QUIET)).toEqual({ kind: 'none' })
  })

  it('can be cancelled in both directions', () => {
    const replay = open(workloadSpec('random', 100_000, 'v4.1'))
    const query = { kind: 'event', event: 'failure' } as const
    const options = { ...QUIET, cancelled: () => true }
    expect(findNext(replay, query, 0, options)).toEqual({ kind: 'cancelled' })
    expect(findPrevious(replay, query, 200_000, options)).toEqual({ kind: 'cancelled' })
  })

  it('stops at a line of a C text', () => {
    const text = `void scenario(void)
{
	for (int i = 0; i < 100; i++) {
		void *p = vm_map_ram(pages, 3, -1, PAGE_KERNEL);

		vm_unmap_ram(p, 3);
		if (i % 40 == 39)
			vm_unmap_aliases();
	}
}
`
    const replay = open(programSpec(text, { modelId: 'v6.5' }))
    const query = { kind: 'condition', text: 'line == 8' } as const
    expect(findNext(replay, query, 0, QUIET)).toEqual({ kind: 'found', operation: 81 })
    expect(findPrevious(replay, query, replay.operations + 1, QUIET)).toEqual({ kind: 'found', operation: 162 })
  })

  it('refuses a condition that cannot be read', () => {
    const replay = open(workloadSpec('random', 10, 'v4.1'))
    expect(() => findNext(replay, { kind: 'condition', text: 'cpu =' }, 0, QUIET)).toThrow('column 5: "=" is no part')
  })
})
