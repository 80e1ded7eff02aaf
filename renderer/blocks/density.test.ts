import { describe, expect, it } from 'vitest'
import type { FreeListSummary } from '../../shared/run.ts'
import { columnRange, columnSentence, densityColumns, densityPaths, densityShare, densityTicks } from './density.ts'

function listOf(length: number, freeSlotsMax: readonly number[]): FreeListSummary {
  return { cpu: 0, length, head: [], tail: [], freeSlotsMax }
}

describe('the density axis', () => {
  it('is labelled 1, 8, 64, 1,024 for blocks of 1,024 slots', () => {
    expect(densityTicks(1024)).toEqual([1, 8, 64, 1024])
  })

  it('always ends at the whole block', () => {
    expect(densityTicks(64)).toEqual([1, 8, 64])
    expect(densityTicks(128)).toEqual([1, 8, 128])
    expect(densityTicks(32)).toEqual([1, 8, 32])
  })

  it('is a log scale on which one free slot is visible and none is not', () => {
    expect(densityShare(0, 1024)).toBe(0)
    expect(densityShare(1, 1024)).toBeCloseTo(1 / 11)
    expect(densityShare(1024, 1024)).toBe(1)
    expect(densityShare(16, 1024) - densityShare(8, 1024)).toBeCloseTo(densityShare(2, 1024) - densityShare(1, 1024))
  })
})

describe('density columns', () => {
  it('are one a block while there is a pixel for each', () => {
    expect(densityColumns(listOf(4, [1, 2, 3, 4]), 100)).toEqual({ freeSlotsMax: [1, 2, 3, 4], blocksPerColumn: 1 })
  })

  it('keep the largest of the blocks they join', () => {
    const columns = densityColumns(listOf(6, [1, 64, 1, 1, 1, 8]), 3)
    expect(columns).toEqual({ freeSlotsMax: [64, 1, 8], blocksPerColumn: 2 })
  })

  it('say how many blocks of a longer list they stand for', () => {
    expect(densityColumns(listOf(10_000, new Array<number>(2048).fill(8)), 3000).blocksPerColumn).toBe(5)
  })

  it('cover every position of the list once', () => {
    for (const [columns, length] of [
      [3, 7],
      [2048, 5000],
      [700, 1000],
    ] as const) {
      let next = 1
      for (let column = 0; column < columns; column += 1) {
        const [first, last] = columnRange(column, columns, length)
        expect(first).toBe(next)
        next = last + 1
      }
      expect(next - 1).toBe(length)
    }
  })

  it('are exact in words', () => {
    const single = { freeSlotsMax: [8, 16], blocksPerColumn: 1 }
    expect(columnSentence(1, single, 2)).toBe('Block 2 of 2 from HEAD: 16 free')
    const joined = { freeSlotsMax: [8, 16], blocksPerColumn: 1000 }
    expect(columnSentence(1, joined, 2000)).toBe('Blocks 1,001 to 2,000 of 2,000 from HEAD: at most 16 free')
  })
})

describe('density paths', () => {
  it('join neighbours of equal height into one cap', () => {
    expect(densityPaths([8, 8], 8, 10, 40).caps).toBe('M0 0H5H10')
  })

  it('leave out the sides of columns under two pixels', () => {
    expect(densityPaths([8, 1], 8, 10, 40).caps).toContain('L')
    expect(densityPaths([8, 1], 8, 3, 40).caps).not.toContain('L')
  })
})
