import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { formatCount } from '../../shared/format.ts'
import type { ChartTheme } from './theme.ts'

export type ChartOption = ComposeOption<
  BarSeriesOption | CustomSeriesOption | LineSeriesOption | GridComponentOption | TooltipComponentOption
>

const AXIS_FONT_PX = 11

/** Gridlines, a normal chart has three to five. */
const SPLITS = 4

/** An axis of counts from 0 with round numbers and its name at its end. */
export function countAxis(theme: ChartTheme, name: string, max?: number) {
  return {
    type: 'value',
    min: 0,
    ...(max !== undefined && { max }),
    name,
    nameLocation: 'end',
    nameTextStyle: { color: theme.text3, fontFamily: theme.sans, fontSize: AXIS_FONT_PX },
    splitNumber: SPLITS,
    splitLine: { lineStyle: { color: theme.line } },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: theme.text3,
      fontFamily: theme.sans,
      fontSize: AXIS_FONT_PX,
      hideOverlap: true,
      formatter: (value: number) => formatCount(value),
    },
  } as const
}

/** A tip in the colours of the page, drawn as text: nothing in it is ever read as HTML. */
export function tip(theme: ChartTheme) {
  return {
    renderMode: 'richText',
    backgroundColor: theme.surface,
    borderColor: theme.axis,
    borderWidth: 1,
    padding: 6,
    textStyle: { color: theme.text, fontFamily: theme.sans, fontSize: 12 },
  } as const
}
