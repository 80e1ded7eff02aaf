import { expect, it } from 'vitest'
import { comparisonText, standingText } from './standing-words.ts'

it('says what a side has of a block', () => {
  const block = { kind: 'live', index: 3, cpu: 0, freeSlots: 1000, dirtySlots: 8 } as const
  expect(standingText({ ...block, listPosition: 2 })).toBe('1,000 free, 8 dirty, place 2 from HEAD')
  expect(standingText({ ...block, freeSlots: 0, listPosition: undefined })).toBe('0 free, 8 dirty, not listed')
  expect(standingText({ kind: 'freed' })).toBe('freed')
  expect(standingText({ kind: 'not-allocated' })).toBe('not allocated yet')
})

it('says how many differ', () => {
  const text = (same: number, different: number, notKept = 0): string =>
    comparisonText({ same, different, notKept, rows: [] })
  expect(text(0, 0)).toBe('Neither side has a block.')
  expect(text(1, 0)).toBe('The one block is the same.')
  expect(text(1200, 0)).toBe('All 1,200 blocks are the same.')
  expect(text(0, 1)).toBe('1 of 1 block differs.')
  expect(text(2, 998)).toBe('998 of 1,000 blocks differ.')
  expect(text(1, 1, 5)).toBe('1 of 2 blocks differs. 5 blocks came too late to be compared.')
})
