import type { Allocator } from '../../allocator/allocator.ts'
import type { BlockFreeCause, BlockListener, PurgeCause } from '../../allocator/events.ts'
import { vmapMaxAlloc } from '../../../shared/machine.ts'
import {
  EVENTS_SHOWN_MAX,
  type ReplayedOperation,
  type ReplayEvent,
  type ServedSlots,
  type Walk,
} from '../../../shared/replay.ts'
import { FAILED } from '../../../shared/requests.ts'
import type { Playback } from './playback.ts'
import { walkOf } from './walk.ts'

/** Makes one operation of a playback and writes down what happens: the events, and which blocks a map looked at. */
export class OperationWatch implements BlockListener {
  readonly #playback: Playback
  readonly #maxAlloc: number
  #events: ReplayEvent[] = []
  #eventsTotal = 0
  #walks: Walk[] = []
  #newBlock: number | undefined

  constructor(playback: Playback) {
    this.#playback = playback
    this.#maxAlloc = vmapMaxAlloc(playback.allocator.machine.wordBits)
  }

  /** `undefined` after the last operation. */
  next(line: (operation: number) => number | undefined): ReplayedOperation | undefined {
    const { allocator } = this.#playback
    if (!this.#playback.read()) return undefined
    this.#events = []
    this.#eventsTotal = 0
    this.#newBlock = undefined
    this.#walks = this.#needsSlots ? [this.#walk()] : []
    allocator.listener = this
    this.#playback.make()
    allocator.listener = undefined
    const { operation, kind, cpu, pages, startPage, mappedBy } = this.#playback
    return {
      ...{ operation, kind, cpu, pages, line: line(operation) },
      startPage: startPage === FAILED ? undefined : startPage,
      mappedBy: mappedBy === 0 ? undefined : mappedBy,
      served: this.#served(),
      visitedNodes: kind === 'map' || kind === 'vmap' ? allocator.visitedNodes : 0,
      walks: this.#walks,
      events: this.#events,
      eventsTotal: this.#eventsTotal,
    }
  }

  blockAllocated(block: number, cpu: number): void {
    const { newBlockAt, afterNewBlock } = this.#model
    this.#newBlock = block
    this.#note({ kind: 'block-allocated', block, cpu, end: newBlockAt })
    if (afterNewBlock === 'search-again') this.#walks.push(this.#walk())
  }

  blockFilled(block: number): void {
    this.#note({ kind: 'block-filled', block })
  }

  blockFreed(block: number, cause: BlockFreeCause, freeSlots: number): void {
    this.#note({ kind: 'block-freed', block, cause, freeSlots })
  }

  areaPending(): void {
    // It follows from a freed block, or from the unmap of an area
  }

  purged(cause: PurgeCause, flushedPages: number): void {
    this.#note({ kind: 'purge', cause, flushedPages })
  }

  get #model(): Allocator['model'] {
    return this.#playback.allocator.model
  }

  /** A vm_map_ram that a block serves, if there is address space. */
  get #needsSlots(): boolean {
    const { kind, argument } = this.#playback
    return kind === 'map' && argument >= 1 && argument <= this.#maxAlloc
  }

  #walk(): Walk {
    const { allocator, cpu, argument } = this.#playback
    const order = 32 - Math.clz32(argument - 1)
    return walkOf(allocator.view, this.#model, cpu, order, allocator.freeListLength(cpu))
  }

  #served(): ServedSlots | undefined {
    const { block, slot, pages } = this.#playback
    if (block < 0) return undefined
    const slots = 1 << (32 - Math.clz32(pages - 1))
    return { block, slot, slots, isNew: block === this.#newBlock }
  }

  #note(event: ReplayEvent): void {
    this.#eventsTotal += 1
    if (this.#events.length < EVENTS_SHOWN_MAX) this.#events.push(event)
  }
}
