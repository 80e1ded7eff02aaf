import type { BlockFreeCause, BlockListener, PurgeCause } from '../../allocator/events.ts'
import type { Choice } from '../../../shared/replay.ts'
import type { Playback } from './playback.ts'

const EVENT = { allocated: 1, filled: 2, freed: 3, purged: 4 } as const
const FREE_CAUSES: readonly BlockFreeCause[] = ['full-and-unmapped', 'fragment-purge']
const PURGE_CAUSES: readonly PurgeCause[] = ['allocation-failure', 'lazy-threshold', 'aliases']
/** Whether a new block has others beside it, and on which side: without others, both ends are one. */
const PLACES = { alone: 0, head: 1, tail: 2 } as const

/** One of the allocators that are followed: what its last operation did, in terms that do not depend on addresses. */
export class LockstepSide implements BlockListener {
  readonly playback: Playback
  /** Blocks allocated so far. */
  allocated = 0
  /** Of the last operation. */
  hasPurged = false
  isNew = false
  /** The block that served the last operation; 0 when none did. */
  ordinal = 0
  slot = 0
  /** What happened to blocks in the last operation, as numbers that are equal when the same happened. */
  readonly events: number[] = []
  readonly #ordinals = new Map<number, number>()
  // Mostly the block of the operation before serves again
  #lastIndex = -1
  #lastOrdinal = 0

  constructor(playback: Playback) {
    this.playback = playback
    playback.allocator.listener = this
  }

  /** Carries out the request that was read. */
  make(): void {
    if (this.events.length > 0) this.events.length = 0
    this.hasPurged = false
    this.isNew = false
    this.playback.make()
    this.ordinal = 0
    const index = this.playback.kind === 'map' ? this.playback.block : -1
    if (index < 0) return
    if (index !== this.#lastIndex) {
      this.#lastIndex = index
      this.#lastOrdinal = this.#ordinals.get(index) ?? 0
    }
    this.ordinal = this.#lastOrdinal
    this.slot = this.playback.slot
  }

  /** What the last operation, a map, was given. */
  get choice(): Choice {
    if (this.playback.hasFailed) return { kind: 'failed' }
    if (this.ordinal === 0) return { kind: 'area' }
    return { kind: 'slots', ordinal: this.ordinal, slot: this.slot, isNew: this.isNew }
  }

  /** Whether both were given the same. */
  choseAs({ ordinal, slot, playback: { hasFailed } }: LockstepSide): boolean {
    if (hasFailed !== this.playback.hasFailed || ordinal !== this.ordinal) return false
    return ordinal === 0 || slot === this.slot
  }

  /** Whether the same happened to the blocks of both. */
  didAs({ events }: LockstepSide): boolean {
    return events.length === this.events.length && events.every((event, place) => event === this.events[place])
  }

  blockAllocated(blockIndex: number, cpu: number): void {
    const { allocator } = this.playback
    this.allocated += 1
    this.isNew = true
    this.#ordinals.set(blockIndex, this.allocated)
    this.#lastIndex = -1
    const place = allocator.freeListLength(cpu) === 1 ? 'alone' : allocator.model.newBlockAt
    this.events.push(EVENT.allocated, this.allocated, PLACES[place])
  }

  blockFilled(blockIndex: number): void {
    this.events.push(EVENT.filled, this.#ordinals.get(blockIndex) ?? 0)
  }

  blockFreed(blockIndex: number, cause: BlockFreeCause): void {
    this.events.push(EVENT.freed, this.#ordinals.get(blockIndex) ?? 0, FREE_CAUSES.indexOf(cause))
    this.#ordinals.delete(blockIndex)
    this.#lastIndex = -1
  }

  areaPending(): void {
    // It follows from a freed block, or from the unmap of an area
  }

  purged(cause: PurgeCause): void {
    this.hasPurged = true
    this.events.push(EVENT.purged, PURGE_CAUSES.indexOf(cause))
  }
}
