import { describe, expect, it } from 'vitest'
import type { Occupation } from '../../../shared/replay.ts'
import { cellsFor, firstRange, leavesOut, movedRange, wider, zoomedRange } from './space-range.ts'

const total = 100_000
const cells = (...pages: number[]) => Float64Array.from(pages)
const occupation = (change: Partial<Occupation>): Occupation => ({
  fromPage: 0,
  pagesPerCell: 64,
  block: cells(0, 0),
  free: cells(0, 0),
  plain: cells(0, 0),
  pending: cells(0, 0),
  pooled: cells(0, 0),
  ...change,
})

describe('the part of the address space that is drawn', () => {
  it('begins with a few blocks and grows when something lies outside', () => {
    const first = firstRange(1024, total)
    expect(first).toEqual({ fromPage: 0, pages: 16_384 })
    expect(firstRange(1024, 5000).pages).toBe(5000)
    const shown = occupation({ block: cells(64, 0), plain: cells(0, 10), pending: cells(0, 5), pooled: cells(0, 1) })
    expect(leavesOut(shown, 80)).toBe(false)
    expect(leavesOut(shown, 81)).toBe(true)
    expect(wider(first, total)).toEqual({ fromPage: 0, pages: 32_768 })
    expect(wider({ fromPage: 0, pages: 80_000 }, total)).toEqual({ fromPage: 0, pages: total })
  })

  it('is zoomed around its middle, down to a page and up to all', () => {
    const range = { fromPage: 40_000, pages: 16_000 }
    expect(zoomedRange(range, true, total)).toEqual({ fromPage: 46_000, pages: 4000 })
    expect(zoomedRange(range, false, total)).toEqual({ fromPage: 16_000, pages: 64_000 })
    expect(zoomedRange({ fromPage: 7, pages: 1 }, true, total)).toEqual({ fromPage: 7, pages: 1 })
    expect(zoomedRange({ fromPage: 0, pages: 60_000 }, false, total)).toEqual({ fromPage: 0, pages: total })
  })

  it('has cells that blocks are made of', () => {
    expect(cellsFor(16_384, 450)).toBe(256)
    expect(cellsFor(5, 450)).toBe(5)
    expect(cellsFor(2 ** 33, 4096)).toBe(4096)
  })

  it('is moved by half of itself, within the space', () => {
    const range = { fromPage: 1000, pages: 4000 }
    expect(movedRange(range, true, total).fromPage).toBe(3000)
    expect(movedRange(range, false, total).fromPage).toBe(0)
    expect(movedRange({ fromPage: 97_000, pages: 3000 }, true, total).fromPage).toBe(97_000)
  })
})
