import { formatDifference } from '../../../../shared/difference.ts'
import { formatCount, formatQuantity } from '../../../../shared/format.ts'
import type { Occupation } from '../../../../shared/replay.ts'
import { counterRows } from '../counters.ts'
import type { ReplayLaneFacts } from '../lanes.ts'
import { operationWords } from '../operation-words.ts'
import { stripRuns } from '../space-strip.ts'
import type { Drawn } from './drawn.ts'
import { hatchPattern, listPicture } from './list-picture.ts'
import { SANS, type PictureStyle } from './picture-style.ts'
import { element, textElement, wrapped } from './svg.ts'

export interface PictureContent {
  /** The scenario. */
  readonly title: string
  /** The machine, and other things that hold for all sides. */
  readonly about: string
  /** The operation, with its call. */
  readonly operation: string
  /** At least one. */
  readonly lanes: readonly ReplayLaneFacts[]
  /** How the address space is taken, one a lane, or none. */
  readonly spaces: readonly Occupation[]
}

export const PICTURE_WIDTH_PX = 1200
const MARGIN_PX = 24
const INNER_PX = PICTURE_WIDTH_PX - 2 * MARGIN_PX
/** Characters of a line at 13 px, with room to spare whatever the font. */
const LINE_COLUMNS = 150
const LINE_PX = 18
const SPACE = { label: 96, height: 18, row: 24 } as const

/** Pixels between entries, and of a character with room to spare. */
const LEGEND = { gap: 40, character: 7.5 } as const

/** Counters that are in every picture; the window has more of them. */
const COUNTERS = new Set([
  ...['Blocks listed', 'Pages of address space taken', 'alloc_vmap_area', 'free_vmap_block', 'nodes_visited'],
])

/** A moment as an SVG file of its own: the same moment gives the same text. */
export function replayPicture(
  content: PictureContent,
  style: PictureStyle,
): { readonly svg: string; readonly heightPx: number } {
  const parts: readonly Drawn[] = [
    headPart(content, style),
    ...content.lanes.map((lane) => lanePart(lane, style)),
    ...(content.spaces.length === content.lanes.length ? [spacePart(content, style)] : []),
    countersPart(content, style),
    legendPart(content, style),
  ]
  const drawn: string[] = []
  let y = MARGIN_PX
  for (const { height, elements } of parts) {
    drawn.push(element('g', { transform: `translate(${MARGIN_PX} ${y})` }, elements))
    y += height
  }
  const heightPx = Math.ceil(y + MARGIN_PX / 2)
  const ground = element('rect', { width: '100%', height: '100%', fill: style.colors.surface })
  const size = { width: PICTURE_WIDTH_PX, height: heightPx, viewBox: `0 0 ${PICTURE_WIDTH_PX} ${heightPx}` }
  const svg = element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', ...size, 'font-family': SANS, 'font-size': 13, fill: style.colors.text },
    [hatchPattern(style), ground, ...drawn],
  )
  return { svg, heightPx }
}

function headPart({ title, about, operation }: PictureContent, { colors }: PictureStyle): Drawn {
  const lines = wrapped(operation, LINE_COLUMNS)
  return {
    height: 34 + lines.length * LINE_PX,
    elements: [
      textElement(title, { y: 12, 'font-size': 16, 'font-weight': 600 }),
      textElement(about, { x: INNER_PX, y: 12, fill: colors.text2, 'text-anchor': 'end' }),
      ...lines.map((line, i) => textElement(line, { y: 36 + i * LINE_PX })),
    ],
  }
}

function lanePart({ letter, side, moment }: ReplayLaneFacts, style: PictureStyle): Drawn {
  const { modelId } = side.model
  const color = style.modelColor(modelId)
  const { last, state } = moment
  const words = wrapped(last === undefined ? 'Before the first operation.' : operationWords(last), LINE_COLUMNS)
  const list = state.freeLists.find(({ cpu }) => cpu === (last?.cpu ?? state.freeLists[0]?.cpu))
  const cpus = side.machine.nrCpus > 1 && list !== undefined ? `, list of CPU ${list.cpu}` : ''
  const listY = 32 + words.length * LINE_PX
  const shown =
    list === undefined
      ? { height: LINE_PX, elements: [textElement('No block is listed.', { y: 12, fill: style.colors.text2 })] }
      : listPicture(
          list,
          side.machine.bbmapBits,
          { widthPx: INNER_PX, took: last?.served?.block, tookColor: color },
          style,
        )
  return {
    height: listY + shown.height + 8,
    elements: [
      element('line', { x1: 0, x2: INNER_PX, y1: 2, y2: 2, stroke: style.colors.line }),
      textElement(letter, { y: 24, 'font-weight': 600 }),
      element('rect', { x: 16, y: 14, width: 11, height: 11, fill: color }),
      textElement(`${modelId}: ${formatQuantity(state.listedBlocks, 'block')} listed${cpus}`, {
        ...{ x: 34, y: 24, 'font-weight': 600 },
      }),
      ...words.map((line, i) => textElement(line, { y: 42 + i * LINE_PX, fill: style.colors.text2 })),
      element('g', { transform: `translate(0 ${listY})` }, shown.elements),
    ],
  }
}

