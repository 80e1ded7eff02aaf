import { formatCount } from '../../../shared/format.ts'
import type { LiveBlocksLine } from '../model.ts'
import { html, type Markup } from './markup.ts'
import { modelClass } from './model-style.ts'
import { roundAxis, roundTicks } from './scale.ts'
import { coordinate, label, labelWidth, line, picture, PICTURE_WIDTH } from './svg.ts'

const HEIGHT = 236
const TOP = 12
const BOTTOM = 36
const END_LABEL_WIDTH_MAX = 230
const LABEL_HEIGHT = 14

interface Plot {
  readonly left: number
  readonly right: number
  readonly x: (operation: number) => number
  readonly y: (blocks: number) => number
}

/** Live blocks after each operation: a line at the last value of each sampled span, within a band from its minimum to its maximum. */
export function liveBlocksChart(id: string, heading: string, lines: readonly LiveBlocksLine[]): Markup {
  const operations = Math.max(...lines.map((entry) => entry.operations), 1)
  const yTicks = roundAxis(lines.reduce((most, { series }) => series.max.reduce((a, b) => Math.max(a, b), most), 0))
  const plot = plotOf(lines, operations, yTicks)
  return picture(id, nameOf(heading, lines), HEIGHT, [
    ...yTicks.flatMap((tick) => [
      line(plot.left, plot.y(tick), plot.right, plot.y(tick), tick === 0 ? 'axis' : 'grid'),
      label(formatCount(tick), { x: plot.left - 8, y: plot.y(tick) + 4, anchor: 'end' }),
    ]),
    ...roundTicks(operations).map((tick) =>
      label(formatCount(tick), { x: plot.x(tick), y: HEIGHT - BOTTOM + 16, anchor: 'middle' }),
    ),
    label('operations', { x: plot.right, y: HEIGHT - 4, anchor: 'end', role: 'axis-name' }),
    ...lines.flatMap((entry) => marks(entry, plot)),
    ...endLabels(lines, plot),
  ])
}

function plotOf(lines: readonly LiveBlocksLine[], operations: number, yTicks: readonly number[]): Plot {
  const left = 12 + Math.max(...yTicks.map((tick) => labelWidth(formatCount(tick))))
  const endLabel = Math.max(...lines.map((entry) => labelWidth(endLabelOf(entry))))
  const right = PICTURE_WIDTH - Math.min(endLabel + 14, END_LABEL_WIDTH_MAX)
  const yMax = yTicks.at(-1) ?? 1
  return {
    left,
    right,
    x: (operation) => left + (operation / operations) * (right - left),
    y: (blocks) => HEIGHT - BOTTOM - (blocks / yMax) * (HEIGHT - BOTTOM - TOP),
  }
}

interface Span {
  readonly end: number
  readonly min: number
  readonly max: number
  readonly last: number
}

/** The series in spans of about one px each; extremes survive. */
function spans({ series, operations }: LiveBlocksLine, columns: number): Span[] {
  const { min, max, last, operationsPerPoint } = series
  const size = Math.max(1, Math.ceil(last.length / columns))
  const result: Span[] = []
  for (let start = 0; start < last.length; start += size) {
    const stop = Math.min(start + size, last.length)
    result.push({
      end: Math.min(stop * operationsPerPoint, operations),
      min: Math.min(...min.slice(start, stop)),
      max: Math.max(...max.slice(start, stop)),
      last: last[stop - 1] ?? 0,
    })
  }
  return result
}

function marks(entry: LiveBlocksLine, { left, right, x, y }: Plot): Markup[] {
  const points = spans(entry, Math.floor(right - left))
  let path = `M${coordinate(x(0))} ${coordinate(y(0))}`
  let upper = ''
  let lower = ''
  let start = x(0)
  for (const { end, min, max, last } of points) {
    const stop = coordinate(x(end))
    path += `V${coordinate(y(last))}H${stop}`
    upper += `L${coordinate(start)} ${coordinate(y(max))}H${stop}`
    lower = `L${stop} ${coordinate(y(min))}H${coordinate(start)}${lower}`
    start = x(end)
  }
  const band = points.some(({ min, max }) => min < max)
    ? html`<path d="M${`${upper}${lower}`.slice(1)}Z" class="band ${modelClass(entry.modelIds[0])}" />`
    : html``
  const models = [...new Set(entry.modelIds)]
  // Runs on one line are told apart by dashes: each further model colours a shorter part of it
  const strokes = models.map((modelId, index) => {
    const dashes = index === 0 ? html`` : html` stroke-dasharray="${10 * (models.length - index)} ${10 * index}"`
    return html`<path d="${path}" class="series ${modelClass(modelId)}" ${dashes} />`
  })
  return [band, ...strokes]
}

function lastOf({ series }: LiveBlocksLine): number {
  return series.last.at(-1) ?? 0
}

/** Runs that share a line are named together; when that gets long the caption below names them. */
function endLabelOf(entry: LiveBlocksLine): string {
  const names = entry.labels.join(', ')
  const shown = labelWidth(names) > END_LABEL_WIDTH_MAX - 60 ? `${entry.labels.length} runs` : names
  return `${shown}: ${formatCount(lastOf(entry))}`
}

/** At the end of each line, pushed apart where lines end close together. */
function endLabels(lines: readonly LiveBlocksLine[], { right, y }: Plot): Markup[] {
  const wanted = lines.map((entry) => ({ entry, y: y(lastOf(entry)) + 4 })).sort((a, b) => b.y - a.y)
  let limit = HEIGHT - BOTTOM + 4
  return wanted.map(({ entry, y: at }) => {
    const place = Math.min(at, limit)
    limit = place - LABEL_HEIGHT
    return label(endLabelOf(entry), { x: right + 8, y: place, role: `name ${modelClass(entry.modelIds[0])}` })
  })
}

function nameOf(heading: string, lines: readonly LiveBlocksLine[]): string {
  const clauses = lines.map((entry) => {
    const most = entry.series.max.reduce((a, b) => Math.max(a, b), 0)
    return `${entry.labels.join(', ')} has at most ${formatCount(most)} live blocks and ends with ${formatCount(lastOf(entry))}`
  })
  return `Live blocks over operations, ${heading}: ${clauses.join('; ')}.`
}

/** What the picture does not say itself. */
export function liveBlocksCaption(lines: readonly LiveBlocksLine[]): string {
  const shared = lines
    .filter(({ labels }) => labels.length > 1)
    .map(({ labels }) => `${labels.join(', ')} have identical series and share one line.`)
  const perPoint = Math.max(...lines.map(({ series }) => series.operationsPerPoint))
  const sampled =
    perPoint > 1
      ? [`Sampled every ${formatCount(perPoint)} operations; the band spans minimum and maximum of each sample.`]
      : []
  return ['Blocks allocated and not given back.', ...sampled, ...shared].join(' ')
}
