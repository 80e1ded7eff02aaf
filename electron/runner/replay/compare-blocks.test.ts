import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTrace } from '../../../scripts/agreement/requests.ts'
import { randomCase } from '../../../scripts/fuzzing/case.ts'
import { compareBlocks } from './compare-blocks.ts'
import { CHOICES, open, traceSpec, workloadSpec } from './replay.fixture.ts'
import { inspectBlock } from './state.ts'

const ALL = { onlyDifferent: false, from: 0, count: Infinity }

describe('blocks of two sides', () => {
  it('stand beside themselves, with what each side has of them', () => {
    const [old, fixed] = [
      open(workloadSpec('exhaust', 100, 'v4.0')),
      open(workloadSpec('exhaust', 100, 'v4.1')),
    ] as const
    // The 128th map: v4.0 takes the new block, v4.1 fills the old one
    old.seek(255)
    fixed.seek(255)
    expect(compareBlocks(old, fixed, ALL)).toEqual({
      ...{ same: 0, different: 2, notKept: 0 },
      rows: [
        {
          ordinal: 1,
          sides: [
            { kind: 'live', index: 0, cpu: 0, freeSlots: 8, dirtySlots: 1016, listPosition: 2 },
            { kind: 'live', index: 0, cpu: 0, freeSlots: 0, dirtySlots: 1016, listPosition: undefined },
          ],
        },
        {
          ordinal: 2,
          sides: [
            { kind: 'live', index: 1, cpu: 0, freeSlots: 1000, dirtySlots: 16, listPosition: 1 },
            { kind: 'live', index: 1, cpu: 0, freeSlots: 1008, dirtySlots: 16, listPosition: 1 },
          ],
        },
      ],
    })
    old.seek(256)
    fixed.seek(256)
    expect(compareBlocks(old, fixed, ALL).rows[0]?.sides.map(({ kind }) => kind)).toEqual(['live', 'freed'])
    old.seek(252)
    expect(compareBlocks(old, fixed, ALL).rows[1]?.sides.map(({ kind }) => kind)).toEqual(['not-allocated', 'live'])
  })

  it('are counted whole, whatever part is asked for', () => {
    const [old, fixed] = [
      open(workloadSpec('exhaust', 100, 'v4.0')),
      open(workloadSpec('exhaust', 100, 'v4.1')),
    ] as const
    old.seek(old.operations)
    fixed.seek(fixed.operations)
    const { rows, ...counts } = compareBlocks(old, fixed, { ...ALL, from: 90, count: 5 })
    expect(counts).toMatchObject({ different: 100, same: 0 })
    expect(rows.map(({ ordinal }) => ordinal)).toEqual([91, 92, 93, 94, 95])
  })

  it('are all the same for one model, and then none is different', () => {
    const [one, other] = [open(workloadSpec('random', 300, 'v4.1')), open(workloadSpec('random', 300, 'v4.1'))] as const
    one.seek(500)
    other.seek(500)
    const all = compareBlocks(one, other, ALL)
    expect(all.same).toBe(one.seek(500).state.liveBlocks)
    expect(all.different).toBe(0)
    expect(compareBlocks(one, other, { ...ALL, onlyDifferent: true }).rows).toEqual([])
  })

  it('are every live block once, as the inspector shows it, under every model', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.constantFrom(...CHOICES),
        fc.constantFrom(...CHOICES),
        fc.nat(400),
        (seed, left, right, at) => {
          const { machine, requests } = randomCase(seed)
          const replays = [left, right].map((choice) => {
            const { spec, openTrace } = traceSpec(formatTrace(requests.slice(0, 400)), machine, choice)
            const replay = open(spec, { openTrace })
            replay.seek(Math.min(at, replay.operations))
            return replay
          })
          const [one, other] = replays as [(typeof replays)[number], (typeof replays)[number]]
          const { rows, same, different } = compareBlocks(one, other, ALL)
          expect(rows).toHaveLength(same + different)
          replays.forEach((replay, side) => {
            const live = rows.flatMap(({ ordinal, sides }) => {
              const { kind, ...standing } = sides[side] ?? { kind: 'none' }
              return kind === 'live' ? [{ ordinal, index: -1, ...standing }] : []
            })
            expect(live).toHaveLength(replay.step(0).state.liveBlocks)
            for (const block of live.slice(0, 4)) {
              expect(inspectBlock(replay, block.index)).toMatchObject(block)
            }
          })
          const differing = compareBlocks(one, other, { ...ALL, onlyDifferent: true }).rows
          expect(differing).toHaveLength(different)
        },
      ),
      { numRuns: 100 },
    )
  })
})
