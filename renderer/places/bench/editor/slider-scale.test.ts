import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { POSITIONS, positionOf, steppedValue, valueAt } from './slider-scale.ts'

const ranges = fc
  .tuple(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.integer({ min: 0, max: 2 ** 41 }))
  .map(([min, length]) => ({ min, max: min + length }))

describe('a slider', () => {
  it('reaches both ends of its range, in between only whole values of it, and never goes back', () => {
    fc.assert(
      fc.property(ranges, fc.array(fc.integer({ min: 0, max: POSITIONS })), (range, positions) => {
        expect([valueAt(0, range), valueAt(POSITIONS, range)]).toEqual([range.min, range.max])
        const values = positions.toSorted((left, right) => left - right).map((position) => valueAt(position, range))
        for (const [index, value] of values.entries()) {
          expect(Number.isInteger(value) && value >= range.min && value <= range.max).toBe(true)
          expect(value).toBeGreaterThanOrEqual(values[index - 1] ?? -Infinity)
        }
      }),
    )
  })

  it('moves by every key until the end', () => {
    fc.assert(
      fc.property(ranges, fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(1, 10), (range, share, step) => {
        const value = Math.floor(range.min + share * (range.max - range.min))
        const up = steppedValue(value, step, range)
        const down = steppedValue(value, -step, range)
        expect(value === range.max ? up === value : up > value && up <= range.max).toBe(true)
        expect(value === range.min ? down === value : down < value && down >= range.min).toBe(true)
      }),
    )
  })

  it('shows the value that it stands at', () => {
    for (const range of [
      { min: 1, max: 1_000_000 },
      { min: 0, max: 64 },
      { min: -9, max: 9 },
      { min: 5, max: 5 },
    ]) {
      expect(positionOf(range.min, range)).toBe(0)
      for (let position = 0; position <= POSITIONS; position += 50) {
        const value = valueAt(position, range)
        expect(valueAt(positionOf(value, range), range)).toBe(value)
      }
    }
    expect(valueAt(500, { min: 1, max: 1_000_000 })).toBe(1000)
  })
})
