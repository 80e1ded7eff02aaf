import type { Allocator } from '../../allocator/allocator.ts'
import { vmapMaxAlloc } from '../../../shared/machine.ts'
import { FAILED, type RequestSink } from '../../../shared/requests.ts'
import type { BlockLog } from './block-log.ts'
import type { EventCounter } from './event-strip.ts'
import type { LineLog } from './line-log.ts'
import { LiveMappings } from './live-mappings.ts'
import { NumberTable } from './number-table.ts'
import type { RequestLog } from './request-log.ts'

/** Where it is written. */
export interface RecordedParts {
  readonly log: RequestLog
  readonly blocks: BlockLog
  readonly events: EventCounter
  /** Of a C text alone. */
  readonly lines: LineLog | undefined
}

/** Passes requests on to an allocator and writes those that it carried out into a log. */
export class RecordingSink implements RequestSink {
  /** The mappings that live, for a replay that starts here. */
  readonly live = new LiveMappings()
  readonly #target: Allocator
  readonly #log: RequestLog
  readonly #lines: LineLog | undefined
  readonly #blocks: BlockLog
  readonly #events: EventCounter
  readonly #maxAlloc: number
  /** From the first page of a mapping, counted from 1, to the operation that made it; not of the last mapping made. */
  readonly #operationAt = new NumberTable()
  #lastPage = FAILED
  #lastOperation = 0
  #cpu = 0
  #targetCpu = 0
  // Counters after the last operation
  #freed = 0
  #flushes = 0

  constructor(target: Allocator, { log, lines, blocks, events }: RecordedParts) {
    this.#target = target
    this.#log = log
    this.#lines = lines
    this.#blocks = blocks
    this.#events = events
    this.#maxAlloc = vmapMaxAlloc(target.machine.wordBits)
  }

  /** The move is made together with the next operation, as a replay makes it. */
  setCpu(cpu: number): void {
    this.#cpu = cpu
  }

  mapRam(pages: number): number {
    this.#move()
    const startPage = this.#target.mapRam(pages)
    this.#log.map(pages)
    this.#made()
    if (startPage === FAILED) this.#failed()
    else this.#mapped(startPage, pages)
    if (startPage !== FAILED && pages <= this.#maxAlloc) this.#noteNewBlock(startPage)
    return startPage
  }

  unmapRam(startPage: number, pages: number): void {
    this.#move()
    this.#target.unmapRam(startPage, pages)
    this.#log.unmap(this.#unmapped(startPage))
    this.#made()
  }

  vmap(pages: number): number {
    this.#move()
    const startPage = this.#target.vmap(pages)
    this.#log.vmap(pages)
    this.#made()
    if (startPage === FAILED) this.#failed()
    else this.#mapped(startPage, pages)
    return startPage
  }

  vunmap(startPage: number): void {
    this.#move()
    this.#target.vunmap(startPage)
    this.#log.vunmap(this.#unmapped(startPage))
    this.#made()
  }

  unmapAliases(): void {
    this.#move()
    this.#target.unmapAliases()
    this.#log.aliases()
    this.#made()
  }

  /** A block is allocated for a map, which gets its first slot; no slot is ever handed out twice. */
  #noteNewBlock(startPage: number): void {
    const { view } = this.#target
    const block = view.blockIndexAt(startPage)
    if (startPage !== view.firstPageOf(block)) return
    this.#blocks.add(this.#log.operations, block)
    this.#events.add('allocated', this.#log.operations, 1)
  }

  /** An operation was made and written. */
  #made(): void {
    this.#lines?.write()
    const { view } = this.#target
    const freed = view.count('free_vmap_block')
    const flushes = view.count('tlb_flushes')
    if (freed === this.#freed && flushes === this.#flushes) return
    const { operations } = this.#log
    this.#events.add('freed', operations, freed - this.#freed)
    this.#events.add('flushed', operations, flushes - this.#flushes)
    this.#freed = freed
    this.#flushes = flushes
  }

  #failed(): void {
    this.#events.add('failed', this.#log.operations, 1)
  }

  #move(): void {
    if (this.#cpu === this.#targetCpu) return
    this.#target.setCpu(this.#cpu)
    this.#log.setCpu(this.#cpu)
    this.#targetCpu = this.#cpu
  }

  #mapped(startPage: number, pages: number): void {
    if (this.#lastPage !== FAILED) this.#operationAt.add(this.#lastPage + 1, this.#lastOperation, 0)
    this.#lastPage = startPage
    this.#lastOperation = this.#log.operations
    this.live.add(this.#lastOperation, startPage, pages)
  }

  /** Operations since the one that made the mapping, the present one counted. */
  #unmapped(startPage: number): number {
    let operation = this.#lastOperation
    if (startPage === this.#lastPage) this.#lastPage = FAILED
    else if (this.#operationAt.take(startPage + 1)) operation = this.#operationAt.first
    else throw new Error(`Page ${startPage} was unmapped and is the start of no mapping.`)
    this.live.take(operation)
    return this.#log.operations + 1 - operation
  }
}
