import type { LiveBlocksLine } from '../model.ts'

/** A stretch of operations that is drawn as one step. */
export interface Span {
  /** The operation after the last one. */
  readonly end: number
  readonly min: number
  readonly max: number
  readonly last: number
}

export interface DrawnLine {
  readonly spans: readonly Span[]
  /** Then a line would be a thicket in which it is chance what values are hit: only the band is drawn, with its edges. */
  readonly bandOnly: boolean
}

/** Columns of a picture at full width, about one px each. */
const COLUMNS = 600
/** A band is read as two edges, which need fewer steps. */
const BAND_COLUMNS = 120
/** How often a line may travel the whole height before it is a thicket. */
const TRAVEL_MAX = 6

/** What of a series goes into a picture whose axis ends at `blocksMax`. Extremes survive. */
export function drawnLine(line: LiveBlocksLine, blocksMax: number): DrawnLine {
  const spans = spansOf(line, COLUMNS)
  let travel = 0
  let before = 0
  for (const { last } of spans) {
    travel += Math.abs(last - before)
    before = last
  }
  if (travel <= TRAVEL_MAX * blocksMax) return { spans, bandOnly: false }
  return { spans: spansOf(line, BAND_COLUMNS), bandOnly: true }
}

function spansOf({ series, operations }: LiveBlocksLine, columns: number): Span[] {
  const { min, max, last, operationsPerPoint } = series
  const size = Math.max(1, Math.ceil(last.length / columns))
  const spans: Span[] = []
  for (let start = 0; start < last.length; start += size) {
    const stop = Math.min(start + size, last.length)
    spans.push({
      end: Math.min(stop * operationsPerPoint, operations),
      min: Math.min(...min.slice(start, stop)),
      max: Math.max(...max.slice(start, stop)),
      last: last[stop - 1] ?? 0,
    })
  }
  return spans
}
