import type { LineSeriesOption } from 'echarts/charts'
import { formatCount, formatQuantity } from '../../shared/format.ts'
import { countAxisStyle, tipLines, tooltipStyle, type ChartOption } from './chart-option.ts'
import {
  highest,
  longestRun,
  lineName,
  valueAfter,
  wordsOf,
  seriesLines,
  outcome,
  type SeriesLine,
  type SeriesRun,
} from './series-lines.ts'
import { drawnLine, type DrawnLine, type Span } from './series-spans.ts'
import { themedModelColor, type ChartTheme } from './theme.ts'
import { countAxis, roundStep, roundValues } from './ticks.ts'
import type { View } from './view.ts'

/** A step line a line of runs, over a band where values within a step differ; labels at the lines' ends, no legend. */
export function seriesOption(runs: readonly SeriesRun[], theme: ChartTheme, view?: View): ChartOption {
  const lines = seriesLines(runs)
  const shown = view ?? wholeView(runs)
  const axis = valueAxis(lines, shown)
  const step = roundStep(shown.to - shown.from, 4)
  const style = countAxisStyle(theme)
  return {
    grid: { top: 22, right: 14, bottom: 36, left: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...tooltipStyle(theme),
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: theme.ctl, type: 'solid' }, animation: false },
      formatter: (params) => tipLines(tipText(lines, wordsOf(runs).unit, params)),
    },
    xAxis: {
      type: 'value',
      min: shown.from,
      max: shown.to,
      name: 'operations',
      nameLocation: 'end',
      nameGap: 0,
      ...style,
      axisLabel: {
        ...style.axisLabel,
        customValues: roundValues(shown.from, shown.to, step),
        hideOverlap: true,
      },
      axisLine: { show: true, lineStyle: { color: theme.ctl } },
      splitLine: { show: false },
      nameTextStyle: { ...style.nameTextStyle, align: 'right', verticalAlign: 'top', padding: [21, 0, 0, 0] },
    },
    yAxis: { type: 'value', min: 0, max: axis.max, interval: axis.step, ...style },
    series: lines.flatMap((line, i) => {
      const drawn = drawnLine(line, axis.max, shown)
      if (drawn.start === undefined) return []
      // The first run is drawn on top
      const z = 2 + lines.length - i
      const edges = drawn.bandOnly ? [lowerEdge(line, drawn, z, theme)] : []
      return [
        lineSeries({ line, drawn, index: i, ending: endingOf(line, view) }, z, theme),
        ...edges,
        ...bandSeries(line, drawn, i, theme),
      ]
    }),
  }
}

function wholeView(runs: readonly SeriesRun[]): View {
  return { from: 0, to: Math.max(1, longestRun(runs)) }
}

function valueAxis(lines: readonly SeriesLine[], { from, to }: View) {
  const highestShown = lines.map(({ series: { max, operationsPerPoint } }) =>
    highest({ max: max.slice(Math.floor(from / operationsPerPoint), Math.ceil(to / operationsPerPoint)) }),
  )
  return countAxis(Math.max(0, ...highestShown))
}

/** Points of the first line that is drawn, which the arrow keys step through. */
export function seriesTipPoints(runs: readonly SeriesRun[], view?: View): number {
  const lines = seriesLines(runs)
  const shown = view ?? wholeView(runs)
  const drawn = lines.map((line) => drawnLine(line, valueAxis(lines, shown).max, shown))
  const first = drawn.find(({ start }) => start !== undefined)
  return first === undefined ? 0 : first.spans.length + 1
}

/** What a line's label says of its end: of the whole run, or of the place where the view leaves it. */
function endingOf(line: SeriesLine, view: View | undefined): string {
  if (view === undefined) return outcome(line)
  return formatCount(valueAfter(line, Math.min(view.to, line.operations)) ?? 0)
}

/** How one line is drawn. */
interface Marks {
  readonly line: SeriesLine
  readonly drawn: DrawnLine
  /** Place among the lines. */
  readonly index: number
  /** What its label says of its end. */
  readonly ending: string
}

type Point = [operations: number, value: number]

