import { formatCount } from '../../shared/format.ts'
import type { FreeListSummary } from '../../shared/run.ts'

/** Free slots at which the axis is labelled: every third size class, and the whole block. */
export function densityTicks(slotsPerBlock: number): number[] {
  return [...[1, 8, 64, 512].filter((slots) => slots * 4 <= slotsPerBlock), slotsPerBlock]
}

/** Height of `freeSlots` as a share of the plot: log2, with one step below 1 so that a single free slot is visible. */
export function densityShare(freeSlots: number, slotsPerBlock: number): number {
  if (freeSlots < 1) return 0
  return (Math.log2(freeSlots) + 1) / (Math.log2(slotsPerBlock) + 1)
}

export interface DensityColumns {
  /** Largest number of free slots in each drawn column, HEAD first. */
  readonly freeSlotsMax: readonly number[]
  /** Most blocks that one column stands for; 1 when every block has its own. */
  readonly blocksPerColumn: number
}

/** Columns of at least one pixel: where there are more, neighbours are joined and the largest is drawn. */
export function densityColumns(list: FreeListSummary, widthPx: number): DensityColumns {
  const columns = Math.max(1, Math.min(list.freeSlotsMax.length, Math.floor(widthPx)))
  const joined = new Array<number>(columns).fill(0)
  for (const [position, freeSlots] of list.freeSlotsMax.entries()) {
    const column = Math.floor((position * columns) / list.freeSlotsMax.length)
    joined[column] = Math.max(joined[column] ?? 0, freeSlots)
  }
  return { freeSlotsMax: joined, blocksPerColumn: Math.ceil(list.length / columns) }
}

/** First and last position in the list, counted from 1 at HEAD, that a column stands for. */
export function columnRange(column: number, columns: number, length: number): readonly [first: number, last: number] {
  const first = Math.ceil((column * length) / columns)
  const next = Math.ceil(((column + 1) * length) / columns)
  return [first + 1, Math.max(first + 1, next)]
}

export interface DensityPaths {
  readonly area: string
  readonly caps: string
}

/**
 * SVG paths of the columns: the filled area, and a cap on each column. Columns of two pixels and more get a step outline;
 * below that the sides would hide the caps, so only the caps are drawn.
 */
export function densityPaths(
  freeSlotsMax: readonly number[],
  slotsPerBlock: number,
  widthPx: number,
  heightPx: number,
): DensityPaths {
  const columnPx = widthPx / Math.max(1, freeSlotsMax.length)
  const outlined = columnPx >= 2
  const area = [`M0 ${heightPx}`]
  const caps: string[] = []
  let lastY: number | undefined
  for (const [column, freeSlots] of freeSlotsMax.entries()) {
    const y = round(heightPx * (1 - densityShare(freeSlots, slotsPerBlock)))
    const left = round(column * columnPx)
    const right = round((column + 1) * columnPx)
    area.push(`L${left} ${y}H${right}`)
    caps.push(y === lastY ? `H${right}` : `${outlined && lastY !== undefined ? 'L' : 'M'}${left} ${y}H${right}`)
    lastY = y
  }
  area.push(`V${heightPx}Z`)
  return { area: area.join(''), caps: caps.join('') }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** What a column shows, exactly: `Block 13 of 1,000 from HEAD: 8 slots free`. */
export function columnSentence(column: number, columns: DensityColumns, length: number): string {
  const { freeSlotsMax } = columns
  const freeSlots = freeSlotsMax[column] ?? 0
  const [first, last] = columnRange(column, freeSlotsMax.length, length)
  if (first === last)
    return `Block ${formatCount(first)} of ${formatCount(length)} from HEAD: ${formatCount(freeSlots)} free`
  const range = `Blocks ${formatCount(first)} to ${formatCount(last)} of ${formatCount(length)} from HEAD`
  return `${range}: at most ${formatCount(freeSlots)} free`
}
