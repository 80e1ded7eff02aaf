import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { viewBetween, zoomed, type View } from './view.ts'

describe('what charts show of a run', () => {
  it('is what was marked, in either direction', () => {
    expect(viewBetween(100, 400, 1000)).toEqual({ from: 100, to: 400 })
    expect(viewBetween(400.4, 99.6, 1000)).toEqual({ from: 100, to: 401 })
  })

  it('lies within the run and is wide enough to be read', () => {
    expect(viewBetween(995, 996, 1000)).toEqual({ from: 990, to: 1000 })
    expect(viewBetween(-50, 40, 1000)).toEqual({ from: 0, to: 90 })
    expect(viewBetween(3, 4, 8)).toBeUndefined()
    expect(viewBetween(0, 1000, 1000)).toBeUndefined()
  })

  it('halves and doubles around a place that stays where it is', () => {
    const half = zoomed(undefined, { centre: 500, inwards: true, operations: 1000 })
    expect(half).toEqual({ from: 250, to: 750 })
    const quarter = zoomed(half, { centre: 300, inwards: true, operations: 1000 })
    expect(quarter).toEqual({ from: 275, to: 525 })
    expect(zoomed(quarter, { centre: 300, inwards: false, operations: 1000 })).toEqual(half)
    expect(zoomed(half, { centre: 500, inwards: false, operations: 1000 })).toBeUndefined()
  })

  it('never leaves the run, whatever is done', () => {
    const step = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean())
    fc.assert(
      fc.property(fc.nat(100_000), fc.array(step), (operations, steps) => {
        let view: View | undefined
        for (const [place, inwards] of steps) {
          const { from, to } = view ?? { from: 0, to: operations }
          view = zoomed(view, { centre: from + place * (to - from), inwards, operations })
          if (view === undefined) continue
          expect(view.from).toBeGreaterThanOrEqual(0)
          expect(view.to).toBeLessThanOrEqual(operations)
          expect(view.to - view.from).toBeGreaterThanOrEqual(10)
        }
      }),
    )
  })
})
