import { formatCount } from '../../../shared/format.ts'
import type { FreeListSummary } from '../../../shared/run.ts'
import { html, type Markup } from './markup.ts'
import { coordinate, label, line } from './svg.ts'

const LEFT = 48
const WIDTH = 564
const PLOT_HEIGHT = 84
export const DENSITY_HEIGHT = PLOT_HEIGHT + 24

/** One column a block, HEAD at the left; its height is log2 of the free slots: the largest map that the block still serves. */
export function densityMarks({ freeSlotsMax, length }: FreeListSummary, slots: number, top: number): Markup[] {
  const columns = perPixel(freeSlotsMax)
  const base = top + PLOT_HEIGHT
  const x = (column: number): number => LEFT + (column / columns.length) * WIDTH
  const levels = Math.log2(slots) + 1
  const y = (freeSlots: number): number =>
    freeSlots < 1 ? base : base - ((Math.log2(freeSlots) + 1) / levels) * (PLOT_HEIGHT - 6)
  const ticks = [...new Set([1, 8, 64, slots])]
  let field = ''
  let caps = ''
  for (const { start, end, value } of equalStretches(columns)) {
    const [from, to, height] = [coordinate(x(start)), coordinate(x(end)), coordinate(y(value))]
    field += `M${from} ${coordinate(base)}V${height}H${to}V${coordinate(base)}Z`
    if (value > 0) caps += `M${from} ${height}H${to}`
  }
  return [
    ...ticks.flatMap((tick) => [
      line(LEFT, y(tick), LEFT + WIDTH, y(tick), 'grid'),
      label(formatCount(tick), { x: LEFT - 8, y: y(tick) + 4, anchor: 'end' }),
    ]),
    html`<path d="${field}" class="free-field" /><path d="${caps}" class="free-cap" />`,
    line(LEFT, base, LEFT + WIDTH, base, 'axis'),
    label('HEAD', { x: LEFT, y: base + 15, role: 'mono strong' }),
    label(
      `free slots of ${formatCount(length)} blocks, log2 scale${columns.length < length ? '; the most in each column' : ''}`,
      {
        x: LEFT + WIDTH / 2,
        y: base + 15,
        anchor: 'middle',
      },
    ),
    label('TAIL', { x: LEFT + WIDTH, y: base + 15, anchor: 'end', role: 'mono strong' }),
  ]
}

/** At most one column a px; of the blocks in one px the one with the most free slots is drawn. */
function perPixel(values: readonly number[]): number[] {
  const size = Math.max(1, Math.ceil(values.length / WIDTH))
  const columns: number[] = []
  for (let start = 0; start < values.length; start += size) columns.push(Math.max(...values.slice(start, start + size)))
  return columns
}

interface Stretch {
  readonly start: number
  readonly end: number
  readonly value: number
}

function equalStretches(values: readonly number[]): Stretch[] {
  const stretches: Stretch[] = []
  values.forEach((value, index) => {
    const last = stretches.at(-1)
    if (last?.value === value) stretches[stretches.length - 1] = { ...last, end: index + 1 }
    else stretches.push({ start: index, end: index + 1, value })
  })
  return stretches
}
