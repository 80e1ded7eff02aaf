import type { VmapArea } from './areas.ts'
import type { DirtySlots } from './dirty-slots.ts'

/**
 * A `vmap_block`: an area cut into page slots. Slots are handed out from the bottom up, each once; `free` counts those
 * never handed out, `dirty` those given back. The rest is in use.
 */
export class VmapBlock {
  readonly area: VmapArea
  /** The CPU that created it, and whose free list holds it while `free` is above zero. */
  readonly cpu: number
  readonly slots: number
  readonly dirtySlots: DirtySlots
  free: number
  dirty = 0
  /** Neighbours in the free list, towards HEAD and towards TAIL. */
  previous: VmapBlock | undefined
  next: VmapBlock | undefined
  /** Maps in use: first slot to number of slots. The kernel trusts its callers instead. */
  readonly #inUse = new Map<number, number>()

  constructor(area: VmapArea, cpu: number, dirtySlots: DirtySlots) {
    this.area = area
    this.cpu = cpu
    this.slots = area.end - area.start
    this.dirtySlots = dirtySlots
    this.free = this.slots
  }

  /** Hands out the lowest free slots, whatever their alignment (since 3fcd76e8028e); returns the first one. */
  take(slots: number): number {
    if (slots > this.free) throw new Error(`${slots} slots asked of a block with ${this.free} free`)
    const offset = this.slots - this.free
    this.free -= slots
    this.#inUse.set(offset, slots)
    return offset
  }

  giveBack(offset: number, slots: number): void {
    if (this.#inUse.get(offset) !== slots) {
      throw new Error(`no map of ${slots} slots at slot ${offset} of the block at page ${this.area.start}`)
    }
    this.#inUse.delete(offset)
    this.dirty += slots
    this.dirtySlots.mark(offset, slots)
  }

  /** Every slot was handed out and given back. */
  get isUsedUp(): boolean {
    return this.dirty === this.slots
  }

  /** No slot is in use, yet some were never handed out (`purge_fragmented_blocks`). */
  get isFragment(): boolean {
    return this.free + this.dirty === this.slots && !this.isUsedUp
  }

  /** Makes a fragment look used up, so that nobody takes from it any more. */
  writeOff(): void {
    this.free = 0
    this.dirty = this.slots
  }
}
