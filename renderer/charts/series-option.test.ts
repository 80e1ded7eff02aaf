import { describe, expect, it } from 'vitest'
import type { Series } from '../../shared/run.ts'
import { seriesLines } from './series-lines.ts'
import { seriesOption, seriesTipPoints } from './series-option.ts'
import { drawnLine } from './series-spans.ts'
import { TEST_THEME } from './test-theme.ts'
import type { View } from './view.ts'

function seriesOf(last: readonly number[], operationsPerPoint = 1, max = last): Series {
  return { name: 'live_blocks', operationsPerPoint, min: last, max, last }
}

const run = (modelId: string, series: Series, operations?: number) => ({ modelId, label: modelId, series, operations })
const drawn = (...runs: ReturnType<typeof run>[]) =>
  [seriesOption(runs, TEST_THEME).series].flat().filter((series) => series !== undefined)

describe('the chart of a series', () => {
  it('draws one labelled step line from 0 for each different series', () => {
    const [line, ...others] = drawn(run('v4.0', seriesOf([1, 2, 2])), run('v4.1', seriesOf([1, 2, 2])))
    expect(others).toEqual([])
    expect(line).toMatchObject({ name: 'v4.0 and v4.1', step: 'end', endLabel: { show: true } })
    expect(line?.data).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 2],
    ])
  })

  it('ends a sampled line at the last operation, not at the end of its last sample', () => {
    const [line] = drawn(run('v4.0', seriesOf([1, 2], 8), 11))
    expect(line?.data).toEqual([
      [0, 0],
      [8, 1],
      [11, 2],
    ])
  })

  it('does not keep the id of a line whose steps turn when it becomes a band', () => {
    const idOf = (series: Series) => drawn(run('v4.0', series))[0]?.id
    expect(idOf(seriesOf([1, 2, 3]))).toBe(idOf(seriesOf([1, 1, 1])))
    const thicket = Array.from({ length: 20 }, (_, i) => (i % 2) * 8)
    expect(idOf(seriesOf(thicket))).not.toBe(idOf(seriesOf([1, 2, 3])))
  })

  it('draws a band only where values within a sample differ', () => {
    expect(drawn(run('v4.0', seriesOf([1, 2], 8)))).toHaveLength(1)
    const [, lower, upper] = drawn(run('v4.0', seriesOf([1, 2], 8, [1, 5])))
    expect(lower?.data).toEqual([
      [0, 0],
      [8, 1],
      [16, 2],
    ])
    expect(upper?.data).toEqual([
      [0, 0],
      [8, 0],
      [16, 3],
    ])
  })

  it('starts the axis of blocks at 0 and reaches to the longest run', () => {
    const option = seriesOption([run('v4.0', seriesOf([1, 2, 7])), run('v4.1', seriesOf([1]))], TEST_THEME)
    expect(option.yAxis).toMatchObject({ min: 0, max: 8 })
    expect(option.xAxis).toMatchObject({ min: 0, max: 3, name: 'operations' })
  })

  it('offers a tip at every drawn step of the first line', () => {
    expect(seriesTipPoints([run('v4.0', seriesOf([1, 2, 3]))])).toBe(4)
    expect(seriesTipPoints([])).toBe(0)
  })
})

describe('a part of a run', () => {
  const series = seriesOf([1, 2, 9, 3, 3], 10, [1, 4, 20, 9, 3])
  const part = (view: View, ...runs: ReturnType<typeof run>[]) => seriesOption(runs, TEST_THEME, view)

  it('begins with the value that it begins with, and ends where it ends', () => {
    const option = part({ from: 20, to: 35 }, run('v4.0', series))
    const [line, lower, upper] = [option.series].flat()
    expect(line?.data).toEqual([
      [20, 2],
      [30, 9],
      [35, 3],
    ])
    expect(lower?.data).toEqual(line?.data)
    expect(upper?.data).toEqual([
      [20, 0],
      [30, 11],
      [35, 6],
    ])
    expect(option.xAxis).toMatchObject({ min: 20, max: 35 })
    expect(option.yAxis).toMatchObject({ min: 0, max: 20 })
  })

  it('is labelled at round numbers', () => {
    const { xAxis } = part({ from: 13, to: 47 }, run('v4.0', series))
    expect(xAxis).toMatchObject({ axisLabel: { customValues: [20, 30, 40] } })
  })

  it('has an axis for what is in it', () => {
    expect(part({ from: 30, to: 50 }, run('v4.0', series)).yAxis).toMatchObject({ max: 9 })
  })

  it('leaves out runs that have ended before', () => {
    const [only, ...others] = [
      part({ from: 20, to: 35 }, run('v4.0', seriesOf([1, 2])), run('v4.1', seriesOf(Array(40).fill(1)))).series,
    ].flat()
    expect(others).toEqual([])
    expect(only).toMatchObject({ name: 'v4.1' })
    expect(
      seriesTipPoints([run('v4.0', seriesOf([1, 2])), run('v4.1', seriesOf(Array(40).fill(1)))], { from: 20, to: 35 }),
    ).toBe(16)
  })
})

describe('what of a long series is drawn', () => {
  const lineOf = (series: Series) => seriesLines([run('v4.0', series)])[0]!

  it('is every point of a short one', () => {
    expect(drawnLine(lineOf(seriesOf([1, 2, 3])), 3, { from: 0, to: 3 }).spans).toHaveLength(3)
  })

  it('keeps its extremes and its end', () => {
    const last = Array.from({ length: 4096 }, (_, i) => (i === 1234 ? 0 : 900) + (i === 4095 ? 3 : 0))
    const max = last.map((blocks, i) => (i === 777 ? 999 : blocks))
    const { spans, bandOnly } = drawnLine(lineOf(seriesOf(last, 2, max)), 1000, { from: 0, to: 8192 })
    expect(bandOnly).toBe(false)
    expect(spans.length).toBeLessThanOrEqual(800)
    expect(Math.max(...spans.map((span) => span.max))).toBe(999)
    expect(Math.min(...spans.map((span) => span.min))).toBe(0)
    expect(spans.at(-1)).toMatchObject({ end: 8192, last: 903 })
  })

  it('is its band alone when a line would be a thicket', () => {
    const last = Array.from({ length: 4096 }, (_, i) => (i * 7) % 9)
    expect(drawnLine(lineOf(seriesOf(last)), 8, { from: 0, to: 4096 }).bandOnly).toBe(true)
  })
})
