import type { BarSeriesOption, LineSeriesOption, ParallelSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { GridComponentOption, ParallelComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { formatCount } from '../../shared/format.ts'
import type { ChartTheme } from './theme.ts'

/** The part of ECharts' options that the lab's charts use. */
export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | ParallelSeriesOption
  | ScatterSeriesOption
  | GridComponentOption
  | TooltipComponentOption
> & {
  // Composed with the others, ECharts' own type of these takes every name for an axis
  readonly parallel?: ParallelComponentOption
  readonly parallelAxis?: readonly ParallelAxis[]
}

/** One axis of parallel coordinates. */
interface ParallelAxis {
  readonly dim: number
  readonly name: string
  readonly min: number
  readonly max: number
  readonly interval: number
}

/** A chart as a picture; `undefined` while it is not drawn. PNG is a `data:` URL at twice the size on screen. */
export interface ChartPicture {
  readonly png: (backgroundColor: string) => string | undefined
  readonly svg: (backgroundColor: string) => string | undefined
}

/** Places on the x axis of a chart, in its values; `undefined` where there are none. */
export interface ChartAxis {
  readonly axisValueAt: (clientX: number) => number | undefined
  readonly axisValueOfTip: () => number | undefined
}

export const AXIS_FONT_PX = 11

/** Labels of a count axis: round numbers with thousands separators, quiet lines behind the data. */
export function countAxisStyle(theme: ChartTheme) {
  return {
    axisLabel: {
      color: theme.text3,
      fontFamily: theme.sans,
      fontSize: AXIS_FONT_PX,
      formatter: (value: number) => formatCount(value),
    },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: true, lineStyle: { color: theme.line, width: 1 } },
    nameTextStyle: { color: theme.text3, fontFamily: theme.sans, fontSize: AXIS_FONT_PX },
  }
}

/** An x axis that the marks stand on, with its name at its end, below the labels. */
export function namedAxisStyle(theme: ChartTheme, name: string) {
  const style = countAxisStyle(theme)
  return {
    ...style,
    name,
    nameLocation: 'end' as const,
    nameGap: 0,
    axisLine: { show: true, lineStyle: { color: theme.ctl } },
    splitLine: { show: false },
    nameTextStyle: {
      ...style.nameTextStyle,
      align: 'right' as const,
      verticalAlign: 'top' as const,
      padding: [21, 0, 0, 0],
    },
  }
}

/** The same with a place for each of some names. */
export function categoryAxis(theme: ChartTheme, name: string, labels: readonly string[]) {
  const style = namedAxisStyle(theme, name)
  return {
    ...style,
    type: 'category' as const,
    data: [...labels],
    axisLabel: { ...style.axisLabel, formatter: (value: string) => value, hideOverlap: true },
  }
}

/** A tip for each place of such an axis. */
export function placeTips(theme: ChartTheme, linesAt: (place: number) => readonly string[]) {
  return {
    ...tooltipStyle(theme),
    trigger: 'axis' as const,
    axisPointer: { type: 'shadow' as const, shadowStyle: { color: theme.hover } },
    formatter: (params: PlaceParams | readonly PlaceParams[]) => {
      const [first] = [params].flat()
      return tipLines(linesAt(first?.dataIndex ?? 0))
    },
  }
}

interface PlaceParams {
  readonly dataIndex?: number
}

/** A tip beside the marks, in the half of the plot that the pointer is not in, so that it hides as little as it can. */
export function tooltipStyle(theme: ChartTheme) {
  return {
    renderMode: 'html' as const,
    transitionDuration: 0,
    confine: true,
    padding: [6, 8],
    backgroundColor: theme.surface,
    borderColor: theme.ctl,
    borderWidth: 1,
    extraCssText: 'box-shadow: none; border-radius: 3px; pointer-events: none;',
    textStyle: { color: theme.text, fontFamily: theme.sans, fontSize: 12, lineHeight: 17 },
    position: (
      [pointerX]: [number, number],
      _params: unknown,
      _element: unknown,
      _mark: unknown,
      { contentSize, viewSize }: TipSizes,
    ): [number, number] => [pointerX > viewSize[0] / 2 ? pointerX - contentSize[0] - 12 : pointerX + 12, 2],
  }
}

interface TipSizes {
  readonly contentSize: [number, number]
  readonly viewSize: [number, number]
}

/** The content of a tip, a line an element. Labels are set as text: nothing in them is ever read as HTML. */
export function tipLines(lines: readonly string[]): HTMLElement[] {
  return lines.map((text) => {
    const line = document.createElement('div')
    line.textContent = text
    return line
  })
}
