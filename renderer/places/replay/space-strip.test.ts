import { describe, expect, it } from 'vitest'
import type { Occupation } from '../../../shared/replay.ts'
import { stripRuns } from './space-strip.ts'

const none = () => new Float64Array(4)
const occupation = (change: Partial<Occupation>): Occupation => ({
  fromPage: 0,
  pagesPerCell: 64,
  block: none(),
  free: none(),
  plain: none(),
  pending: none(),
  pooled: none(),
  ...change,
})

describe('a strip of the address space', () => {
  it('is empty where nothing is taken', () => {
    expect(stripRuns(occupation({}))).toEqual([])
  })

  it('joins equal cells and stands the free slots on what was handed out', () => {
    const runs = stripRuns(
      occupation({ block: Float64Array.from([64, 64, 0, 64]), free: Float64Array.from([16, 16, 0, 64]) }),
    )
    expect(runs).toEqual([
      { kind: 'block', from: 0, cells: 2, bottom: 0, top: 0.75 },
      { kind: 'free', from: 0, cells: 2, bottom: 0.75, top: 1 },
      { kind: 'free', from: 3, cells: 1, bottom: 0, top: 1 },
    ])
  })

  it('never hides a page', () => {
    const [run] = stripRuns(occupation({ pagesPerCell: 1_000_000, plain: Float64Array.from([0, 1, 0, 0]) }))
    expect(run).toMatchObject({ kind: 'plain', from: 1, cells: 1 })
    expect(run!.top).toBeGreaterThan(0)
  })
})
