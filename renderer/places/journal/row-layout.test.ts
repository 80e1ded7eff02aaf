import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXPERIMENT_ROW_PX, RowLayout, RUN_ROW_PX } from './row-layout.ts'

describe('a layout of rows', () => {
  it('has nothing without experiments', () => {
    const layout = new RowLayout({ runCounts: [] })
    expect([layout.rowCount, layout.heightPx, layout.rowsBetween(0, 500)]).toEqual([0, 0, [0, 0]])
  })

  it('agrees with rows that are laid out one by one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 30 }),
        fc.nat(2000),
        (runCounts, px) => {
          const layout = new RowLayout({ runCounts })
          let topPx = 0
          let at = 0
          const rows = runCounts.flatMap((count, experiment) => [
            { experiment, heightPx: EXPERIMENT_ROW_PX },
            ...Array.from({ length: count }, (_, run) => ({ experiment, run, heightPx: RUN_ROW_PX })),
          ])
          for (const [index, { heightPx, ...place }] of rows.entries()) {
            expect(layout.placeOf(index)).toEqual(place)
            expect(layout.rowOf(place)).toBe(index)
            expect(layout.topPx(index)).toBe(topPx)
            if (topPx <= px) at = index
            topPx += heightPx
          }
          expect([layout.rowCount, layout.heightPx]).toEqual([rows.length, topPx])
          expect(layout.rowsBetween(px, px)).toEqual([at, at + 1])
        },
      ),
    )
  })

  it('finds its way among a hundred thousand runs at once', () => {
    const layout = new RowLayout({ runCounts: Array.from({ length: 50_000 }, () => 2) })
    expect(layout.rowsBetween(layout.heightPx / 2, layout.heightPx / 2 + 900)).toEqual([75_000, 75_031])
    expect(() => layout.placeOf(150_000)).toThrow(/no row 150000 of 150000/)
  })
})
