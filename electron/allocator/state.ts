import { COUNT_NAMES, type CountName } from '../../shared/counts.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { vmapMaxAlloc, type Machine } from '../../shared/machine.ts'
import { AreaTable } from './area-table.ts'
import { BlockIndex } from './block-index.ts'
import { BlockTable } from './block-table.ts'
import type { BlockListener } from './events.ts'
import { FreeLists } from './free-lists.ts'

/** The tables that the parts of an allocator share: areas, blocks, free lists, counters. */
export class AllocatorState {
  readonly machine: Machine
  readonly model: KernelModel
  /** Who is told of blocks and address space. */
  listener: BlockListener | undefined
  readonly counts: Record<CountName, number>
  /** Slots of a block, which is its size in pages. */
  readonly blockPages: number
  readonly areas = new AreaTable()
  readonly blocks: BlockTable
  readonly blockAt = new BlockIndex()
  readonly lists: FreeLists

  constructor(machine: Machine, model: KernelModel) {
    this.machine = machine
    this.model = model
    this.counts = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as Record<CountName, number>
    this.blockPages = machine.bbmapBits
    this.blocks = new BlockTable(machine.bbmapBits, machine.wordBits, model.dirtyTracking)
    this.lists = new FreeLists(this.blocks, machine.nrCpus, vmapMaxAlloc(machine.wordBits), model)
  }

  /** Everything in the tables, as plain data. */
  get tables() {
    const { counts, areas, blocks, blockAt, lists } = this
    return { counts, areas: areas.state, blocks: blocks.state, blockAt: blockAt.state, lists: lists.state }
  }

  set tables({ counts, areas, blocks, blockAt, lists }) {
    Object.assign(this.counts, counts)
    this.areas.state = areas
    this.blocks.state = blocks
    this.blockAt.state = blockAt
    this.lists.state = lists
  }
}
