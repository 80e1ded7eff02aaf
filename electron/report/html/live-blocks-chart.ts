import { formatCount } from '../../../shared/format.ts'
import { modelColor } from '../../../shared/model-colors.ts'
import type { LiveBlocksLine } from '../model.ts'
import { drawnLine, type Span } from './live-blocks-spans.ts'
import { END_LABEL_WIDTH_MAX, END_LABELS_MAX, endLabelOf, lastOf, liveBlocksName, mostOf } from './live-blocks-words.ts'
import { html, type Markup } from './markup.ts'
import { modelClass } from './model-style.ts'
import { roundAxis, roundTicks } from './scale.ts'
import { coordinate, label, labelWidth, line, picture, PICTURE_WIDTH } from './svg.ts'

const HEIGHT = 236
const TOP = 12
const BOTTOM = 36
const PLOT_HEIGHT = HEIGHT - TOP - BOTTOM
const LABEL_HEIGHT = 14
interface Plot {
  readonly left: number
  readonly right: number
  readonly x: (operation: number) => number
  readonly y: (blocks: number) => number
}

/** Live blocks after each operation: a line at the last value of each span, within a band from its minimum to its maximum. */
export function liveBlocksChart(id: string, heading: string, lines: readonly LiveBlocksLine[]): Markup {
  const operations = Math.max(...lines.map((entry) => entry.operations), 1)
  const blocksMax = Math.max(...lines.map(mostOf))
  const yTicks = roundAxis(blocksMax)
  const plot = plotOf(lines, operations, yTicks)
  return picture(id, liveBlocksName(heading, lines), HEIGHT, [
    ...yTicks.flatMap((tick) => [
      line(plot.left, plot.y(tick), plot.right, plot.y(tick), tick === 0 ? 'axis' : 'grid'),
      label(formatCount(tick), { x: plot.left - 8, y: plot.y(tick) + 4, anchor: 'end' }),
    ]),
    ...roundTicks(operations).map((tick) =>
      label(formatCount(tick), { x: plot.x(tick), y: HEIGHT - BOTTOM + 16, anchor: 'middle' }),
    ),
    label('operations', { x: plot.right, y: HEIGHT - 4, anchor: 'end', role: 'axis-name' }),
    ...lines.flatMap((entry) => marks(entry, blocksMax, plot)),
    ...(lines.length <= END_LABELS_MAX ? endLabels(lines, plot) : []),
  ])
}

function plotOf(lines: readonly LiveBlocksLine[], operations: number, yTicks: readonly number[]): Plot {
  const left = 12 + Math.max(...yTicks.map((tick) => labelWidth(formatCount(tick))))
  const endLabel =
    lines.length <= END_LABELS_MAX ? Math.max(...lines.map((entry) => labelWidth(endLabelOf(entry)))) : 24
  const right = PICTURE_WIDTH - Math.min(endLabel + 14, END_LABEL_WIDTH_MAX)
  const yMax = yTicks.at(-1) ?? 1
  return {
    left,
    right,
    x: (operation) => left + (operation / operations) * (right - left),
    y: (blocks) => TOP + PLOT_HEIGHT - (blocks / yMax) * PLOT_HEIGHT,
  }
}

function marks(entry: LiveBlocksLine, blocksMax: number, plot: Plot): Markup[] {
  const { spans: points, bandOnly } = drawnLine(entry, blocksMax)
  const edges = {
    max: steps(points, ({ max }) => max, plot),
    min: steps(points, ({ min }) => min, plot),
    last: steps(points, ({ last }) => last, plot),
  }
  const band = points.some(({ min, max }) => min < max)
    ? [
        html`<path
          d="M${edges.max.join('L')}L${edges.min.toReversed().join('L')}Z"
          class="band ${modelClass(entry.modelIds[0])}"
        />`,
      ]
    : []
  const line = `M${coordinate(plot.x(0))} ${coordinate(plot.y(0))}L${edges.last.join('L')}`
  const path = bandOnly ? `M${edges.max.join('L')}M${edges.min.join('L')}` : line
  const models = [...new Set(entry.modelIds)]
  // Runs on one line are told apart by dashes: each further model colours a shorter part of it
  const strokes = models.map((modelId, index) => {
    const first = modelColor(modelId).repeated && models.length === 1 ? '8 4' : 'none'
    const dashes = index === 0 ? first : `${10 * (models.length - index)} ${10 * index}`
    return html`<path d="${path}" class="series ${modelClass(modelId)}" stroke-dasharray="${dashes}" />`
  })
  return [...band, ...strokes]
}

/** The corners of a step line: each value holds over its whole span. Corners on a straight line are left out. */
function steps(points: readonly Span[], value: (point: Span) => number, { x, y }: Plot): string[] {
  const corners: string[] = []
  let start = x(0)
  points.forEach((point, index) => {
    const height = coordinate(y(value(point)))
    const before = points[index - 1]
    const after = points[index + 1]
    if (before === undefined || value(before) !== value(point)) corners.push(`${coordinate(start)} ${height}`)
    start = x(point.end)
    if (after === undefined || value(after) !== value(point)) corners.push(`${coordinate(start)} ${height}`)
  })
  return corners
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
