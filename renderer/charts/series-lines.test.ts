import { describe, expect, it } from 'vitest'
import type { Series } from '../../shared/run.ts'
import { lineName, valueAfter, seriesLines, seriesSentence, seriesSubtitle, seriesTable } from './series-lines.ts'

function seriesOf(last: readonly number[], operationsPerPoint = 1, max = last): Series {
  return { name: 'live_blocks', operationsPerPoint, min: last, max, last }
}

const run = (modelId: string, series: Series, operations?: number) => ({ modelId, label: modelId, series, operations })

describe('the lines of a series', () => {
  it('join runs whose series are equal and name them together', () => {
    const lines = seriesLines([
      run('v4.0', seriesOf([1, 2, 3])),
      run('v4.0+1', seriesOf([1, 1, 1])),
      run('v4.1', seriesOf([1, 1, 1])),
    ])
    expect(lines.map(lineName)).toEqual(['v4.0', 'v4.0+1 and v4.1'])
  })

  it('keep runs apart that differ in length or only within a sample', () => {
    expect(seriesLines([run('a', seriesOf([1, 1])), run('b', seriesOf([1, 1, 1]))])).toHaveLength(2)
    expect(seriesLines([run('a', seriesOf([1], 8)), run('b', seriesOf([1], 8, [2]))])).toHaveLength(2)
    expect(seriesLines([run('a', seriesOf([1], 8), 7), run('b', seriesOf([1], 8), 8)])).toHaveLength(2)
  })

  it('tell two lines of one model apart by their dashes', () => {
    const lines = seriesLines([run('v4.0', seriesOf([1])), run('v4.0', seriesOf([2])), run('v4.1', seriesOf([3]))])
    expect(lines.map(({ dash }) => dash)).toEqual(['solid', 'dashed', 'solid'])
  })

  it('are dashed where a model repeats the colour of another, whichever comes first', () => {
    const dashes = (...modelIds: readonly string[]) =>
      seriesLines(modelIds.map((modelId, i) => run(modelId, seriesOf([i])))).map(({ dash }) => dash)
    expect(dashes('v2.6.28', 'v6.8')).toEqual(['solid', 'dashed'])
    expect(dashes('v6.8', 'v2.6.28')).toEqual(['dashed', 'solid'])
    expect(dashes('v6.8', 'v6.8', 'v6.8', 'v6.8')).toEqual(['dashed', 'dotted', 'solid', 'dotted'])
  })

  it('name many runs by the first and how many more', () => {
    expect(lineName({ labels: ['a', 'b', 'c'] })).toBe('a, b and c')
    expect(lineName({ labels: ['a', 'b', 'c', 'd'] })).toBe('a and 3 more')
    expect(lineName({ labels: ['a', 'a'] })).toBe('a (2 runs)')
  })

  it('know the value after any operation, none after their end', () => {
    const [line] = seriesLines([run('v4.0', seriesOf([5, 7], 4), 6)])
    expect([1, 4, 5, 6, 7].map((operations) => valueAfter(line!, operations))).toEqual([5, 5, 7, 7, undefined])
  })
})

describe('a series in words and tables', () => {
  it('say that a series is sampled, and only then', () => {
    expect(seriesSubtitle([run('v4.0', seriesOf([1]))])).toBe('allocated, not freed')
    expect(seriesSubtitle([run('v4.0', seriesOf([1], 64))])).toBe('allocated, not freed; sampled each 64 operations')
  })

  it('give the end and the most of each line', () => {
    expect(seriesSentence([run('v4.0', seriesOf([1, 2, 1000])), run('v4.1', seriesOf([1, 2, 1]))])).toBe(
      'Line chart of live blocks over operations. v4.0: 1,000 after 3 operations. v4.1: 1, never above 2 after 3 operations.',
    )
  })

  it('leave the fields of a run that has ended empty', () => {
    expect(seriesTable([run('v4.0', seriesOf([1, 2, 3])), run('v4.1', seriesOf([1]))])).toEqual({
      columns: ['Operations', 'v4.0', 'v4.1'],
      rows: [
        [1, 1, 1],
        [2, 2, undefined],
        [3, 3, undefined],
      ],
    })
  })

  it('name every run of a line in the table, by its title', () => {
    const runs = ['a', 'b', 'c', 'd'].map((modelId) => run(modelId, seriesOf([1])))
    const titled = [...runs, { ...run('mine', seriesOf([1])), title: 'mine, experimental (…)' }]
    expect(seriesTable(titled).columns).toEqual(['Operations', 'a; b; c; d; mine, experimental (…)'])
  })

  it('bound the table and keep the last operation in it', () => {
    const { rows } = seriesTable([run('v4.0', seriesOf(Array.from({ length: 3938 }, (_, i) => i)), 3938)])
    expect(rows.length).toBeLessThanOrEqual(200)
    expect(rows.at(-1)).toEqual([3938, 3937])
  })
})
