import type { VmapArea } from './area.ts'
import type { DirtySlots } from './dirty-slots.ts'
import type { SlotPlacement } from './slot-placement.ts'

/**
 * A `vmap_block`: an area cut into page slots. Each is handed out once; `free` counts those never handed
 * out, `dirty` those given back. The rest is in use.
 */
export class VmapBlock {
  readonly area: VmapArea
  /** The CPU that created it, and whose free list holds it while `free` is above zero. */
  readonly cpu: number
  readonly slots: number
  readonly dirtySlots: DirtySlots
  readonly #placement: SlotPlacement
  free: number
  dirty = 0
  /** Neighbours in the free list, towards HEAD and towards TAIL. */
  previous: VmapBlock | undefined
  next: VmapBlock | undefined
  /** Maps in use: first slot to number of slots. The kernel trusts its callers instead. */
  readonly #inUse = new Map<number, number>()

  constructor(area: VmapArea, cpu: number, placement: SlotPlacement, dirtySlots: DirtySlots) {
    this.area = area
    this.cpu = cpu
    this.slots = area.end - area.start
    this.dirtySlots = dirtySlots
    this.#placement = placement
    this.free = this.slots
  }

  /** Hands out slots; returns the first one. */
  take(slots: number): number {
    if (slots > this.free) throw new Error(`${slots} slots asked of a block with ${this.free} free`)
    const offset = this.#placement.take(slots)
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

  /** All that later answers depend on, as text. */
  state(): string {
    const inUse = [...this.#inUse].sort(([offset], [other]) => offset - other).map((map) => map.join('+'))
    const dirty = this.dirtySlots.span()
    const slots = `${this.free} ${this.dirty} ${dirty?.first ?? ''}-${dirty?.end ?? ''} ${this.#placement.state()}`
    return `${this.area.start} on ${this.cpu}: ${slots} ${inUse.join()}`
  }
}
