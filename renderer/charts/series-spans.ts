import type { SeriesLine } from './series-lines.ts'

/** A stretch of operations that is drawn as one step. */
export interface Span {
  /** Operations done at its end. */
  readonly end: number
  readonly min: number
  readonly max: number
  readonly last: number
}

export interface DrawnLine {
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

/** What of a series is drawn on an axis that ends at `valueMax`. Neighbouring points are joined; extremes survive. */
export function drawnLine(line: SeriesLine, valueMax: number): DrawnLine {
  const spans = spansOf(line, SPANS_MAX)
  const travel = spans.reduce((sum, { last }, i) => sum + Math.abs(last - (spans[i - 1]?.last ?? 0)), 0)
  const bandOnly = travel > TRAVEL_MAX * valueMax
  return { spans: bandOnly ? spansOf(line, BAND_SPANS_MAX) : spans, bandOnly }
}

function spansOf({ series, operations }: SeriesLine, spansMax: number): Span[] {
  const { min, max, last, operationsPerPoint } = series
  const points = Math.max(1, Math.ceil(last.length / spansMax))
  return Array.from({ length: Math.ceil(last.length / points) }, (_, i) => {
    const stop = Math.min((i + 1) * points, last.length)
    return {
      end: Math.min(stop * operationsPerPoint, operations),
      min: Math.min(...min.slice(i * points, stop)),
      max: Math.max(...max.slice(i * points, stop)),
      last: last[stop - 1] ?? 0,
    }
  })
}