/** A span's point stands at its end. */
function points({ spans, from, start = 0 }: DrawnLine, value: (span: Span) => number, first = start): Point[] {
  return [[from, first], ...spans.map((span): Point => [span.end, value(span)])]
}

function colorOf(line: SeriesLine, theme: ChartTheme): string {
  return themedModelColor(line.modelIds[0] ?? '', theme)
}

function stroke(line: SeriesLine, z: number, theme: ChartTheme): LineSeriesOption {
  const color = colorOf(line, theme)
  return {
    type: 'line',
    z,
    showSymbol: false,
    cursor: 'default',
    lineStyle: { color, width: 2, type: line.dash },
    itemStyle: { color },
    emphasis: { disabled: true },
  }
}

/** The last values, or the upper edge of a band that stands alone: either carries the label. Every run starts at 0. */
function lineSeries({ line, drawn, index, ending }: Marks, z: number, theme: ChartTheme): LineSeriesOption {
  // A band's label goes into the band where an earlier line may run just above it
  const below = drawn.bandOnly && index > 0
  const alone = new Set(line.modelIds).size === 1
  return {
    ...stroke(line, z, theme),
    // Not by name alone: ECharts keeps a line's view by its id, and loses the label at its end when the steps of a kept view turn
    id: `${lineName(line)}, ${drawn.bandOnly ? 'band' : 'line'}`,
    name: lineName(line),
    step: drawn.bandOnly ? 'start' : 'end',
    data: drawn.bandOnly ? points(drawn, ({ max }) => max) : points(drawn, ({ last }) => last),
    labelLayout: { moveOverlap: 'shiftY' },
    endLabel: {
      show: true,
      align: 'right',
      verticalAlign: below ? 'top' : 'bottom',
      offset: [-6, below ? 5 : -5],
      color: alone ? colorOf(line, theme) : theme.text,
      textBorderColor: theme.surface,
      textBorderWidth: 3,
      fontFamily: theme.sans,
      fontSize: 12,
      fontWeight: 600,
      formatter: () => `${lineName(line)}: ${ending}`,
    },
  }
}

function lowerEdge(line: SeriesLine, drawn: DrawnLine, z: number, theme: ChartTheme): LineSeriesOption {
  return {
    ...stroke(line, z, theme),
    silent: true,
    symbol: 'none',
    step: 'start',
    data: points(drawn, ({ min }) => min),
  }
}

/** From the lowest to the highest value within each span, as two stacked lines; nothing where the two never differ. */
function bandSeries(line: SeriesLine, drawn: DrawnLine, index: number, theme: ChartTheme): LineSeriesOption[] {
  if (drawn.spans.every(({ min, max }) => min === max)) return []
  const shared: LineSeriesOption = {
    type: 'line',
    stack: `band${index}`,
    step: 'start',
    symbol: 'none',
    silent: true,
    lineStyle: { width: 0 },
    emphasis: { disabled: true },
  }
  return [
    { ...shared, data: points(drawn, ({ min }) => min) },
    {
      ...shared,
      data: points(drawn, ({ min, max }) => max - min, 0),
      areaStyle: { color: colorOf(line, theme), opacity: 0.25 },
    },
  ]
}

/** Exact values at the operation under the pointer, with their range where they are sampled. */
function tipText(lines: readonly SeriesLine[], unit: string, params: unknown): string[] {
  const [first] = (Array.isArray(params) ? params : [params]) as readonly { value?: unknown }[]
  const at = Array.isArray(first?.value) ? Number(first.value[0]) : 0
  const rows = lines.flatMap((line) => {
    const value = at === 0 ? 0 : valueAfter(line, at)
    return value === undefined ? [] : [`${lineName(line)}: ${formatQuantity(value, unit)}${rangeText(line, at)}`]
  })
  return [`After ${formatQuantity(at, 'operation')}`, ...rows]
}

function rangeText({ series }: SeriesLine, operations: number): string {
  const point = Math.ceil(operations / series.operationsPerPoint) - 1
  const min = series.min[point]
  const max = series.max[point]
  if (min === undefined || max === undefined || min === max) return ''
  return `, ${formatCount(min)} to ${formatCount(max)} in the last ${formatCount(series.operationsPerPoint)}`
}
