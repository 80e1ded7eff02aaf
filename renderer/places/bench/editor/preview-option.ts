import type { LineSeriesOption } from 'echarts/charts'
import { formatCount } from '../../../../shared/format.ts'
import type { ScenarioPreview } from '../../../../shared/scenario-preview.ts'
import { countAxisStyle, tipLines, tooltipStyle, type ChartOption } from '../../../charts/chart-option.ts'
import type { ChartTheme } from '../../../charts/theme.ts'
import { countAxis, roundStep } from '../../../charts/ticks.ts'
import { isMap, requestWords } from './preview-words.ts'

/** Steps that a picture of this size can show side by side. */
const STEPS_MAX = 200

/** The size of each map above, what is mapped below; both over the same requests. */
export function previewOption({ requests }: ScenarioPreview, theme: ChartTheme): ChartOption {
  const style = countAxisStyle(theme)
  const sizes = countAxis(requests.reduce((most, { pages }) => Math.max(most, pages), 1))
  const live = countAxis(requests.reduce((most, { livePages }) => Math.max(most, livePages), 1))
  const step = roundStep(requests.length, 4)
  const xAxis = {
    type: 'category' as const,
    data: requests.map((_, index) => index + 1),
    boundaryGap: true,
    ...style,
    axisTick: { show: false },
    axisLine: { show: true, onZero: true, lineStyle: { color: theme.ctl } },
    splitLine: { show: false },
    axisPointer: { type: 'line' as const, lineStyle: { color: theme.ctl, type: 'solid' as const }, animation: false },
  }
  const yAxis = { type: 'value' as const, ...style, nameLocation: 'end' as const, nameGap: 6 }
  const name = (text: string) => ({ name: text, nameTextStyle: { ...style.nameTextStyle, align: 'left' as const } })
  const length = Math.ceil(requests.length / STEPS_MAX)
  const spans = spansOf(requests, length)
  const band: LineSeriesOption = {
    type: 'line',
    xAxisIndex: 1,
    yAxisIndex: 1,
    step: 'middle',
    symbol: 'none',
    cursor: 'default',
    lineStyle: { width: 0 },
    emphasis: { disabled: true },
  }
  return {
    grid: [
      { top: 20, height: 56, left: 44, right: 8 },
      { top: 104, height: 48, left: 44, right: 8 },
    ],
    tooltip: {
      ...tooltipStyle(theme),
      trigger: 'axis',
      formatter: (params) => tipLines(tipText(requests, params)),
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    xAxis: [
      { ...xAxis, gridIndex: 0, axisLabel: { show: false } },
      {
        ...xAxis,
        gridIndex: 1,
        axisLabel: {
          ...style.axisLabel,
          formatter: (value: string) => formatCount(Number(value)),
          interval: (index: number) => (index + 1) % step === 0,
          hideOverlap: true,
        },
      },
    ],
    yAxis: [
      {
        ...yAxis,
        ...name(length <= 1 ? 'pages of each map' : `pages, largest map of each ${length} requests`),
        gridIndex: 0,
        min: 0,
        max: sizes.max,
        interval: sizes.max,
      },
      { ...yAxis, ...name('pages mapped after each request'), gridIndex: 1, min: 0, max: live.max, interval: live.max },
    ],
    series: [
      {
        type: 'bar',
        xAxisIndex: 0,
        yAxisIndex: 0,
        data: spans.map(({ largest }) => largest),
        itemStyle: { color: theme.text2 },
        barCategoryGap: length <= 1 ? '20%' : 0,
        barMaxWidth: 12,
        cursor: 'default',
        emphasis: { disabled: true },
      },
      { ...band, stack: 'band', data: spans.map(({ least }) => least) },
      {
        ...band,
        stack: 'band',
        data: spans.map(({ least, most }) => most - least),
        areaStyle: { color: theme.ctl, opacity: 0.35 },
      },
      { ...band, data: spans.map(({ most }) => most), lineStyle: { color: theme.text, width: 1.5 } },
    ],
  }
}

interface Span {
  /** Pages of the largest map. */
  readonly largest: number
  /** Pages mapped, at the least and at the most. */
  readonly least: number
  readonly most: number
}

/** What the picture shows of each request: where there are more than fit, `length` of them share a step. */
function spansOf(requests: ScenarioPreview['requests'], length: number): readonly Span[] {
  return requests.map((_, index) => {
    const start = Math.floor(index / length) * length
    const near = requests.slice(start, start + length)
    const live = near.map(({ livePages }) => livePages)
    const largest = Math.max(0, ...near.filter(isMap).map(({ pages }) => pages))
    return { largest, least: Math.min(...live), most: Math.max(...live) }
  })
}

function tipText(requests: ScenarioPreview['requests'], params: unknown): readonly string[] {
  const [first] = (Array.isArray(params) ? params : [params]) as readonly { dataIndex?: unknown }[]
  const index = Number(first?.dataIndex ?? 0)
  const request = requests[index]
  return request === undefined ? [] : requestWords(request, index)
}
