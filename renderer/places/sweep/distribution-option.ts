import { formatCount, formatQuantity } from '../../../shared/format.ts'
import { binsOf } from '../../../shared/statistics/distribution.ts'
import { AXIS_FONT_PX, categoryAxis, countAxisStyle, placeTips, type ChartOption } from '../../charts/chart-option.ts'
import type { ChartTable } from '../../charts/chart-table.ts'
import { themedModelColor, type ChartTheme } from '../../charts/theme.ts'

/** One model's values of a figure, seed by seed. */
export interface ModelSample {
  readonly modelId: string
  readonly name: string
  readonly sample: Float64Array
  readonly published: number | undefined
}

/** A bar: the whole numbers it covers, and of each model the seeds in it. */
export interface SeedBin {
  readonly first: number
  readonly last: number
  readonly seeds: readonly (readonly number[])[]
}

/** Seeds that a tip names. */
const TIP_SEEDS = 6
/** Bars beside the published one are drawn weaker. */
const FAINT = 0.55

/** The bars over all samples together, with the seeds in each. */
export function seedBins(seeds: readonly number[], samples: readonly Float64Array[]): readonly SeedBin[] {
  const bins = binsOf(samples) ?? []
  const [shape] = bins
  if (shape === undefined) return []
  const { start, width } = shape
  const found = shape.counts.map(() => samples.map((): number[] => []))
  samples.forEach((sample, model) => {
    sample.forEach((value, place) => found[Math.floor((value - start) / width)]?.[model]?.push(seeds[place] ?? 0))
  })
  return found.map((bin, bar) => ({ first: start + bar * width, last: start + (bar + 1) * width - 1, seeds: bin }))
}

export function binLabel({ first, last }: Pick<SeedBin, 'first' | 'last'>): string {
  return first === last ? formatCount(first) : `${formatCount(first)} to ${formatCount(last)}`
}

/** The next multiple of 1, 2 or 5 times a power of ten of which four reach it or less: where an axis may end. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value / 4)))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((width) => 4 * width >= value) ?? value
  return Math.ceil(value / step) * step
}

/** The first model's bars go up, the second one's down, on one axis; the published bar is at full strength and labelled. */
export function distributionOption(
  bins: readonly SeedBin[],
  models: readonly ModelSample[],
  unit: string,
  theme: ChartTheme,
): ChartOption {
  const style = countAxisStyle(theme)
  const labels = bins.map(({ first }) => formatCount(first))
  const axis = categoryAxis(theme, unit, labels)
  const highest = roundUp(Math.max(1, ...bins.flatMap(({ seeds }) => seeds.map(({ length }) => length))))
  return {
    grid: { top: 22, right: 14, bottom: 36, left: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: placeTips(theme, (place) => binWords(bins[place], models, unit)),
    xAxis: {
      ...axis,
      axisLine: { ...axis.axisLine, onZero: false },
    },
    yAxis: {
      type: 'value',
      name: 'seeds',
      minInterval: 1,
      splitNumber: 4,
      max: highest,
      ...(models.length > 1 && { min: -highest }),
      ...style,
      axisLabel: {
        ...style.axisLabel,
        showMinLabel: true,
        formatter: (value: number) => formatCount(Math.abs(value)),
      },
    },
    series: models.map((model, row) => ({
      type: 'bar',
      name: model.name,
      stack: 'one place',
      barCategoryGap: '8%',
      data: bins.map((bin) => barOf(bin, model, row, theme)),
    })),
  }
}

function barOf(bin: SeedBin, { published, modelId }: ModelSample, row: number, theme: ChartTheme) {
  const count = bin.seeds[row]?.length ?? 0
  const marked = published !== undefined && published >= bin.first && published <= bin.last
  const color = themedModelColor(modelId, theme)
  const bar = {
    value: row === 0 ? count : -count,
    itemStyle: { color, opacity: published === undefined || marked ? 1 : FAINT },
  }
  if (!marked) return bar
  const label = {
    show: true,
    position: row === 0 ? ('top' as const) : ('bottom' as const),
    formatter: `2015: ${formatCount(published)}`,
    ...{ color: theme.text, fontFamily: theme.sans, fontSize: AXIS_FONT_PX, fontWeight: 600 },
  }
  return { ...bar, label }
}

function binWords(bin: SeedBin | undefined, models: readonly ModelSample[], unit: string): string[] {
  if (bin === undefined) return []
  const rows = models.map(({ name }, row) => `${name}: ${seedWords(bin.seeds[row] ?? [])}`)
  return [`${binLabel(bin)} ${unit}`, ...rows]
}

/** "121 seeds: 6, 40, 81, …" */
export function seedWords(seeds: readonly number[]): string {
  if (seeds.length === 0) return 'no seed'
  const named = seeds.slice(0, TIP_SEEDS).map(formatCount).join(', ')
  return `${formatQuantity(seeds.length, 'seed')}: ${named}${seeds.length > TIP_SEEDS ? ', …' : ''}`
}

export function distributionSentence(bins: readonly SeedBin[], models: readonly ModelSample[], unit: string): string {
  const each = models.map(({ name, sample }) => {
    const [low, high] = rangeOf(sample)
    return `${name}: ${formatCount(low)} to ${formatCount(high)}`
  })
  return `Histogram of ${unit}, ${formatQuantity(bins.length, 'bar')}. ${each.join('; ')}.`
}

/** Smallest and largest, without spreading a million values. */
function rangeOf(sample: Float64Array): readonly [number, number] {
  return [
    sample.reduce((low, value) => Math.min(low, value), Infinity),
    sample.reduce((high, value) => Math.max(high, value), -Infinity),
  ]
}

export function distributionTable(
  bins: readonly SeedBin[],
  models: readonly Pick<ModelSample, 'name'>[],
  unit: string,
): ChartTable {
  return {
    columns: [unit, ...models.map(({ name }) => `${name}, seeds`)],
    rows: bins.map((bin) => [
      bin.first === bin.last ? bin.first : binLabel(bin),
      ...models.map((_, row) => bin.seeds[row]?.length ?? 0),
    ]),
  }
}
