import type { AddressSpace } from './address-space.ts'
import { FreeTreeSpace } from './free-tree-space.ts'
import { GapFirstFitSpace } from './gap-first-fit-space.ts'
import type { ReferenceMachine } from './machine.ts'
import type { ReferenceModel } from './model.ts'
import { NextFitSpace } from './next-fit-space.ts'

/** The search for addresses that a model chose, all of the machine's vmalloc space free. */
export function createAddressSpace(machine: ReferenceMachine, model: ReferenceModel): AddressSpace {
  const bounds = { start: machine.vmallocStartPage, end: machine.vmallocStartPage + machine.vmallocPages }
  switch (model.addressSpace) {
    case 'gap-first-fit':
      return new GapFirstFitSpace(bounds)
    case 'next-fit':
      return new NextFitSpace(bounds)
    case 'free-tree':
      return new FreeTreeSpace(bounds, machine.wordBits, model.treePadding)
  }
}
