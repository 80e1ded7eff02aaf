import type { SeriesLine } from '../../charts/series-lines.ts'
import { drawnLine } from '../../charts/series-spans.ts'

/** Where things stand on the timeline, in pixels of its plot. */
export interface TimelineSize {
  readonly width: number
  readonly height: number
  /** Operations of the longest run; at least 1. */
  readonly operations: number
  /** What the value axis ends at. */
  readonly valueMax: number
}

export function xOf(operation: number, { width, operations }: TimelineSize): number {
  return (operation / operations) * width
}

/** The operation under a place, within the run. */
export function operationAt(x: number, { width, operations }: TimelineSize): number {
  if (width <= 0) return 0
  return Math.round(Math.min(1, Math.max(0, x / width)) * operations)
}

function yOf(value: number, { height, valueMax }: TimelineSize): number {
  return height * (1 - value / valueMax)
}

/** The step line of a series as an SVG path, or the outline of its band where a line would be a thicket. */
export function linePath(line: SeriesLine, size: TimelineSize): string {
  const { spans, bandOnly } = drawnLine(line, size.valueMax, { from: 0, to: size.operations })
  const point = (operations: number, value: number): string =>
    `${round(xOf(operations, size))} ${round(yOf(value, size))}`
  if (bandOnly) {
    const upper = spans.map(({ end, max }) => point(end, max))
    const lower = spans.map(({ end, min }) => point(end, min)).toReversed()
    return `M${[...upper, ...lower].join('L')}Z`
  }
  return `M${point(0, 0)}${spans.map(({ end, last }) => `H${round(xOf(end, size))}V${round(yOf(last, size))}`).join('')}`
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10
}
