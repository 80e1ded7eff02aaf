import type { LineSeriesOption } from 'echarts/charts'
import { formatCount, formatQuantity } from '../../shared/format.ts'
import type { Series } from '../../shared/run.ts'
import { countAxisStyle, tooltipStyle, type ChartOption } from './chart-option.ts'
import type { ChartTable } from './chart-table.ts'
import { themedModelColor, type ChartTheme } from './theme.ts'
import { countAxis, roundStep } from './ticks.ts'

export interface LiveBlocksRun {
  readonly modelId: string
  readonly label: string
  readonly series: Series
  /** Length of the run; without it the line ends at its last sampled point, which may cover operations that do not exist. */
  readonly operations?: number | undefined
}

/** Runs whose series are equal: one line, named together. */
export interface LiveBlocksLine {
  readonly labels: readonly string[]
  readonly modelIds: readonly string[]
  readonly series: Series
  readonly operations: number
  readonly dash: 'solid' | 'dashed' | 'dotted'
}

const DASHES = ['solid', 'dashed', 'dotted'] as const
const NAMES_MAX = 3

/** One line for each different series, in the order of the runs. A model's second line is dashed, its third dotted. */
export function liveBlocksLines(runs: readonly LiveBlocksRun[]): LiveBlocksLine[] {
  const groups = new Map<string, LiveBlocksRun[]>()
  for (const run of runs) {
    const { operationsPerPoint, min, max, last } = run.series
    const key = [operationsPerPoint, lengthOf(run), min.join(), max.join(), last.join()].join('|')
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  const seen = new Map<string, number>()
  return [...groups.values()].flatMap((equal) => {
    const [first] = equal
    if (first === undefined) return []
    const earlier = seen.get(first.modelId) ?? 0
    seen.set(first.modelId, earlier + 1)
    return [
      {
        labels: equal.map(({ label }) => label),
        modelIds: equal.map(({ modelId }) => modelId),
        series: first.series,
        operations: lengthOf(first),
        dash: DASHES[earlier % DASHES.length] ?? 'solid',
      },
    ]
  })
}

function lengthOf({ series, operations }: LiveBlocksRun): number {
  return operations ?? series.last.length * series.operationsPerPoint
}

/** `v4.0`, `v4.0+1, v4.0+1+2 and v4.1`, `v4.0 and 6 more`. */
export function lineName({ labels }: Pick<LiveBlocksLine, 'labels'>): string {
  const names = [...new Set(labels)]
  const [first = ''] = names
  if (names.length === 1) return labels.length === 1 ? first : `${first} (${formatQuantity(labels.length, 'run')})`
  if (names.length > NAMES_MAX) return `${first} and ${formatCount(names.length - 1)} more`
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

function highest(series: Series): number {
  return series.max.reduce((most, blocks) => Math.max(most, blocks), 0)
}

/** Live blocks at the end, and how many there ever were where that differs. */
function outcome(line: LiveBlocksLine): string {
  const end = line.series.last.at(-1) ?? 0
  const most = highest(line.series)
  return most === end ? formatCount(end) : `${formatCount(end)}, never above ${formatCount(most)}`
}

/** What is counted, and that it is sampled where it is. */
export function liveBlocksSubtitle(runs: readonly LiveBlocksRun[]): string {
  const perPoint = runs.reduce((most, { series }) => Math.max(most, series.operationsPerPoint), 1)
  const counted = 'allocated and not freed'
  if (perPoint === 1) return `${counted}, after each operation`
  return `${counted}; sampled: last, min and max of ${formatCount(perPoint)} operations a point`
}

export function liveBlocksSentence(runs: readonly LiveBlocksRun[]): string {
  const each = liveBlocksLines(runs).map(
    (line) => `${lineName(line)}: ${outcome(line)} after ${formatQuantity(line.operations, 'operation')}`,
  )
  return `Line chart of live blocks over operations. ${each.join('. ')}.`
}

/** At most this many rows in the table view and its CSV: a sampled line is read at equal distances. */
const TABLE_ROWS_MAX = 200

/** Live blocks of every line at round numbers of operations; a run that has ended leaves its field empty. */
export function liveBlocksTable(runs: readonly LiveBlocksRun[]): ChartTable {
  const lines = liveBlocksLines(runs)
  const longest = lines.reduce((most, { operations }) => Math.max(most, operations), 0)
  const perPoint = lines.reduce((most, { series }) => Math.max(most, series.operationsPerPoint), 1)
  const step = Math.ceil(longest / TABLE_ROWS_MAX / perPoint) * perPoint || 1
  const moments = Array.from({ length: Math.ceil(longest / step) }, (_, row) => Math.min((row + 1) * step, longest))
  return {
    columns: ['Operations', ...lines.map(lineName)],
    rows: moments.map((operations) => [operations, ...lines.map((line) => liveAfter(line, operations))]),
  }
}

function liveAfter(line: LiveBlocksLine, operations: number): number | undefined {
  if (operations > line.operations) return undefined
  return line.series.last[Math.ceil(operations / line.series.operationsPerPoint) - 1]
}

type Point = [operations: number, blocks: number]

/** Point i stands at the end of the operations it covers; every run starts with no block. */
function points(line: LiveBlocksLine, values: readonly number[]): Point[] {
  const { operationsPerPoint } = line.series
  return [
    [0, 0],
    ...values.map((blocks, i): Point => [Math.min((i + 1) * operationsPerPoint, line.operations), blocks]),
  ]
}

export function liveBlocksOption(runs: readonly LiveBlocksRun[], theme: ChartTheme): ChartOption {
  const lines = liveBlocksLines(runs)
  const axis = countAxis(lines.reduce((most, { series }) => Math.max(most, highest(series)), 0))
  const operations = lines.reduce((most, line) => Math.max(most, line.operations), 1)
  const step = roundStep(operations, 4)
  const style = countAxisStyle(theme)
  return {
    grid: { top: 22, right: 14, bottom: 36, left: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...tooltipStyle(theme),
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: theme.ctl, type: 'solid' }, animation: false },
      formatter: (params) => tipText(lines, params),
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: operations,
      interval: step,
      name: 'operations',
      nameLocation: 'end',
      nameGap: 0,
      ...style,
      axisLabel: { ...style.axisLabel, showMaxLabel: operations % step === 0, hideOverlap: true },
      axisLine: { show: true, lineStyle: { color: theme.ctl } },
      splitLine: { show: false },
      nameTextStyle: { ...style.nameTextStyle, align: 'right', verticalAlign: 'top', padding: [21, 0, 0, 0] },
    },
    yAxis: { type: 'value', min: 0, max: axis.max, interval: axis.step, ...style },
    // The first run last, so that it is drawn on top
    series: lines.flatMap((line, i) => [lineSeries(line, lines.length - i, theme), ...bandSeries(line, i, theme)]),
  }
}

