import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packNumbers, unpackNumbers } from './packed-numbers.ts'

describe('packed numbers', () => {
  it('come back equal', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(), fc.maxSafeNat())), (numbers) => {
        expect(unpackNumbers(packNumbers(numbers), numbers.length)).toEqual(numbers)
      }),
    )
  })

  it('are small for the slowly changing series of a run', () => {
    const numbers = Array.from({ length: 3 * 4096 }, (_, i) => Math.floor(i / 100))
    expect(packNumbers(numbers).length).toBeLessThan(2000)
  })

  it.each([-1, 0.5, Number.NaN, Infinity, 2 ** 53])('do not take %s', (value) => {
    expect(() => packNumbers([1, value])).toThrow(/number 1 is/)
  })

  it('notice damage', () => {
    const packed = packNumbers([1, 2, 3, 4])
    expect(() => unpackNumbers(packed, 3)).toThrow(RangeError)
    expect(() => unpackNumbers(packed, 5)).toThrow(/do not hold 5 numbers/)
    for (const i of packed.keys()) {
      const flipped = Uint8Array.from(packed)
      flipped[i]! ^= 1
      expect(() => unpackNumbers(flipped, 4), `byte ${i}`).toThrow()
    }
  })
})
