import type { Drain } from './address-space.ts'
import { FreeTreeSpace } from './free-tree-space.ts'

/** Linux 6.1 to 6.8: pending areas are kept in order of address, neighbours merged, and given back so. */
export class MergedDrainSpace extends FreeTreeSpace {
  override giveBack({ areas, length }: Drain): void {
    giveBackMerged(this, Int32Array.from(areas.subarray(0, length)))
  }
}

/** Gives areas back in order of address, those that touch as one range. Sorts `areas`. */
export function giveBackMerged(space: FreeTreeSpace, areas: Int32Array): void {
  const { table } = space
  sortByAddress(areas, table.startPage)
  let start = NaN
  let end = NaN
  for (const area of areas) {
    const areaStart = table.startPage[area] as number
    if (areaStart !== end) {
      if (!Number.isNaN(end)) space.giveBackRange(start, end)
      start = areaStart
    }
    end = table.endPage(area)
    table.release(area)
  }
  if (!Number.isNaN(end)) space.giveBackRange(start, end)
}

export function sortByAddress(areas: Int32Array, startPage: Float64Array): void {
  areas.sort((left, right) => (startPage[left] as number) - (startPage[right] as number))
}
