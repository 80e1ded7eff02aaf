import type { KernelModel } from '../../shared/kernel-model.ts'
import type { Machine } from '../../shared/machine.ts'
import type { AddressSpace } from './address-space.ts'
import { DirectSource, type AreaSource } from './area-source.ts'
import type { AreaTable } from './area-table.ts'
import { FirstFitSpace } from './first-fit-space.ts'
import { FreeTreeSpace } from './free-tree-space.ts'
import { NextFitSpace } from './next-fit-space.ts'
import { PooledSource, vmapNodes } from './pooled-source.ts'

/** The address space of a kernel model on a machine, all of it free, behind its vmap nodes. */
export function newAreaSource(model: KernelModel, machine: Machine, table: AreaTable): AreaSource {
  const space = newAddressSpace(model, machine, table)
  if (model.nodePools === 'none' || vmapNodes(machine) === 1) return new DirectSource(space, table, model.drainOrder)
  return new PooledSource(space, table, machine, model)
}

function newAddressSpace(model: KernelModel, machine: Machine, table: AreaTable): AddressSpace {
  switch (model.addressSpace) {
    case 'first-fit':
      return new FirstFitSpace(table, machine)
    case 'next-fit':
      return new NextFitSpace(table, machine)
    case 'free-tree-padded':
      return new FreeTreeSpace(table, machine, 'always')
    case 'free-tree':
      return new FreeTreeSpace(table, machine, 'aligned')
  }
}
