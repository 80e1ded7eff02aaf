import { byAddress, mergeNeighbours } from './area.ts'
import type { PageRange, VmapArea } from './area.ts'
import type { ReferenceModel } from './model.ts'

/**
 * What goes back to the address space, one after the other. Only the tree of free ranges notices the order: its shape
 * depends on it.
 */
export function inDrainOrder(freed: readonly VmapArea[], order: ReferenceModel['drainOrder']): readonly PageRange[] {
  switch (order) {
    case 'ascending':
      return freed.toSorted(byAddress)
    case 'last-first':
      return freed.toReversed()
    case 'merged':
      return mergeNeighbours(freed.toSorted(byAddress))
    case 'descending':
      return freed.toSorted(byAddress).reverse()
  }
}