function spacePart({ lanes, spaces }: PictureContent, { colors }: PictureStyle): Drawn {
  const widthPx = INNER_PX - SPACE.label
  const fills = {
    ...{ block: colors.hatch, free: colors.freeline, plain: colors.live, pending: colors.line2, pooled: colors.line2 },
  }
  const rows = lanes.flatMap(({ letter, side }, i) => {
    const space = spaces[i]
    if (space === undefined) return []
    const cellPx = widthPx / space.block.length
    const y = 32 + i * SPACE.row
    const runs = stripRuns(space).map(({ kind, from, cells, bottom, top }) =>
      element('rect', {
        ...{ x: SPACE.label + from * cellPx, width: cells * cellPx },
        ...{ y: y + (1 - top) * SPACE.height, height: (top - bottom) * SPACE.height, fill: fills[kind] },
      }),
    )
    return [
      textElement(`${letter} ${side.model.modelId}`, { y: y + 13 }),
      element('rect', { x: SPACE.label, y, width: widthPx, height: SPACE.height, fill: colors.sunken }),
      ...runs,
    ]
  })
  const [first] = spaces
  const pages = first === undefined ? 0 : first.block.length * first.pagesPerCell
  return {
    height: 44 + lanes.length * SPACE.row,
    elements: [
      element('line', { x1: 0, x2: INNER_PX, y1: 2, y2: 2, stroke: colors.line }),
      textElement('Address space from VMALLOC_START', { y: 22, 'font-weight': 600 }),
      textElement(`${formatQuantity(pages, 'page')} shown`, {
        x: INNER_PX,
        y: 22,
        fill: colors.text3,
        'text-anchor': 'end',
      }),
      ...rows,
    ],
  }
}

function countersPart({ lanes }: PictureContent, { colors }: PictureStyle): Drawn {
  const rows = counterRows(lanes.map(({ moment }) => moment.state)).filter(({ title }) => COUNTERS.has(title))
  const differs = lanes.length === 2
  const columnOf = (i: number): number => 300 + i * 120
  const heads = [...lanes.map(({ letter, side }) => `${letter} ${side.model.modelId}`), ...(differs ? ['B − A'] : [])]
  const top = 22
  return {
    height: top + (rows.length + 1) * LINE_PX,
    elements: [
      element('line', { x1: 0, x2: INNER_PX, y1: 2, y2: 2, stroke: colors.line }),
      ...heads.map((head, i) =>
        textElement(head, { x: columnOf(i), y: top, fill: colors.text2, 'text-anchor': 'end' }),
      ),
      ...rows.flatMap(({ title, values }, row) => {
        const y = top + (row + 1) * LINE_PX
        const [a = 0, b = 0] = values
        const cells = [...values.map(formatCount), ...(differs ? [formatDifference(b, a).replace(/ \(.*/, '')] : [])]
        return [
          textElement(title, { y }),
          ...cells.map((cell, i) => textElement(cell, { x: columnOf(i), y, 'text-anchor': 'end' })),
        ]
      }),
    ],
  }
}

function legendPart({ spaces }: PictureContent, { colors }: PictureStyle): Drawn {
  const ofLists = [
    ['live slots', { fill: colors.live }],
    ['dirty', { fill: 'url(#dirty)' }],
    ['free', { fill: colors.free, stroke: colors.freeline }],
  ] as const
  const ofSpace = [
    ['blocks in the address space', { fill: colors.hatch }],
    ['their free slots', { fill: colors.freeline }],
    ['other areas', { fill: colors.live }],
    ['freed, not yet drained', { fill: colors.line2 }],
  ] as const
  let x = 0
  return {
    height: 34,
    elements: [...ofLists, ...(spaces.length > 0 ? ofSpace : [])].flatMap(([name, look]) => {
      const at = x
      x += LEGEND.gap + name.length * LEGEND.character
      return [
        element('rect', { x: at, y: 14, width: 12, height: 12, ...look }),
        textElement(name, { x: at + 18, y: 24, fill: colors.text2, 'font-size': 12 }),
      ]
    }),
  }
}
