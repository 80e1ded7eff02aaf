import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SERIES_POINTS_MAX } from '../../shared/run.ts'
import { Sampler } from './sampler.ts'

function liveBlocks(sampler: Sampler) {
  const [series] = sampler.series()
  expect(series?.name).toBe('live_blocks')
  return series!
}

/** Feeds one value an operation, as a run does: a change is observed, then the operation is counted. */
function feed(values: readonly number[]): Sampler {
  const source = { liveBlocks: 0, listedBlocks: 0, lazyPages: 0 }
  const sampler = new Sampler(source)
  for (const value of values) {
    source.liveBlocks = value
    sampler.observe()
    sampler.advance(1)
  }
  return sampler
}

describe('Sampler', () => {
  it('keeps every operation of a short run', () => {
    const series = liveBlocks(feed([1, 2, 1]))
    expect(series).toMatchObject({ operationsPerPoint: 1, last: [1, 2, 1], max: [1, 2, 2], min: [0, 1, 1] })
  })

  it('is empty before the first operation', () => {
    expect(liveBlocks(feed([])).last).toEqual([])
  })

  it('sees an extreme between two operations', () => {
    const source = { liveBlocks: 0, listedBlocks: 0, lazyPages: 0 }
    const sampler = new Sampler(source)
    source.liveBlocks = 9
    sampler.observe()
    source.liveBlocks = 1
    sampler.observe()
    sampler.advance(1)
    expect(liveBlocks(sampler)).toMatchObject({ min: [0], max: [9], last: [1] })
  })

  it('stays within its points and loses no extreme, whatever the length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 997 }), (length, stride) => {
        const values = Array.from({ length }, (_, position) => (position * stride) % 1009)
        const series = liveBlocks(feed(values))
        expect(series.last.length).toBeLessThanOrEqual(SERIES_POINTS_MAX)
        expect(series.last).toHaveLength(Math.ceil(length / series.operationsPerPoint))
        for (const [point, last] of series.last.entries()) {
          const start = point * series.operationsPerPoint
          const covered = values.slice(start, start + series.operationsPerPoint)
          const before = values[start - 1] ?? 0
          expect(last).toBe(covered.at(-1))
          expect(series.max[point]).toBe(Math.max(before, ...covered))
          expect(series.min[point]).toBe(Math.min(before, ...covered))
        }
      }),
      { numRuns: 20 },
    )
  })
})
