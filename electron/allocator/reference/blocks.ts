import type { VmapArea } from './area.ts'
import { searchFreeList } from './block-search.ts'
import { VmapBlock } from './block.ts'
import type { Counts } from './counts.ts'
import { DirtyBitmap, DirtyMinMax } from './dirty-slots.ts'
import { FreeList } from './free-list.ts'
import { slotsFor } from './machine.ts'
import type { ReferenceMachine } from './machine.ts'
import type { ReferenceModel } from './model.ts'
import { AlignedPlacement, BumpPlacement } from './slot-placement.ts'

/** Where blocks get their areas and leave them. */
export interface BlockAreas {
  /** An area for a new block of this CPU; blocks of any free list may be purged on the way. */
  allocate(cpu: number): VmapArea | undefined
  free(area: VmapArea): void
}

/** All blocks: the free list of each CPU, and the index by which any CPU finds any block (`vmap_block_tree`). */
export class VmapBlocks {
  readonly #machine: ReferenceMachine
  readonly #model: ReferenceModel
  readonly #counts: Counts
  readonly #areas: BlockAreas
  readonly freeLists: readonly FreeList[]
  /** By block index. */
  readonly #blocks = new Map<number, VmapBlock>()

  constructor(machine: ReferenceMachine, model: ReferenceModel, counts: Counts, areas: BlockAreas) {
    this.#machine = machine
    this.#model = model
    this.#counts = counts
    this.#areas = areas
    this.freeLists = Array.from({ length: machine.nrCpus }, () => new FreeList())
  }

  /** `vb_alloc`: the absolute page of the first slot taken, or undefined when there is no space for a new block. */
  map(cpu: number, pages: number): number | undefined {
    const slots = slotsFor(pages)
    const list = this.#freeList(cpu)
    for (;;) {
      const block = searchFreeList(this.#model.search, list, slots, this.#counts)
      if (block !== undefined) return this.#takeFrom(block, slots)

      const newBlock = this.#newBlock(cpu)
      if (newBlock === undefined) return undefined
      if (this.#model.afterNewBlock === 'occupy') return this.#takeFrom(newBlock, slots)
    }
  }

  /** The block leaves the list with its last free slot: now, not when it is unmapped. */
  #takeFrom(block: VmapBlock, slots: number): number {
    const list = this.#freeList(block.cpu)
    const offset = block.take(slots)
    list.served(block)
    if (block.free === 0) list.remove(block)
    return block.area.start + offset
  }

  /** `new_vmap_block`. The CPU's list may have lost blocks to a purge when it returns, with or without a block. */
  #newBlock(cpu: number): VmapBlock | undefined {
    const area = this.#areas.allocate(cpu)
    if (area === undefined) return undefined
    const { bbmapBits, wordBits } = this.#machine
    const { slotPlacement, dirtyTracking, newBlockAt } = this.#model
    const placement = slotPlacement === 'aligned' ? new AlignedPlacement(bbmapBits) : new BumpPlacement()
    const dirtySlots = dirtyTracking === 'bitmap' ? new DirtyBitmap(bbmapBits, wordBits) : new DirtyMinMax()
    const block = new VmapBlock(area, cpu, placement, dirtySlots)
    this.#blocks.set(this.#indexOf(area.start), block)
    if (newBlockAt === 'head') this.#freeList(cpu).addHead(block)
    else this.#freeList(cpu).addTail(block)
    return block
  }

  /** `vb_free`, from any CPU: only a block whose every slot was used and given back is freed. */
  unmap(page: number, pages: number): void {
    const block = this.#blocks.get(this.#indexOf(page))
    if (block === undefined) throw new Error(`no block holds page ${page}, so no map of ${pages} pages is there`)
    block.giveBack(page - block.area.start, slotsFor(pages))
    if (block.isUsedUp) this.#freeBlock(block)
  }

  /** `free_vmap_block`: the block is gone, its area becomes pending. It is on no free list. */
  #freeBlock(block: VmapBlock): void {
    this.#blocks.delete(this.#indexOf(block.area.start))
    this.#counts.free_vmap_block += 1
    this.#areas.free(block.area)
  }

  /** The first half of throwing fragments away: nobody takes from them any more. */
  writeOff(fragment: VmapBlock): void {
    fragment.writeOff()
    this.#freeList(fragment.cpu).remove(fragment)
  }

  /** The second half (`free_purged_blocks`). */
  freeWrittenOff(fragments: readonly VmapBlock[]): void {
    for (const block of fragments) {
      this.#counts.fragmented_blocks_purged += 1
      this.#freeBlock(block)
    }
  }

  /** Every block, listed or not, as the xarrays of 6.5 hold them (062eacf57ad9): by hashed CPU, then by address. */
  inHashOrder(): VmapBlock[] {
    const { bbmapBits, nrCpus } = this.#machine
    const hashedCpu = (block: VmapBlock): number => Math.floor(block.area.start / bbmapBits) % nrCpus
    return [...this.#blocks.values()].sort((a, b) => hashedCpu(a) - hashedCpu(b) || a.area.start - b.area.start)
  }

  /** For each CPU, HEAD to TAIL: [block index, free, dirty]. */
  snapshot(): [number, number, number][][] {
    return this.freeLists.map((list) =>
      Array.from(list, (block) => [this.#indexOf(block.area.start), block.free, block.dirty]),
    )
  }

  /** All blocks, and the order of the free lists, as text. */
  state(): string {
    const byIndex = [...this.#blocks].sort(([index], [other]) => index - other)
    const lists = this.freeLists.map((list) => list.state(this.#model.search === 'next-fit'))
    return `${byIndex.map(([, block]) => block.state()).join('; ')} ${lists.join('; ')}`
  }

  /** `addr_to_vb_idx`, counted from the block boundary at or below VMALLOC_START. */
  #indexOf(page: number): number {
    const { bbmapBits, vmallocStartPage } = this.#machine
    return Math.floor(page / bbmapBits) - Math.floor(vmallocStartPage / bbmapBits)
  }

  #freeList(cpu: number): FreeList {
    const list = this.freeLists[cpu]
    if (list === undefined) throw new RangeError(`CPU ${cpu} is not one of ${this.freeLists.length}`)
    return list
  }
}
