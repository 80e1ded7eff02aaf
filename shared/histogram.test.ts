import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { largestValue, quantile, totalCount, type Histogram } from './histogram.ts'

const exactly = (value: number) => ({ lowest: value, highest: value })

describe('a histogram', () => {
  // 1 twice, 4, 5 and 6 three times each, then 30 more between 100 and 900
  const histogram: Histogram = {
    ranges: [
      [1, 1, 2],
      [4, 6, 3],
    ],
    remainder: { firstValue: 100, lastValue: 900, count: 30 },
  }

  it('knows how many there are and the largest', () => {
    expect([totalCount(histogram), largestValue(histogram)]).toEqual([41, 900])
    expect([totalCount({ ranges: [] }), largestValue({ ranges: [] })]).toEqual([0, undefined])
  })

  it('gives quantiles, between two bounds where values were taken together', () => {
    expect(quantile(histogram, 2 / 41)).toEqual(exactly(1))
    expect(quantile(histogram, 3 / 41)).toEqual(exactly(4))
    expect(quantile(histogram, 11 / 41)).toEqual(exactly(6))
    expect(quantile(histogram, 0.5)).toEqual({ lowest: 100, highest: 900 })
    expect(quantile({ ranges: [] }, 0.5)).toBeUndefined()
  })

  it('gives the quantiles of the values themselves', () => {
    const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(values, fc.constantFrom(0.01, 0.5, 0.99, 1), (given, share) => {
        const sorted = [...given].sort((left, right) => left - right)
        const ranges = [...new Set(sorted)].map(
          (value) => [value, value, given.filter((other) => other === value).length] as const,
        )
        expect(quantile({ ranges }, share)).toEqual(exactly(sorted[Math.ceil(sorted.length * share) - 1]!))
      }),
    )
  })
})
