import { formatCount } from '../../../shared/format.ts'
import type { FreeListSummary, ListedBlock } from '../../../shared/run.ts'
import { densityMarks, DENSITY_HEIGHT } from './density.ts'
import { html, type Markup } from './markup.ts'
import { box, label, line, picture } from './svg.ts'

const HEAD_WIDTH = 48
const BAR_WIDTH = 76
const BAR_HEIGHT = 20
const BAR_TOP = 6
const GAP_WIDTH = 108
const BARS_MAX = 8
const SHOWN_HEAD = 4
const SHOWN_TAIL = 2
/** Live and free slots never disappear, however few they are. */
const SEGMENT_WIDTH_MIN = 2.5

/** A CPU's free list HEAD to TAIL: all blocks when they fit, else the first and last ones with the density picture below. */
export function freeListPicture(id: string, name: string, list: FreeListSummary, slots: number): Markup {
  const all = list.length <= BARS_MAX && list.head.length === list.length
  const head = all ? list.head : list.head.slice(0, SHOWN_HEAD)
  const tail = all ? [] : (list.tail.length > 0 ? list.tail : list.head).slice(-SHOWN_TAIL)
  const tailLeft = HEAD_WIDTH + head.length * BAR_WIDTH + GAP_WIDTH
  const end = all ? HEAD_WIDTH + head.length * BAR_WIDTH : tailLeft + tail.length * BAR_WIDTH
  const middle = BAR_TOP + BAR_HEIGHT / 2 + 4
  const bars = [
    label('HEAD', { x: 0, y: middle, role: 'mono strong' }),
    ...blocks(head, HEAD_WIDTH, slots),
    ...(all
      ? []
      : [
          label(`⋯ ${formatCount(list.length - head.length - tail.length)} more ⋯`, {
            x: tailLeft - GAP_WIDTH / 2,
            y: middle,
            anchor: 'middle',
          }),
          ...blocks(tail, tailLeft, slots),
        ]),
    label('TAIL', { x: end + 10, y: middle, role: 'mono strong' }),
  ]
  const barsHeight = BAR_TOP + BAR_HEIGHT + 34
  const density = all ? [] : densityMarks(list, slots, barsHeight + 8)
  const height = barsHeight + (all ? 0 : DENSITY_HEIGHT + 8)
  return picture(id, `${name}: ${sentence(list, slots)}`, height, [...bars, ...density])
}

function blocks(list: readonly ListedBlock[], left: number, slots: number): Markup[] {
  return list.flatMap(([index, freeSlots, dirtySlots], position) => {
    const x = left + position * BAR_WIDTH
    return [
      ...strip(x + 2, BAR_WIDTH - 4, freeSlots, dirtySlots, slots),
      line(x, BAR_TOP - 3, x, BAR_TOP + BAR_HEIGHT + 3, 'pipe'),
      line(x + BAR_WIDTH, BAR_TOP - 3, x + BAR_WIDTH, BAR_TOP + BAR_HEIGHT + 3, 'pipe'),
      label(`${formatCount(freeSlots)} free`, { x: x + BAR_WIDTH - 4, y: BAR_TOP + BAR_HEIGHT + 16, anchor: 'end' }),
      label(`#${index}`, { x: x + BAR_WIDTH - 4, y: BAR_TOP + BAR_HEIGHT + 29, anchor: 'end', role: 'faint' }),
    ]
  })
}

/** Dirty, live, free from slot 0. Free slots always are the right end; dirty and live ones are drawn by their number. */
function strip(x: number, width: number, freeSlots: number, dirtySlots: number, slots: number): Markup[] {
  const liveSlots = Math.max(0, slots - freeSlots - dirtySlots)
  const atLeast = (count: number): number => (count === 0 ? 0 : Math.max(SEGMENT_WIDTH_MIN, (count / slots) * width))
  const free = Math.min(width, atLeast(freeSlots))
  const live = Math.min(width - free, atLeast(liveSlots))
  const dirty = width - free - live
  return [
    ...(dirty > 0 ? [box(x, BAR_TOP, dirty, BAR_HEIGHT, 'dirty'), box(x, BAR_TOP, dirty, BAR_HEIGHT, 'hatched')] : []),
    ...(live > 0 ? [box(x + dirty, BAR_TOP, live, BAR_HEIGHT, 'live')] : []),
    ...(free > 0 ? [box(x + dirty + live + 0.5, BAR_TOP + 0.5, free - 1, BAR_HEIGHT - 1, 'free')] : []),
  ]
}

function sentence({ length, head, tail }: FreeListSummary, slots: number): string {
  const first = head[0]
  const last = tail.at(-1) ?? head.at(-1)
  const ends =
    first === undefined || last === undefined
      ? ''
      : `; HEAD has ${formatCount(first[1])} of ${formatCount(slots)} slots free, TAIL has ${formatCount(last[1])}`
  return `${formatCount(length)} ${length === 1 ? 'block' : 'blocks'} listed${ends}.`
}

/** The hatch of dirty slots, once a document. */
export const HATCH = html`<svg width="0" height="0" aria-hidden="true" class="defs">
  <defs>
    <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path d="M0 0V5" class="hatch-line" />
    </pattern>
  </defs>
</svg>`
