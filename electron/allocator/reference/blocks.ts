import type { VmapArea } from './areas.ts'
import { VmapBlock } from './block.ts'
import type { Counts } from './counts.ts'
import { DirtyBitmap, DirtyMinMax } from './dirty-slots.ts'
import type { FlushRange } from './flush-range.ts'
import { FreeList } from './free-list.ts'
import { slotsFor } from './machine.ts'
import type { ReferenceMachine, ReferenceModel } from './machine.ts'
import type { PendingAreas } from './pending-areas.ts'

/** All blocks: the free list of each CPU, and the index by which any CPU finds any block (`vmap_block_tree`). */
export class VmapBlocks {
  readonly #machine: ReferenceMachine
  readonly #model: ReferenceModel
  readonly #counts: Counts
  readonly #pending: PendingAreas
  readonly #allocateArea: () => VmapArea | undefined
  readonly #freeLists: FreeList[]
  readonly #blocks = new Map<number, VmapBlock>()

  /** `allocateArea` asks for the area of a new block; it may purge blocks of these lists while it looks. */
  constructor(
    machine: ReferenceMachine,
    model: ReferenceModel,
    counts: Counts,
    pending: PendingAreas,
    allocateArea: () => VmapArea | undefined,
  ) {
    this.#machine = machine
    this.#model = model
    this.#counts = counts
    this.#pending = pending
    this.#allocateArea = allocateArea
    this.#freeLists = Array.from({ length: machine.nrCpus }, () => new FreeList())
  }

  /** `vb_alloc`: the absolute page of the first slot taken, or undefined when there is no space for a new block. */
  map(cpu: number, pages: number): number | undefined {
    const slots = slotsFor(pages)
    for (;;) {
      const block = this.#search(cpu, slots)
      if (block !== undefined) return this.#takeFrom(block, slots)

      const newBlock = this.#newBlock(cpu)
      if (newBlock === undefined) return undefined
      if (this.#model.afterNewBlock === 'occupy') return this.#takeFrom(newBlock, slots)
    }
  }

  /** The first block from HEAD with enough free slots; each one looked at is counted. */
  #search(cpu: number, slots: number): VmapBlock | undefined {
    for (const block of this.#freeList(cpu)) {
      this.#counts.nodes_visited += 1
      if (block.free >= slots) return block
    }
    return undefined
  }

  /** The block leaves the list with its last free slot: now, not when it is unmapped. */
  #takeFrom(block: VmapBlock, slots: number): number {
    const offset = block.take(slots)
    if (block.free === 0) this.#freeList(block.cpu).remove(block)
    return block.area.start + offset
  }

  /** `new_vmap_block`. The CPU's list may have lost blocks to a purge when it returns, with or without a block. */
  #newBlock(cpu: number): VmapBlock | undefined {
    const area = this.#allocateArea()
    if (area === undefined) return undefined
    const { bbmapBits, wordBits } = this.#machine
    const dirtySlots = this.#model.dirtyTracking === 'bitmap' ? new DirtyBitmap(bbmapBits, wordBits) : new DirtyMinMax()
    const block = new VmapBlock(area, cpu, dirtySlots)
    this.#blocks.set(this.#indexOf(area.start), block)
    if (this.#model.newBlockAt === 'head') this.#freeList(cpu).addHead(block)
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
    this.#pending.add(block.area)
  }

  /** `purge_fragmented_blocks_allcpus`: throws away every block that has no slot in use, CPU by CPU. */
  purgeFragments(): void {
    for (const list of this.#freeLists) {
      const fragments = [...list].filter((block) => block.isFragment)
      for (const block of fragments) {
        block.writeOff()
        list.remove(block)
      }
      for (const block of fragments) {
        this.#counts.fragmented_blocks_purged += 1
        this.#freeBlock(block)
      }
    }
  }

  /** First half of `vm_unmap_aliases`, up to 6.1: dirty ranges of the listed blocks only; full ones are missed. */
  noteDirtyRanges(range: FlushRange): void {
    for (const list of this.#freeLists) {
      for (const block of list) {
        const dirty = block.dirtySlots.span()
        if (dirty !== undefined) range.cover(block.area.start + dirty.first, block.area.start + dirty.end)
      }
    }
  }

  /** For each CPU, HEAD to TAIL: [block index, free, dirty]. */
  snapshot(): [number, number, number][][] {
    return this.#freeLists.map((list) =>
      Array.from(list, (block) => [this.#indexOf(block.area.start), block.free, block.dirty]),
    )
  }

  /** `addr_to_vb_idx`, counted from the block boundary at or below VMALLOC_START. */
  #indexOf(page: number): number {
    const { bbmapBits, vmallocStartPage } = this.#machine
    return Math.floor(page / bbmapBits) - Math.floor(vmallocStartPage / bbmapBits)
  }

  #freeList(cpu: number): FreeList {
    const list = this.#freeLists[cpu]
    if (list === undefined) throw new RangeError(`CPU ${cpu} is not one of ${this.#freeLists.length}`)
    return list
  }
}
