import { formatCount, formatQuantity } from '../../shared/format.ts'
import { largestValue, quantile, type Histogram } from '../../shared/histogram.ts'
import { categoryAxis, countAxisStyle, placeTips, type ChartOption } from './chart-option.ts'
import type { ChartTable } from './chart-table.ts'
import { lineName } from './series-lines.ts'
import { themedModelColor, type ChartTheme } from './theme.ts'
import { mapsIn, walkBins, type WalkBin } from './walk-bins.ts'

export interface WalksRun {
  readonly modelId: string
  readonly label: string
  /** In tables, where there is room for more; the label when absent. */
  readonly title?: string | undefined
  readonly walked: Histogram
}

/** Runs with equal walks: one row of bars, named together. */
interface WalksGroup {
  readonly modelId: string
  readonly labels: readonly string[]
  readonly walked: Histogram
}

/** Where a log axis ends below: a bar of one map has a height. */
const AXIS_MIN = 0.5

function groupsOf(runs: readonly WalksRun[]): readonly WalksGroup[] {
  const groups = new Map<string, WalksRun[]>()
  for (const run of runs) {
    const key = JSON.stringify(run.walked)
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups.values()].flatMap((equal) => {
    const [first] = equal
    return first === undefined ? [] : [{ ...first, labels: equal.map(({ label }) => label) }]
  })
}

function binsOf(runs: readonly WalksRun[]): readonly WalkBin[] {
  return walkBins(runs.map(({ walked }) => walked))
}

/** Bars from left to right, short walks to long ones, side by side for each different result; their heights are on a log axis. */
export function walksOption(runs: readonly WalksRun[], theme: ChartTheme): ChartOption {
  const bins = binsOf(runs)
  const groups = groupsOf(runs)
  const style = countAxisStyle(theme)
  return {
    grid: { top: 12, right: 14, bottom: 36, left: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: placeTips(theme, (place) => tipText(groups, bins[place])),
    xAxis: categoryAxis(
      theme,
      'blocks walked',
      bins.map(({ label }) => label),
    ),
    yAxis: {
      type: 'log',
      min: AXIS_MIN,
      ...style,
      axisLabel: { ...style.axisLabel, formatter: (value: number) => (value < 1 ? '' : formatCount(value)) },
    },
    series: groups.map((group) => ({
      type: 'bar',
      name: lineName(group),
      cursor: 'default',
      barMaxWidth: 26,
      itemStyle: { color: themedModelColor(group.modelId, theme) },
      // No map is no bar: a log axis has no 0
      data: bins.map((bin) => mapsIn(bin, group.walked) || null),
    })),
  }
}

/** Whose bars have which colour, in their order. */
export function walksKey(runs: readonly WalksRun[], theme: ChartTheme) {
  return groupsOf(runs).map((group) => ({ name: lineName(group), color: themedModelColor(group.modelId, theme) }))
}

function tipText(groups: readonly WalksGroup[], bin: WalkBin | undefined): string[] {
  if (bin === undefined) return []
  const rows = groups.map((group) => `${lineName(group)}: ${formatQuantity(mapsIn(bin, group.walked), 'map')}`)
  return [`${bin.label} ${bin.last === 1 ? 'block' : 'blocks'} walked`, ...rows]
}

export function walksSentence(runs: readonly WalksRun[]): string {
  const each = groupsOf(runs).map((group) => {
    const half = quantile(group.walked, 0.5)?.lowest ?? 0
    const most = largestValue(group.walked) ?? 0
    return `${lineName(group)}: half of the maps walked at most ${formatQuantity(half, 'block')}, none more than ${formatCount(most)}`
  })
  return `Histogram of the blocks that maps walked. ${each.join('. ')}.`
}

export function walksTable(runs: readonly WalksRun[]): ChartTable {
  return {
    columns: ['Blocks walked', ...runs.map(({ label, title = label }) => title)],
    rows: binsOf(runs).map((bin) => [bin.label, ...runs.map(({ walked }) => mapsIn(bin, walked))]),
  }
}
