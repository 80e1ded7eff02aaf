import { describe, expect, it } from 'vitest'
import type { FreeListSummary, ListedBlock } from '../../shared/run.ts'
import { endsOf, type ListEnds } from '../../shared/free-list-text.ts'
import { barThatFits, endsThatFit } from './list-ends.ts'

function listOf(length: number): FreeListSummary {
  const blocks = Array.from({ length }, (_, index): ListedBlock => [index, 8, 1016])
  const whole = length <= 64
  return {
    cpu: 0,
    length,
    head: whole ? blocks : blocks.slice(0, 32),
    tail: whole ? [] : blocks.slice(-32),
    freeSlotsMax: blocks.map(() => 8),
  }
}

function indices({ first, last }: ListEnds): number[] {
  return [...first, ...last].map(([index]) => index)
}

describe('the ends of a list', () => {
  it('are the whole list when it is short', () => {
    expect(indices(endsOf(listOf(5), 3, 2))).toEqual([0, 1, 2, 3, 4])
    expect(endsOf(listOf(5), 3, 2).hidden).toBe(0)
  })

  it('are taken from both ends of a summary that holds all blocks', () => {
    const ends = endsOf(listOf(60), 3, 2)
    expect(indices(ends)).toEqual([0, 1, 2, 58, 59])
    expect(ends.hidden).toBe(55)
  })

  it('are taken from both ends of a summary that does not', () => {
    const ends = endsOf(listOf(1000), 3, 2)
    expect(indices(ends)).toEqual([0, 1, 2, 998, 999])
    expect(ends.hidden).toBe(995)
  })
})

describe('what fits a width', () => {
  const ends = (length: number, widthPx: number): ListEnds => endsThatFit(listOf(length), widthPx, 100, 110)

  it('is every block while all bars fit', () => {
    expect(ends(8, 800).hidden).toBe(0)
    expect(ends(8, 799).hidden).toBeGreaterThan(0)
  })

  it('is the first five and the last two of a longer list, however wide the window', () => {
    expect(indices(ends(1000, 820))).toEqual([0, 1, 2, 3, 4, 998, 999])
    expect(indices(ends(1000, 5000))).toEqual([0, 1, 2, 3, 4, 998, 999])
  })

  it('is the first three and the last two on less', () => {
    expect(indices(ends(1000, 620))).toEqual([0, 1, 2, 998, 999])
  })

  it('is never less than the first two and the last one, in narrower bars', () => {
    expect(indices(ends(1000, 0))).toEqual([0, 1, 999])
    expect(barThatFits(listOf(1000), 320, 100, 110)).toBe(70)
    expect(barThatFits(listOf(1000), 0, 100, 110)).toBe(48)
  })

  it('does not draw a list whole from a summary that lacks its middle', () => {
    expect(endsThatFit(listOf(100), 10_000, 20, 110).hidden).toBe(93)
  })

  it('adds up to the whole list', () => {
    for (const length of [1, 2, 3, 4, 7, 8, 64, 65, 1000]) {
      for (let widthPx = 0; widthPx < 2000; widthPx += 50) {
        const found = ends(length, widthPx)
        expect(found.first.length + found.hidden + found.last.length).toBe(length)
      }
    }
  })
})
