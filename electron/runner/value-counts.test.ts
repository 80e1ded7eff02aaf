import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HISTOGRAM_RANGES_MAX, largestValue, totalCount, type Histogram } from '../../shared/histogram.ts'
import { ValueCounts } from './value-counts.ts'

function counted(values: Iterable<number>, pageType?: Uint8ArrayConstructor): ValueCounts {
  const counts = new ValueCounts(pageType)
  for (const value of values) counts.note(value)
  return counts
}

/** Value by value what ranges stand for. */
function spread({ ranges }: Histogram): Map<number, number> {
  const counts = new Map<number, number>()
  for (const [first, last, count] of ranges) {
    for (let value = first; value <= last; value += 1) counts.set(value, count)
  }
  return counts
}

describe('ValueCounts', () => {
  it('is empty at first', () => {
    expect(counted([]).histogram()).toEqual({ ranges: [] })
  })

  it('makes one range of neighbours with equal counts', () => {
    const thousand = Array.from({ length: 1000 }, (_, i) => i + 1)
    expect(counted([...thousand, 1, 1]).histogram()).toEqual({
      ranges: [
        [1, 1, 3],
        [2, 1000, 1],
      ],
    })
    expect(counted([0, 2, 4_000_000]).histogram().ranges).toEqual([
      [0, 0, 1],
      [2, 2, 1],
      [4_000_000, 4_000_000, 1],
    ])
  })

  it('counts every value exactly, across pages', () => {
    const values = fc.array(fc.oneof(fc.nat(10), fc.integer({ min: 4090, max: 4100 }), fc.nat(20_000)), {
      maxLength: 500,
    })
    fc.assert(
      fc.property(values, (given) => {
        const expected = new Map<number, number>()
        for (const value of [...given].sort((left, right) => left - right)) {
          expected.set(value, (expected.get(value) ?? 0) + 1)
        }
        expect(spread(counted(given).histogram())).toEqual(expected)
      }),
    )
  })

  it('goes on counting where a page ends', () => {
    const counts = counted(
      Array.from({ length: 1000 }, () => 7),
      Uint8Array,
    )
    counts.note(8)
    expect(counts.histogram()).toEqual({
      ranges: [
        [7, 7, 1000],
        [8, 8, 1],
      ],
    })
  })

  it('stays within its ranges: the smaller values exact, the larger ones together', () => {
    const values = [1, 3, 3, 5, 5, 5, 9, 10, 10]
    const whole = counted(values).histogram()
    expect(counted(values).histogram(2)).toEqual({
      ranges: whole.ranges.slice(0, 2),
      remainder: { firstValue: 5, lastValue: 10, count: 6 },
    })
    function* everyOther(): Generator<number> {
      for (let value = 0; value < 2 * HISTOGRAM_RANGES_MAX + 200; value += 2) yield value
    }
    const bounded = counted(everyOther()).histogram()
    expect(bounded.ranges).toHaveLength(HISTOGRAM_RANGES_MAX)
    expect(totalCount(bounded)).toBe(HISTOGRAM_RANGES_MAX + 100)
    expect(largestValue(bounded)).toBe(2 * HISTOGRAM_RANGES_MAX + 198)
  })
})
