import { formatCount, formatQuantity } from '../../shared/format.ts'
import type { ChartTable } from './chart-table.ts'
import { AXIS_FONT_PX, countAxisStyle, tipLines, tooltipStyle, type ChartOption } from './chart-option.ts'
import { lineName } from './series-lines.ts'
import { themedModelColor, type ChartTheme } from './theme.ts'
import { countAxis } from './ticks.ts'

export interface CountsRun {
  readonly runId: number
  readonly modelId: string
  readonly label: string
  /** In tables, where there is room for more; the label when absent. */
  readonly title?: string | undefined
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

/** More runs than this are drawn together where their figures are equal. */
const SINGLE_RUNS_MAX = 6

/** Runs that are drawn as one pair of bars, in the colour of the first. */
interface CountsGroup {
  readonly modelId: string
  readonly label: string
  /** All their labels. */
  readonly names: string
  readonly allocated: number
  readonly freed: number
}

/** One group a run, or of many runs one for each different result, in the order of the runs. */
function groupsOf(runs: readonly CountsRun[]): CountsGroup[] {
  const together = runs.length > SINGLE_RUNS_MAX
  const groups = new Map<string, CountsRun[]>()
  for (const run of runs) {
    const key = together ? [run.allocated, run.freed].join() : String(run.runId)
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups.values()].flatMap((equal) => {
    const [first] = equal
    if (first === undefined) return []
    const labels = equal.map(({ label }) => label)
    return [{ ...first, label: lineName({ labels }), names: labels.join(', ') }]
  })
}

/** Height that shows every pair of bars. */
export function countsHeight(runs: readonly CountsRun[]): number {
  return Math.max(150, groupsOf(runs).length * RUN_PX + AXIS_PX)
}

export function countsSentence(runs: readonly CountsRun[]): string {
  const each = groupsOf(runs).map(
    ({ names, allocated, freed }) =>
      `${names}: ${formatCount(allocated)} alloc_vmap_area, ${formatCount(freed)} free_vmap_block`,
  )
  return `Bar chart of ${formatQuantity(runs.length, 'run')}. ${each.join('. ')}.`
}

export function countsTable(runs: readonly CountsRun[]): ChartTable {
  return {
    columns: ['Run', 'alloc_vmap_area', 'free_vmap_block'],
    rows: runs.map(({ label, title = label, allocated, freed }) => [title, allocated, freed]),
  }
}

/**
 * Horizontal bars from 0, a pair a run or a group of runs in the given order from the top: alloc_vmap_area solid, free_vmap_block outlined and
 * hatched, both in the model's colour, each with its value at its end.
 */
export function countsOption(runs: readonly CountsRun[], theme: ChartTheme): ChartOption {
  const groups = groupsOf(runs)
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
        const group = groups[Array.isArray(params) ? 0 : params.dataIndex]
        if (group === undefined) return ''
        const { names, allocated, freed } = group
        return tipLines([names, `alloc_vmap_area ${formatCount(allocated)}`, `free_vmap_block ${formatCount(freed)}`])
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
      axisLabel: { ...style.axisLabel, hideOverlap: true },
      nameTextStyle: { ...style.nameTextStyle, align: 'right', verticalAlign: 'top', padding: [21, 0, 0, 0] },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: groups.map(({ label }) => label),
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.ctl } },
      axisTick: { show: false },
      axisLabel: {
        color: theme.text,
        fontFamily: theme.sans,
        fontSize: 12,
        fontWeight: 600,
        interval: 0,
        width: 136,
        overflow: 'break',
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
        data: groups.map(({ modelId, allocated }) => ({
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
        data: groups.map(({ modelId, freed }) => {
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
