import { describe, expect, it } from 'vitest'
import { formatDifference } from './difference.ts'

describe('a difference', () => {
  it.each([
    [993, 1000, '−7 (−0.7 %)'],
    [1000, 993, '+7 (+0.7 %)'],
    [992, 0, '+992'],
    [0, 992, '−992 (−100 %)'],
    [12, 12, 'same'],
    [0, 0, 'same'],
    [2_032_001, 2_032_000, '+1 (under 0.1 %)'],
    [5000, 4, '+4,996 (+124,900 %)'],
  ])('of %d from %d is %s', (count, from, text) => {
    expect(formatDifference(count, from)).toBe(text)
  })
})
