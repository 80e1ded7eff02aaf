import type { KernelModel } from '../../shared/kernel-model.ts'
import type { AddressSpace } from './address-space.ts'
import type { AreaTable } from './area-table.ts'

/**
 * Gives drained areas, in the order in which they were freed, back to the address space. Only the tree of free ranges
 * notices the order: its shape depends on it.
 */
export function giveBackInOrder(
  space: AddressSpace,
  table: AreaTable,
  freed: Int32Array,
  order: KernelModel['drainOrder'],
): void {
  if (order === 'merged') {
    giveBackMerged(space, table, freed)
    return
  }
  const areas = order === 'descending' ? byAddress(table, freed) : freed
  for (let position = areas.length - 1; position >= 0; position -= 1) {
    space.giveBack(areas, position, position + 1)
  }
}

/** In order of address, those that touch as one range. */
export function giveBackMerged(space: AddressSpace, table: AreaTable, freed: Int32Array): void {
  const areas = byAddress(table, freed)
  for (let start = 0; start < areas.length;) {
    let end = start + 1
    while (end < areas.length && table.startPage[areas[end] as number] === table.endPage(areas[end - 1] as number))
      end += 1
    space.giveBack(areas, start, end)
    start = end
  }
}

/** A copy of `areas`, lowest address first. */
export function byAddress({ startPage }: AreaTable, areas: Int32Array): Int32Array {
  return areas.toSorted((left, right) => (startPage[left] as number) - (startPage[right] as number))
}
