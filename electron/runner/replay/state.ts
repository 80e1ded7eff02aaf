import type { AreaKind } from '../../allocator/view.ts'
import {
  INSPECTED_MAPPINGS_MAX,
  OCCUPATION_CELLS_MAX,
  type InspectedBlock,
  type Occupation,
  type ReplayState,
} from '../../../shared/replay.ts'
import { summarizeFreeLists } from '../free-list-summary.ts'
import type { BlockLog } from './block-log.ts'
import type { Playback } from './playback.ts'
import { ReplayRefusedError } from './refused.ts'

/** A replay at its present moment. */
interface Shown {
  readonly playback: Playback
  readonly blocks: BlockLog
}

/** The state that a playback is in. */
export function stateOf({ allocator, live, operation }: Playback): ReplayState {
  return {
    operation,
    counts: allocator.counts,
    liveBlocks: allocator.liveBlocks,
    listedBlocks: allocator.listedBlocks,
    pendingPages: allocator.lazyPages,
    takenPages: allocator.view.takenPages,
    liveMappings: live.size,
    freeLists: summarizeFreeLists(allocator),
  }
}

/** The block of an index with its live mappings; `undefined` when there is none. */
export function inspectBlock({ playback, blocks }: Shown, index: number): InspectedBlock | undefined {
  const { live, operation } = playback
  const { view, machine } = playback.allocator
  const block = view.block(index)
  if (block === undefined) return undefined
  const mappings: InspectedBlock['mappings'][number][] = []
  live.each((mappedBy, startPage, pages) => {
    const slot = startPage - block.startPage
    if (slot >= 0 && slot < machine.bbmapBits) mappings.push({ slot, pages, mappedBy })
  })
  mappings.sort((left, right) => left.slot - right.slot)
  const allocation = blocks.at(operation, index)
  return {
    ...block,
    ...{ ordinal: allocation?.ordinal, allocatedBy: allocation?.operation, listPosition: view.listPosition(index) },
    mappings: mappings.slice(0, INSPECTED_MAPPINGS_MAX),
  }
}

/**
 * How [fromPage, fromPage + pages) is taken, in at most `cells` cells of equal whole pages.
 * @throws {ReplayRefusedError} for a range or a number of cells that cannot be drawn; the message names what is accepted.
 */
export function occupationOf({ allocator }: Playback, fromPage: number, pages: number, cells: number): Occupation {
  if (!(Number.isInteger(cells) && cells >= 1 && cells <= OCCUPATION_CELLS_MAX)) {
    throw new ReplayRefusedError(
      `The address space was asked for in ${cells} cells; accepted are 1 to ${OCCUPATION_CELLS_MAX}.`,
    )
  }
  if (!(Number.isInteger(fromPage) && Number.isInteger(pages) && pages >= 1)) {
    throw new ReplayRefusedError(`${pages} pages from page ${fromPage} on are no part of the address space.`)
  }
  const pagesPerCell = Math.ceil(pages / cells)
  const used = Math.ceil(pages / pagesPerCell)
  const shares: Record<AreaKind | 'free', Float64Array> = {
    ...{ block: new Float64Array(used), plain: new Float64Array(used), pending: new Float64Array(used) },
    ...{ pooled: new Float64Array(used), free: new Float64Array(used) },
  }
  for (const area of allocator.view.areas()) {
    const start = Math.max(area.startPage, fromPage) - fromPage
    const end = Math.min(area.startPage + area.pages, fromPage + pages) - fromPage
    for (let page = start; page < end;) {
      const cell = Math.floor(page / pagesPerCell)
      const next = Math.min(end, (cell + 1) * pagesPerCell)
      add(shares[area.kind], cell, next - page)
      if (area.freeSlots > 0) add(shares.free, cell, ((next - page) * area.freeSlots) / area.pages)
      page = next
    }
  }
  return { fromPage, pagesPerCell, ...shares }
}

function add(cells: Float64Array, cell: number, pages: number): void {
  cells[cell] = (cells[cell] as number) + pages
}
