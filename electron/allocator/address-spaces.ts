import type { KernelModel } from '../../shared/kernel-model.ts'
import type { Machine } from '../../shared/machine.ts'
import type { AddressSpace } from './address-space.ts'
import type { AreaTable } from './area-table.ts'
import { FirstFitSpace } from './first-fit-space.ts'
import { FreeTreeSpace } from './free-tree-space.ts'
import { MergedDrainSpace } from './merged-drain-space.ts'
import { NextFitSpace } from './next-fit-space.ts'
import { NodePoolSpace } from './node-pool-space.ts'

/** The address space of a kernel model on a machine, all of it free. */
export function newAddressSpace(model: KernelModel, machine: Machine, table: AreaTable): AddressSpace {
  const startOffset = machine.vmallocStartPage % machine.bbmapBits
  switch (model.addressSpace) {
    case 'first-fit':
      return new FirstFitSpace(table, startOffset, machine.vmallocPages)
    case 'next-fit':
      return new NextFitSpace(table, startOffset, machine.vmallocPages)
    case 'free-tree':
      return new FreeTreeSpace(table, machine, false)
    case 'free-tree-merged':
      return new MergedDrainSpace(table, machine, true)
    case 'node-pools':
      return new NodePoolSpace(table, machine, false)
    case 'node-pools-keeping':
      return new NodePoolSpace(table, machine, true)
  }
}
