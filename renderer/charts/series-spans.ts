import { valueAfter, type SeriesLine } from './series-lines.ts'
import type { View } from './view.ts'

/** A stretch of operations that is drawn as one step. */
export interface Span {
  /** Operations done at its end. */
  readonly end: number
  readonly min: number
  readonly max: number
  readonly last: number
}

export interface DrawnLine {
  /** Operations done where the line begins. */
  readonly from: number
  /** Value where the line begins; every run starts at 0. `undefined` for a run that has ended before. */
  readonly start: number | undefined
  readonly spans: readonly Span[]
  /** A line would be a thicket that hides what it crosses: the band from minimum to maximum is drawn with its edges. */
  readonly bandOnly: boolean
}

/** About one a pixel on a wide window. */
const SPANS_MAX = 800
/** A band is read as two edges, which need fewer steps. */
const BAND_SPANS_MAX = 160
/** How often a line may travel the whole height before it is a thicket. */
const TRAVEL_MAX = 6

/**
 * What of a series is drawn in a view on an axis that ends at `valueMax`. Neighbouring points are joined; extremes survive, also
 * those of a sample that reaches beyond the view.
 */
export function drawnLine(line: SeriesLine, valueMax: number, view: View): DrawnLine {
  const start = view.from === 0 ? 0 : valueAfter(line, view.from)
  const spans = spansOf(line, SPANS_MAX, view)
  const travel = spans.reduce((sum, { last }, i) => sum + Math.abs(last - (spans[i - 1]?.last ?? start ?? 0)), 0)
  const bandOnly = travel > TRAVEL_MAX * valueMax
  return { from: view.from, start, spans: bandOnly ? spansOf(line, BAND_SPANS_MAX, view) : spans, bandOnly }
}

function spansOf({ series, operations }: SeriesLine, spansMax: number, { from, to }: View): Span[] {
  const { min, max, last, operationsPerPoint } = series
  const first = Math.floor(from / operationsPerPoint)
  const shown = Math.min(Math.ceil(to / operationsPerPoint), last.length) - first
  const points = Math.max(1, Math.ceil(shown / spansMax))
  return Array.from({ length: Math.max(0, Math.ceil(shown / points)) }, (_, i) => {
    const begin = first + i * points
    const stop = Math.min(begin + points, first + shown)
    return {
      end: Math.min(stop * operationsPerPoint, operations, to),
      min: Math.min(...min.slice(begin, stop)),
      max: Math.max(...max.slice(begin, stop)),
      last: last[stop - 1] ?? 0,
    }
  })
}
