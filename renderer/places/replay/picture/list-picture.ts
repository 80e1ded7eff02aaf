import { formatCount, formatQuantity } from '../../../../shared/format.ts'
import type { FreeListSummary, ListedBlock } from '../../../../shared/run.ts'
import { densityColumns, densityPaths, densityShare, densityTicks } from '../../../blocks/density.ts'
import { barThatFits, endsThatFit } from '../../../blocks/list-ends.ts'
import type { Drawn } from './drawn.ts'
import { MONO, type PictureStyle } from './picture-style.ts'
import { element, textElement } from './svg.ts'

const BAR = { width: 108, height: 24, top: 4 } as const
/** Of live and free slots, so that a single one is seen; the numbers stand below. */
const PART_MIN_PX = 2.5
const PIPE = { width: 2, height: 30 } as const
const WORD_PX = 48
const GAP_PX = 112
/** With the numbers under the bars. */
const LIST_PX = 52
/** Shorter lists are drawn block by block. */
const DENSITY_FROM = 12
const DENSITY = { height: 72, below: 20 } as const

/** What the fill of dirty slots refers to; once in every picture. */
export function hatchPattern({ colors }: PictureStyle): string {
  const stripe = element('rect', { width: 3, height: 5, fill: colors.dirty })
  const ground = element('rect', { width: 5, height: 5, fill: colors.hatch })
  const at = { id: 'dirty', width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }
  return element('defs', {}, [element('pattern', at, [ground, stripe])])
}

/** A free list from HEAD to TAIL, `widthPx` wide; where blocks are left out, with the free slots of all of them below. */
export function listPicture(
  list: FreeListSummary,
  slotsPerBlock: number,
  {
    widthPx,
    took,
    tookColor,
  }: { readonly widthPx: number; readonly took: number | undefined; readonly tookColor: string },
  style: PictureStyle,
): Drawn {
  const roomPx = widthPx - 2 * WORD_PX
  const barPx = barThatFits(list, roomPx, BAR.width, GAP_PX)
  const { first, last, hidden } = endsThatFit(list, roomPx, barPx, GAP_PX)
  const elements = [word('HEAD', 0, style)]
  let x = WORD_PX
  const draw = (blocks: readonly ListedBlock[]): void => {
    for (const block of blocks) {
      elements.push(...blockBar(block, slotsPerBlock, x, barPx, style))
      if (block[0] === took) elements.push(frame(x, barPx, tookColor))
      x += barPx
    }
    if (blocks.length > 0) elements.push(pipe(x, style))
  }
  draw(first)
  if (hidden > 0) {
    const end = WORD_PX + roomPx - last.length * barPx
    const at = { x: (x + end) / 2, y: 21, fill: style.colors.text2, 'font-size': 11, 'text-anchor': 'middle' }
    elements.push(textElement(`⋯ ${formatCount(hidden)} more ⋯`, { ...at, 'font-family': MONO }))
    x = end
  }
  draw(last)
  elements.push(word('TAIL', x + 8, style))
  if (list.length < DENSITY_FROM) return { height: LIST_PX, elements }
  const density = element(
    'g',
    { transform: `translate(${WORD_PX} ${LIST_PX})` },
    densityPicture(list, slotsPerBlock, roomPx, style),
  )
  return { height: LIST_PX + DENSITY.height + DENSITY.below, elements: [...elements, density] }
}

function word(text: string, x: number, { colors }: PictureStyle): string {
  return textElement(text, { x, y: 21, fill: colors.text, 'font-size': 11, 'font-weight': 600, 'font-family': MONO })
}

function pipe(x: number, { colors }: PictureStyle): string {
  return element('rect', { x: x - PIPE.width / 2, y: 1, width: PIPE.width, height: PIPE.height, fill: colors.ink })
}

/** Around the block that served the last request. */
function frame(x: number, barPx: number, color: string): string {
  const box = { x: x + 1, y: BAR.top - 1, width: barPx - 2, height: BAR.height + 2 }
  return element('rect', { ...box, fill: 'none', stroke: color, 'stroke-width': 2 })
}

/** A block as in the window: dirty slots, live ones, free ones, with its index and what is free below. */
function blockBar(
  [index, freeSlots, dirtySlots]: ListedBlock,
  slots: number,
  x: number,
  barPx: number,
  style: PictureStyle,
): readonly string[] {
  const { colors } = style
  const widthPx = barPx - 5
  const at = { y: BAR.top, height: BAR.height }
  const left = x + 2
  const live = slots - freeSlots - dirtySlots
  const atLeast = (part: number): number => (part === 0 ? 0 : Math.max(PART_MIN_PX, (widthPx * part) / slots))
  const freePx = atLeast(freeSlots)
  const livePx = dirtySlots === 0 ? widthPx - freePx : atLeast(live)
  const dirtyPx = widthPx - freePx - livePx
  const numbers = { y: 44, fill: colors.text2, 'font-size': 11 }
  return [
    pipe(x, style),
    ...(dirtySlots > 0 ? [element('rect', { ...at, x: left, width: dirtyPx, fill: 'url(#dirty)' })] : []),
    ...(live > 0 ? [element('rect', { ...at, x: left + dirtyPx, width: livePx, fill: colors.live })] : []),
    ...(freeSlots > 0
      ? [
          element('rect', {
            ...at,
            x: left + widthPx - freePx,
            width: freePx,
            fill: colors.free,
            stroke: colors.freeline,
          }),
        ]
      : []),
    textElement(`#${index}`, { ...numbers, x: x + 5, fill: colors.text }),
    textElement(`${formatCount(freeSlots)} free`, { ...numbers, x: x + barPx - 5, 'text-anchor': 'end' }),
  ]
}

function densityPicture(
  list: FreeListSummary,
  slotsPerBlock: number,
  widthPx: number,
  { colors }: PictureStyle,
): readonly string[] {
  const { height } = DENSITY
  const columns = densityColumns(list, widthPx)
  const { area, caps } = densityPaths(columns.freeSlotsMax, slotsPerBlock, widthPx, height)
  const small = { fill: colors.text3, 'font-size': 11 }
  const ticks = densityTicks(slotsPerBlock).flatMap((slots) => {
    const y = height * (1 - densityShare(slots, slotsPerBlock))
    return [
      element('line', { x1: 0, x2: widthPx, y1: y, y2: y, stroke: colors.line }),
      textElement(formatCount(slots), { ...small, x: -8, y: y + 4, 'text-anchor': 'end' }),
    ]
  })
  const { blocksPerColumn } = columns
  const column = blocksPerColumn === 1 ? 'one column each' : `up to ${formatCount(blocksPerColumn)} a column`
  const about = `${formatQuantity(list.length, 'block')}, ${column}; height: most free slots (log scale)`
  return [
    ...ticks,
    element('path', { d: area, fill: colors.free }),
    element('path', { d: caps, fill: 'none', stroke: colors.freeline }),
    textElement(about, { ...small, x: widthPx / 2, y: height + 15, 'text-anchor': 'middle' }),
  ]
}
