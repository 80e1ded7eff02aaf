import { formatCount, formatQuantity } from '../../shared/format.ts'
import type { ChartTable } from './chart-table.ts'
import { AXIS_FONT_PX, countAxisStyle, tipLines, tooltipStyle, type ChartOption } from './chart-option.ts'
import { themedModelColor, type ChartTheme } from './theme.ts'
import { countAxis } from './ticks.ts'

export interface CountsRun {
  readonly runId: number
  readonly modelId: string
  readonly label: string
  /** Calls of alloc_vmap_area. */
  readonly allocated: number
  /** Calls of free_vmap_block. */
  readonly freed: number
}

/** Two bars of 11 px and the space around them. */
const RUN_PX = 40
const AXIS_PX = 44
/** Half the average advance of digits and lower-case letters in 12 px Inter, rounded up. */
const CHARACTER_PX = 6.6

/** Height that shows every run's pair of bars. */
export function countsHeight(runs: number): number {
  return Math.max(150, runs * RUN_PX + AXIS_PX)
}

export function countsSentence(runs: readonly CountsRun[]): string {
  const each = runs.map(
    ({ label, allocated, freed }) =>
      `${label}: ${formatCount(allocated)} alloc_vmap_area, ${formatCount(freed)} free_vmap_block`,
  )
  return `Bar chart of ${formatQuantity(runs.length, 'run')}. ${each.join('. ')}.`
}

export function countsTable(runs: readonly CountsRun[]): ChartTable {
  return {
    columns: ['Run', 'alloc_vmap_area', 'free_vmap_block'],
    rows: runs.map(({ label, allocated, freed }) => [label, allocated, freed]),
  }
}

/**
 * Horizontal bars from 0, a pair a run in the given order from the top: alloc_vmap_area solid, free_vmap_block outlined and
 * hatched, both in the model's colour, each with its value at its end.
 */
export function countsOption(runs: readonly CountsRun[], theme: ChartTheme): ChartOption {
  const most = runs.reduce((max, { allocated, freed }) => Math.max(max, allocated, freed), 0)
  const axis = countAxis(most)
  const style = countAxisStyle(theme)
  const valueLabel = (word: string) => ({
    show: true,
    position: 'right' as const,
    distance: 6,
    color: theme.text,
    fontFamily: theme.sans,
    fontSize: AXIS_FONT_PX,
    formatter: ({ value }: { value?: unknown }) => `{value|${formatCount(Number(value))}}{word|${word}}`,
    rich: {
      value: { color: theme.text, fontFamily: theme.sans, fontSize: 12, fontWeight: 600 as const },
      word: { color: theme.text, fontFamily: theme.sans, fontSize: AXIS_FONT_PX, padding: [0, 0, 0, 4] },
    },
  })
  const longestLabelPx = `${formatCount(most)} allocated`.length * CHARACTER_PX + 12
  return {
    grid: {
      top: 4,
      right: Math.round(longestLabelPx),
      bottom: 34,
      left: 0,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      ...tooltipStyle(theme),
      trigger: 'item',
      formatter: (params) => {
        const run = runs[Array.isArray(params) ? 0 : params.dataIndex]
        if (run === undefined) return ''
        const { label, allocated, freed } = run
        return tipLines([label, `alloc_vmap_area ${formatCount(allocated)}`, `free_vmap_block ${formatCount(freed)}`])
      },
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: axis.max,
      interval: axis.step,
      name: 'calls',
      nameLocation: 'end',
      nameGap: 0,
      ...style,
      nameTextStyle: { ...style.nameTextStyle, align: 'right', verticalAlign: 'top', padding: [21, 0, 0, 0] },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: runs.map(({ label }) => label),
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.ctl } },
      axisTick: { show: false },
      axisLabel: {
        color: theme.text,
        fontFamily: theme.sans,
        fontSize: 12,
        fontWeight: 600,
        interval: 0,
        width: 150,
        overflow: 'truncate',
      },
    },
    series: [
      {
        type: 'bar',
        name: 'alloc_vmap_area',
        barWidth: 11,
        barGap: '36%',
        cursor: 'default',
        label: valueLabel('allocated'),
        data: runs.map(({ modelId, allocated }) => ({
          value: allocated,
          itemStyle: { color: themedModelColor(modelId, theme) },
        })),
      },
      {
        type: 'bar',
        name: 'free_vmap_block',
        barWidth: 11,
        cursor: 'default',
        label: valueLabel('freed'),
        data: runs.map(({ modelId, freed }) => {
          const color = themedModelColor(modelId, theme)
          return {
            value: freed,
            itemStyle: {
              color: theme.surface,
              borderColor: color,
              // A bar of no length is no mark; its label says 0
              borderWidth: freed === 0 ? 0 : 1.5,
              decal: { color, dashArrayX: [1, 0], dashArrayY: [1, 3], rotation: -Math.PI / 4, symbolSize: 1 },
            },
          }
        }),
      },
    ],
  }
}
