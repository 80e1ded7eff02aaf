import type { ParallelSeriesOption } from 'echarts/charts'
import { formatCount } from '../../../shared/format.ts'
import type { RunSummary } from '../../../shared/journal.ts'
import { modelTitle } from '../../../shared/model-choice.ts'
import { AXIS_FONT_PX, tipLines, tooltipStyle, type ChartOption } from '../../charts/chart-option.ts'
import { themedModelColor, type ChartTheme } from '../../charts/theme.ts'
import { countAxis } from '../../charts/ticks.ts'
import { differs, type Metric } from './metrics.ts'

/** There is no room for more between two axes; tips have the exact numbers. */
const SHORT = new Intl.NumberFormat('en-GB', { notation: 'compact' })

/** Of an axis' name, which has two axes' room. */
const NAME_MAX_PX = 120

/** More axes than these cannot be told apart. */
const AXES_MAX = 10

/** The counters in which the runs differ: one axis each. */
export function parallelMetrics(runs: readonly RunSummary[], metrics: readonly Metric[]): readonly Metric[] {
  return metrics.filter((metric) => differs(metric, runs)).slice(0, AXES_MAX)
}

/** A line a run through one axis a counter, each from 0 to its largest value. */
export function parallelOption(
  runs: readonly RunSummary[],
  metrics: readonly Metric[],
  theme: ChartTheme,
): ChartOption {
  const finished = runs.filter(({ counts }) => counts !== undefined)
  const byModel = Map.groupBy(finished, ({ spec }) => spec.modelId)
  const label = { color: theme.text3, fontFamily: theme.sans, fontSize: AXIS_FONT_PX }
  return {
    tooltip: { ...tooltipStyle(theme), trigger: 'item', formatter: (params) => tipLines(tipOf(params, metrics)) },
    parallel: {
      top: 48,
      right: 60,
      bottom: 14,
      left: 40,
      parallelAxisDefault: {
        type: 'value',
        nameTextStyle: { ...label, color: theme.text2, lineHeight: 15 },
        nameTruncate: { maxWidth: NAME_MAX_PX, ellipsis: '…' },
        axisLabel: { ...label, formatter: (value: number) => SHORT.format(value) },
        axisLine: { lineStyle: { color: theme.ctl } },
        axisTick: { show: false },
        splitLine: { show: false },
      },
    },
    parallelAxis: metrics.map((metric, dim) => {
      const most = finished.reduce((largest, run) => Math.max(largest, metric.valueOf(run) ?? 0), 0)
      const { max } = countAxis(most)
      // Its ends are enough: the lines would run through labels between them. Names stand on two levels, for they are long
      return { dim, name: dim % 2 === 0 ? metric.label : `${metric.label}\n`, min: 0, max, interval: max }
    }),
    series: [...byModel].map(([modelId, ofModel]): ParallelSeriesOption => ({
      type: 'parallel',
      name: modelId,
      lineStyle: {
        color: themedModelColor(modelId, theme),
        width: finished.length > 40 ? 1 : 2,
        opacity: opacityOf(finished.length),
      },
      data: ofModel.map((run) => ({
        name: `Run ${run.id}, ${modelTitle(run.spec)}`,
        value: metrics.map(({ valueOf }) => valueOf(run) ?? 0),
      })),
      progressive: 0,
    })),
  }
}

/** Many lines stay readable as a density. */
function opacityOf(lines: number): number {
  return lines > 200 ? 0.2 : lines > 40 ? 0.45 : 0.9
}

function tipOf(params: unknown, metrics: readonly Metric[]): string[] {
  const { name = '', value = [] } = params as { readonly name?: string; readonly value?: readonly number[] }
  return [name, ...metrics.map(({ label }, i) => `${label}: ${formatCount(value[i] ?? 0)}`)]
}
