import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SERIES_NAMES, SERIES_POINTS_MAX, type Series, type SeriesName } from '../../shared/run.ts'
import { Gauge } from './gauge.ts'
import { Sampler } from './sampler.ts'

function newGauges(): Record<SeriesName, Gauge> {
  const gauges = SERIES_NAMES.map((name) => [name, new Gauge(name !== 'visited_nodes')])
  return Object.fromEntries(gauges) as Record<SeriesName, Gauge>
}

function seriesOf(sampler: Sampler, name: SeriesName): Series {
  return sampler.series().find((series) => series.name === name)!
}

/** Sets a gauge as often in each operation as that has values. */
function feed(name: SeriesName, operations: readonly (readonly number[])[]): Series {
  const gauges = newGauges()
  const sampler = new Sampler(gauges)
  for (const values of operations) {
    for (const value of values) gauges[name].set(value)
    sampler.advance(1)
  }
  return seriesOf(sampler, name)
}

/** Operations that each set a gauge up to twice. */
const operations = fc
  .tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 997 }), fc.integer({ min: 1, max: 5 }))
  .map(([length, stride, every]) =>
    Array.from({ length }, (_, position) => {
      const value = (position * stride) % 1009
      return position % every === 0 ? [value, (value * 7) % 1013].slice(0, 1 + (position % 2)) : []
    }),
  )

describe('Sampler', () => {
  it('keeps every operation of a short run', () => {
    const series = feed('live_blocks', [[1], [2], [1]])
    expect(series).toMatchObject({ operationsPerPoint: 1, last: [1, 2, 1], max: [1, 2, 2], min: [0, 1, 1] })
  })

  it('has all series, empty before the first operation', () => {
    const series = new Sampler(newGauges()).series()
    expect(series.map(({ name }) => name)).toEqual(SERIES_NAMES)
    expect(series.every(({ last }) => last.length === 0)).toBe(true)
  })

  it('sees an extreme between two operations', () => {
    expect(feed('lazy_pages', [[9, 1]])).toMatchObject({ min: [0], max: [9], last: [1] })
  })

  it('shows of what belongs to single operations those of the point alone', () => {
    const series = feed('visited_nodes', [[], [5], [], [9, 7], []])
    expect(series).toMatchObject({ min: [0, 5, 5, 7, 7], max: [0, 5, 5, 9, 7], last: [0, 5, 5, 7, 7] })
  })

  it('stays within its points and loses no extreme of a quantity that lasts, whatever the length', () => {
    fc.assert(
      fc.property(operations, (run) => {
        const series = feed('used_pages', run)
        expect(series.last.length).toBeLessThanOrEqual(SERIES_POINTS_MAX)
        expect(series.last).toHaveLength(Math.ceil(run.length / series.operationsPerPoint))
        let before = 0
        for (const [point, last] of series.last.entries()) {
          const start = point * series.operationsPerPoint
          const values = [before, ...run.slice(start, start + series.operationsPerPoint).flat()]
          before = values.at(-1)!
          expect(last).toBe(before)
          expect(series.max[point]).toBe(Math.max(...values))
          expect(series.min[point]).toBe(Math.min(...values))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('has exact extremes of single operations, whatever the length', () => {
    fc.assert(
      fc.property(operations, (run) => {
        const series = feed('visited_nodes', run)
        let before = 0
        for (const [point, last] of series.last.entries()) {
          const start = point * series.operationsPerPoint
          const came = run.slice(start, start + series.operationsPerPoint).flat()
          const values = came.length === 0 ? [before] : came
          before = values.at(-1)!
          expect(last).toBe(before)
          expect(series.max[point]).toBe(Math.max(...values))
          expect(series.min[point]).toBe(Math.min(...values))
        }
      }),
      { numRuns: 20 },
    )
  })
})
