import { formatCount } from '../../../shared/format.ts'
import { ecdfOf, type EcdfStep } from '../../../shared/statistics/distribution.ts'
import { countAxisStyle, namedAxisStyle, tipLines, tooltipStyle, type ChartOption } from '../../charts/chart-option.ts'
import type { ChartTable } from '../../charts/chart-table.ts'
import { themedModelColor, type ChartTheme } from '../../charts/theme.ts'
import type { ModelSample } from './distribution-option.ts'

type Steps = readonly EcdfStep[]

/** The share of seeds at or below `value`. */
export function shareAt(steps: Steps, value: number): number {
  return steps.findLast(([step]) => step <= value)?.[1] ?? 0
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

/** A step line for each model: the share of seeds that have at most so many. */
export function ecdfOption(models: readonly ModelSample[], unit: string, theme: ChartTheme): ChartOption {
  const style = countAxisStyle(theme)
  const steps = models.map(({ sample }) => ecdfOf(sample))
  return {
    grid: { top: 22, right: 14, bottom: 36, left: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...tooltipStyle(theme),
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: theme.ctl } },
      formatter: (params) => {
        const [first] = Array.isArray(params) ? params : [params]
        const value = Array.isArray(first?.value) ? Number(first.value[0]) : 0
        const rows = models.map(({ name }, row) => `${name}: ${percent(shareAt(steps[row] ?? [], value))}`)
        return tipLines([`At most ${formatCount(value)} ${unit}`, ...rows])
      },
    },
    xAxis: { ...namedAxisStyle(theme, unit), type: 'value', scale: true, splitNumber: 4 },
    yAxis: {
      type: 'value',
      name: 'of the seeds',
      min: 0,
      max: 1,
      splitNumber: 4,
      ...style,
      axisLabel: { ...style.axisLabel, formatter: (value: number) => `${Math.round(100 * value)} %` },
    },
    series: models.map(({ name, modelId }, row) => ({
      type: 'line',
      name,
      step: 'end',
      symbol: 'none',
      lineStyle: { color: themedModelColor(modelId, theme), width: 1.5 },
      itemStyle: { color: themedModelColor(modelId, theme) },
      data: [[steps[row]?.[0]?.[0] ?? 0, 0], ...(steps[row] ?? []).map(([value, share]) => [value, share])],
    })),
  }
}

export function ecdfTable(models: readonly ModelSample[], unit: string): ChartTable {
  const steps = models.map(({ sample }) => ecdfOf(sample))
  const values = [...new Set(steps.flatMap((each) => each.map(([value]) => value)))].sort((left, right) => left - right)
  return {
    columns: [`At most ${unit}`, ...models.map(({ name }) => name)],
    rows: values.map((value) => [value, ...steps.map((each) => percent(shareAt(each, value)))]),
  }
}
