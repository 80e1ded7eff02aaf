import { describe, expect, it } from 'vitest'
import { countsHeight, countsOption, countsSentence, countsTable } from './counts-option.ts'
import { TEST_THEME } from './test-theme.ts'

const RUNS = [
  { runId: 1, modelId: 'v4.0', label: 'v4.0', allocated: 1000, freed: 0 },
  { runId: 2, modelId: 'v4.1', label: 'v4.1', allocated: 993, freed: 992 },
]

interface Bar {
  readonly value: number
  readonly itemStyle: { readonly color: string; readonly borderColor?: string; readonly decal?: object }
}

function bars(name: string, dark = false): Bar[] {
  const { series } = countsOption(RUNS, { ...TEST_THEME, dark })
  const found = [series].flat().find((candidate) => candidate?.name === name)
  return found?.data as Bar[]
}

describe('the counts chart', () => {
  it('draws both functions of every run from 0, in the order given', () => {
    expect(bars('alloc_vmap_area').map(({ value }) => value)).toEqual([1000, 993])
    expect(bars('free_vmap_block').map(({ value }) => value)).toEqual([0, 992])
    expect(countsOption(RUNS, TEST_THEME).xAxis).toMatchObject({ min: 0, max: 1000, interval: 250 })
    expect(countsOption(RUNS, TEST_THEME).yAxis).toMatchObject({ inverse: true, data: ['v4.0', 'v4.1'] })
  })

  it('gives a model one colour, in both themes', () => {
    expect(bars('alloc_vmap_area').map(({ itemStyle }) => itemStyle.color)).toEqual(['#cb3814', '#1560e2'])
    expect(bars('alloc_vmap_area', true).map(({ itemStyle }) => itemStyle.color)).toEqual(['#f1840b', '#4c9bff'])
    expect(bars('free_vmap_block').map(({ itemStyle }) => itemStyle.borderColor)).toEqual(['#cb3814', '#1560e2'])
  })

  it('tells free from alloc without colour', () => {
    for (const { itemStyle } of bars('free_vmap_block')) expect(itemStyle.decal).toBeDefined()
    for (const { itemStyle } of bars('alloc_vmap_area')) expect(itemStyle.decal).toBeUndefined()
  })

  it('has a sentence and a table of the same figures', () => {
    expect(countsSentence(RUNS)).toBe(
      'Bar chart of 2 runs. v4.0: 1,000 alloc_vmap_area, 0 free_vmap_block. v4.1: 993 alloc_vmap_area, 992 free_vmap_block.',
    )
    expect(countsTable(RUNS)).toEqual({
      columns: ['Run', 'alloc_vmap_area', 'free_vmap_block'],
      rows: [
        ['v4.0', 1000, 0],
        ['v4.1', 993, 992],
      ],
    })
  })

  it('grows with its runs', () => {
    const different = (length: number) => Array.from({ length }, (_, i) => ({ ...RUNS[0]!, runId: i, freed: i }))
    expect(countsHeight(different(20))).toBeGreaterThan(countsHeight(different(4)))
  })

  it('draws many runs with equal figures together, and lists each of them in its table', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ ...RUNS[i === 0 ? 0 : 1]!, runId: i, label: `m${i}` }))
    expect(countsOption(many, TEST_THEME).yAxis).toMatchObject({ data: ['m0', 'm1 and 7 more'] })
    expect(countsHeight(many)).toBe(countsHeight(RUNS))
    expect(countsSentence(many)).toContain('m1, m2, m3, m4, m5, m6, m7, m8: 993 alloc_vmap_area')
    expect(countsTable(many).rows).toHaveLength(9)
    expect(countsOption(many.slice(0, 6), TEST_THEME).yAxis).toMatchObject({
      data: many.slice(0, 6).map(({ label }) => label),
    })
  })

  it('names a run by its title in the table', () => {
    expect(countsTable([{ ...RUNS[0]!, title: 'mine, experimental (…)' }]).rows[0]?.[0]).toBe('mine, experimental (…)')
  })
})
