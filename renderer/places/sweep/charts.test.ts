import { describe, expect, it } from 'vitest'
import { TEST_THEME } from '../../charts/test-theme.ts'
import { differenceBins, differenceOption } from './difference-option.ts'
import {
  distributionOption,
  distributionSentence,
  distributionTable,
  seedBins,
  seedWords,
  type ModelSample,
} from './distribution-option.ts'
import { ecdfTable } from './ecdf-option.ts'
import { heatGround, heatShare, heatText } from './heat.ts'

const SEEDS = [7, 8, 9]
const MODELS: readonly ModelSample[] = [
  { modelId: 'v4.0', name: 'v4.0', sample: Float64Array.of(4, 5, 5), published: 4 },
  { modelId: 'v4.1', name: 'v4.1', sample: Float64Array.of(2, 2, 4), published: undefined },
]
const bins = seedBins(
  SEEDS,
  MODELS.map(({ sample }) => sample),
)

describe('the distribution', () => {
  it('has every seed in the bar of its count', () => {
    expect(bins.map(({ first, seeds }) => [first, ...seeds])).toEqual([
      [2, [], [7, 8]],
      [3, [], []],
      [4, [7], [9]],
      [5, [8, 9], []],
    ])
    expect(distributionTable(bins, MODELS, 'blocks').rows).toEqual([
      [2, 0, 2],
      [3, 0, 0],
      [4, 1, 1],
      [5, 2, 0],
    ])
  })

  it('mirrors the second model and marks the published bar alone', () => {
    const { series } = distributionOption(bins, MODELS, 'blocks', TEST_THEME)
    const data = [series]
      .flat()
      .map((row) => row?.data as { value: number; label?: unknown; itemStyle: { opacity: number } }[])
    expect(data.map((row) => row.map(({ value }) => Math.abs(value) && value))).toEqual([
      [0, 0, 1, 2],
      [-2, 0, -1, 0].map((value) => value),
    ])
    expect(data[0]?.map(({ label }) => label !== undefined)).toEqual([false, false, true, false])
    expect(data[0]?.map(({ itemStyle }) => itemStyle.opacity)).toEqual([0.55, 0.55, 1, 0.55])
    expect(data[1]?.every(({ itemStyle }) => itemStyle.opacity === 1)).toBe(true)
  })

  it('says what it shows', () => {
    expect(distributionSentence(bins, MODELS, 'blocks')).toBe(
      'Histogram of blocks, 4 bars. v4.0: 4 to 5; v4.1: 2 to 4.',
    )
    expect(seedWords([1, 2, 3, 4, 5, 6, 7])).toBe('7 seeds: 1, 2, 3, 4, 5, 6, …')
    expect(seedWords([])).toBe('no seed')
  })
})

describe('paired differences', () => {
  it('always have zero on their axis, without a seed of its own', () => {
    const differences = differenceBins(SEEDS, Float64Array.of(2, 3, 3))
    expect(differences.map(({ first, seeds }) => [first, seeds[0]])).toEqual([
      [0, []],
      [1, []],
      [2, [7]],
      [3, [8, 9]],
    ])
    const { series } = differenceOption(differences, 'v4.0 minus v4.1', TEST_THEME)
    expect([series].flat()[1]).toMatchObject({
      data: [
        [0, 0],
        [0, 2],
      ],
    })
  })
})

it('the distribution function tells the share of seeds at or below each count', () => {
  expect(ecdfTable(MODELS, 'blocks').rows).toEqual([
    [2, '0.0 %', '66.7 %'],
    [4, '33.3 %', '100.0 %'],
    [5, '100.0 %', '100.0 %'],
  ])
})

describe('the heat map', () => {
  it('grades on a log scale from lowest to highest', () => {
    expect([0, 9, 99].map((value) => heatShare(value, [0, 9, 99]))).toEqual([0, expect.closeTo(0.5, 5), 1])
    expect(heatShare(5, [5, 5])).toBe(0)
  })

  it('keeps away from grounds on which no figure is readable', () => {
    for (let share = 0; share <= 1; share += 0.01) {
      const { inkPercent, isDark } = heatGround(share)
      expect(isDark ? inkPercent >= 60 : inkPercent <= 38).toBe(true)
    }
  })

  it('writes short figures', () => {
    expect([979, 2.66, 1149.6, 3].map(heatText)).toEqual(['979', '2.7', '1,150', '3'])
  })
})
