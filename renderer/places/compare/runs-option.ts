import type { ScatterSeriesOption } from 'echarts/charts'
import { formatCount } from '../../../shared/format.ts'
import type { RunSummary } from '../../../shared/journal.ts'
import { modelColor } from '../../../shared/model-colors.ts'
import { modelTitle } from '../../../shared/model-choice.ts'
import { countAxisStyle, tipLines, tooltipStyle, type ChartOption } from '../../charts/chart-option.ts'
import type { ChartTable } from '../../charts/chart-table.ts'
import { themedModelColor, type ChartTheme } from '../../charts/theme.ts'
import { countAxis } from '../../charts/ticks.ts'
import { axisValue } from './inputs.ts'
import type { Metric } from './metrics.ts'

/** A run as a point: where it stands, and what it came to. */
interface Point {
  readonly run: RunSummary
  readonly at: number
  readonly value: number
}

/** What stands along the axis: the runs in the order of the table, or a parameter in which they differ. */
export type Along = { readonly kind: 'order' } | { readonly kind: 'parameter'; readonly name: string }

const ORDER_NAME = 'runs, in the order of the table'

function pointsOf(runs: readonly RunSummary[], metric: Metric, along: Along): readonly Point[] {
  return runs.flatMap((run, position) => {
    const value = metric.valueOf(run)
    const at = along.kind === 'order' ? position + 1 : axisValue(run, along.name)
    return value === undefined || at === undefined ? [] : [{ run, at, value }]
  })
}

/** A dot a run, from 0 up, in the colour of its model. */
export function runsOption(runs: readonly RunSummary[], metric: Metric, along: Along, theme: ChartTheme): ChartOption {
  const points = pointsOf(runs, metric, along)
  const axis = countAxis(points.reduce((most, { value }) => Math.max(most, value), 0))
  const style = countAxisStyle(theme)
  const byModel = Map.groupBy(points, ({ run }) => run.spec.modelId)
  return {
    grid: { top: 14, right: 16, bottom: 36, left: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...tooltipStyle(theme),
      trigger: 'item',
      formatter: (params) => tipLines(tipOf(params, points, metric)),
    },
    xAxis: {
      type: 'value',
      scale: true,
      minInterval: 1,
      name: along.kind === 'order' ? ORDER_NAME : along.name,
      nameLocation: 'end',
      nameGap: 0,
      ...style,
      axisLine: { show: true, lineStyle: { color: theme.ctl } },
      splitLine: { show: false },
      nameTextStyle: { ...style.nameTextStyle, align: 'right', verticalAlign: 'top', padding: [21, 0, 0, 0] },
    },
    yAxis: { type: 'value', min: 0, max: axis.max, interval: axis.step, ...style },
    series: [...byModel].map(([modelId, ofModel]): ScatterSeriesOption => {
      const color = themedModelColor(modelId, theme)
      return {
        type: 'scatter',
        name: modelId,
        symbolSize: 7,
        // Equal colours are told apart: a model that repeats one has hollow dots
        itemStyle: modelColor(modelId).repeated
          ? { color: theme.surface, borderColor: color, borderWidth: 1.5 }
          : { color },
        data: ofModel.map(({ at, value, run }) => [at, value, run.id]),
        emphasis: { scale: 1.4 },
      }
    }),
  }
}

function tipOf(params: unknown, points: readonly Point[], metric: Metric): string[] {
  const { value } = params as { readonly value?: readonly number[] }
  const found = points.find(({ run }) => run.id === value?.[2])
  if (found === undefined) return []
  return [`Run ${found.run.id}, ${modelTitle(found.run.spec)}`, `${metric.label}: ${formatCount(found.value)}`]
}

export function runsTable(runs: readonly RunSummary[], metric: Metric, along: Along): ChartTable {
  const name = along.kind === 'order' ? 'Position' : along.name
  return {
    columns: ['Run', 'Model', name, metric.label],
    rows: pointsOf(runs, metric, along).map(({ run, at, value }) => [run.id, modelTitle(run.spec), at, value]),
  }
}

export function runsSentence(runs: readonly RunSummary[], metric: Metric, along: Along): string {
  const values = pointsOf(runs, metric, along).map(({ value }) => value)
  const over = along.kind === 'order' ? 'runs' : along.name
  if (values.length === 0) return `${metric.label} over ${over}: no run has a result.`
  return `${metric.label} over ${over}: ${formatCount(Math.min(...values))} to ${formatCount(Math.max(...values))}.`
}