function lineSeries(line: LiveBlocksLine, z: number, theme: ChartTheme): LineSeriesOption {
  const color = themedModelColor(line.modelIds[0] ?? '', theme)
  const alone = new Set(line.modelIds).size === 1
  return {
    type: 'line',
    name: lineName(line),
    step: 'end',
    z: 2 + z,
    showSymbol: false,
    cursor: 'default',
    data: points(line, line.series.last),
    lineStyle: { color, width: 2, type: line.dash },
    itemStyle: { color },
    emphasis: { disabled: true },
    labelLayout: { moveOverlap: 'shiftY' },
    endLabel: {
      show: true,
      align: 'right',
      verticalAlign: 'bottom',
      offset: [-6, -5],
      color: alone ? color : theme.text,
      fontFamily: theme.sans,
      fontSize: 12,
      fontWeight: 600,
      formatter: () => `${lineName(line)}: ${outcome(line)}`,
    },
  }
}

/** From the lowest to the highest value within each sampled point; nothing where the two never differ. */
function bandSeries(line: LiveBlocksLine, index: number, theme: ChartTheme): LineSeriesOption[] {
  const { min, max, operationsPerPoint } = line.series
  if (operationsPerPoint === 1 || max.every((blocks, i) => blocks === min[i])) return []
  const color = themedModelColor(line.modelIds[0] ?? '', theme)
  const shared: LineSeriesOption = {
    type: 'line',
    stack: `band${index}`,
    step: 'start',
    showSymbol: false,
    silent: true,
    lineStyle: { width: 0 },
    emphasis: { disabled: true },
    tooltip: { show: false },
  }
  return [
    { ...shared, data: points(line, min) },
    {
      ...shared,
      data: points(
        line,
        max.map((blocks, i) => blocks - (min[i] ?? blocks)),
      ),
      areaStyle: { color, opacity: 0.28 },
    },
  ]
}

function tipText(lines: readonly LiveBlocksLine[], params: unknown): string {
  const [first] = (Array.isArray(params) ? params : [params]) as readonly { value?: unknown }[]
  const at = Array.isArray(first?.value) ? Number(first.value[0]) : 0
  const rows = lines.flatMap((line) => {
    const blocks = at === 0 ? 0 : liveAfter(line, at)
    return blocks === undefined ? [] : [`${lineName(line)}: ${formatQuantity(blocks, 'block')}`]
  })
  return [`After ${formatQuantity(at, 'operation')}`, ...rows].join('\n')
}
