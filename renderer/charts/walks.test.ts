import { describe, expect, it } from 'vitest'
import type { Histogram } from '../../shared/histogram.ts'
import { TEST_THEME } from './test-theme.ts'
import { mapsIn, walkBins } from './walk-bins.ts'
import { walksOption, walksSentence, walksTable } from './walks-option.ts'

const SHORT: Histogram = {
  ranges: [
    [1, 1, 100],
    [2, 2, 7],
  ],
}
/** One map each for 1 to 10, and five that walked 900 to 1,000. */
const LONG: Histogram = { ranges: [[1, 10, 1]], remainder: { firstValue: 900, lastValue: 1000, count: 5 } }
const run = (modelId: string, walked: Histogram) => ({ modelId, label: modelId, walked })

describe('the bins of walks', () => {
  it('are as wide as orders and reach as far as the longest walk', () => {
    expect(walkBins([SHORT]).map(({ label }) => label)).toEqual(['1', '2'])
    expect(walkBins([SHORT, LONG]).map(({ label }) => label)).toEqual([
      ...['1', '2', '3–4', '5–8', '9–16', '17–32', '33–64', '65–128', '129–256', '257–512', '513–1,024'],
    ])
    expect(walkBins([{ ranges: [[0, 0, 3]] }]).map(({ label }) => label)).toEqual(['0', '1'])
    expect(walkBins([{ ranges: [] }])).not.toEqual([])
  })

  it('have every map once', () => {
    for (const histogram of [SHORT, LONG]) {
      const maps = walkBins([histogram]).map((bin) => mapsIn(bin, histogram))
      expect(maps.reduce((sum, count) => sum + count, 0)).toBe(histogram === SHORT ? 107 : 15)
    }
    expect(walkBins([LONG]).map((bin) => mapsIn(bin, LONG))).toEqual([1, 1, 2, 4, 2, 0, 0, 0, 0, 0, 5])
  })
})

describe('the chart of walks', () => {
  it('draws equal runs once, and no bar where there is no map', () => {
    const { series } = walksOption([run('v4.0', LONG), run('v4.1', SHORT), run('v4.10', SHORT)], TEST_THEME)
    expect(series).toMatchObject([
      { name: 'v4.0' },
      { name: 'v4.1 and v4.10', data: [100, 7, null, null, null, null, null, null, null, null, null] },
    ])
  })

  it('is a sentence and a table', () => {
    expect(walksSentence([run('v4.0', LONG)])).toBe(
      'Histogram of the blocks that maps walked. v4.0: half of the maps walked at most 8 blocks, none more than 1,000.',
    )
    expect(walksTable([run('v4.0', SHORT), run('v4.1', SHORT)])).toEqual({
      columns: ['Blocks walked', 'v4.0', 'v4.1'],
      rows: [
        ['1', 100, 100],
        ['2', 7, 7],
      ],
    })
  })
})
