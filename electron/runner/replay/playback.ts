import { Allocator } from '../../allocator/allocator.ts'
import { FAILED } from '../../../shared/requests.ts'
import type { KernelModel } from '../../../shared/kernel-model.ts'
import { vmapMaxAlloc, type Machine } from '../../../shared/machine.ts'
import type { OperationKind } from '../../../shared/replay.ts'
import { LiveMappings } from './live-mappings.ts'
import type { RequestLog } from './request-log.ts'
import { RequestReader } from './request-reader.ts'

/** What is kept of a moment, to go on from there. */
export interface PlaybackSnapshot {
  readonly allocator: Allocator['state']
  readonly live: LiveMappings['state']
}

/** Makes the operations of a log again, one at a time, on an allocator of its own. */
export class Playback {
  readonly allocator: Allocator
  readonly live = new LiveMappings()
  readonly #reader: RequestReader
  readonly #maxAlloc: number
  #cpu = -1
  /** Of the last operation: what it mapped or unmapped; `FAILED` for a map that failed. */
  startPage = FAILED
  /** Of the last operation: as asked for, or as mapped; 0 for vm_unmap_aliases. */
  pages = 0
  /** The operation that made what the last one unmapped; 0 when it unmapped nothing. */
  mappedBy = 0

  constructor(log: RequestLog, machine: Machine, model: KernelModel) {
    this.allocator = new Allocator(machine, model)
    this.#maxAlloc = vmapMaxAlloc(machine.wordBits)
    this.#reader = new RequestReader(log)
    this.#reader.seek(0)
  }

  /** Operations made. */
  get operation(): number {
    return this.#reader.operation
  }

  /** Of the operation that `read` has read. */
  get kind(): OperationKind {
    return this.#reader.kind
  }

  /** Pages of a map, operations since its map of an unmap: what tells two requests apart. */
  get argument(): number {
    return this.#reader.argument
  }

  get cpu(): number {
    return this.#reader.cpu
  }

  /** Index of the block whose slots the last operation mapped or unmapped, or -1. */
  get block(): number {
    const isOfSlots = (this.kind === 'map' || this.kind === 'unmap') && this.pages <= this.#maxAlloc
    return isOfSlots && this.startPage !== FAILED ? this.allocator.view.blockIndexAt(this.startPage) : -1
  }

  /** The first of those slots, or -1. */
  get slot(): number {
    const { block } = this
    return block < 0 ? -1 : this.startPage - this.allocator.view.firstPageOf(block)
  }

  /** Whether the last operation was a map and failed. */
  get hasFailed(): boolean {
    return (this.kind === 'map' || this.kind === 'vmap') && this.startPage === FAILED
  }

  /** Goes to the moment after `operation`, of which `snapshot` is; nobody else may have it. */
  restore(operation: number, { allocator, live }: PlaybackSnapshot): void {
    this.allocator.state = allocator
    this.live.state = live
    this.#reader.seek(operation)
    this.#cpu = -1
  }

  /** Reads the next request and moves to its CPU, so that what it will meet can be looked at. False after the last one. */
  read(): boolean {
    if (!this.#reader.next()) return false
    const { cpu } = this.#reader
    if (cpu !== this.#cpu) this.allocator.setCpu(cpu)
    this.#cpu = cpu
    return true
  }

  /** Carries out the request that was read. */
  make(): void {
    const { kind, argument } = this.#reader
    this.mappedBy = 0
    switch (kind) {
      case 'map':
        this.#mapped(this.allocator.mapRam(argument))
        break
      case 'vmap':
        this.#mapped(this.allocator.vmap(argument))
        break
      case 'unmap':
        this.#takeMapping()
        this.allocator.unmapRam(this.startPage, this.pages)
        break
      case 'vunmap':
        this.#takeMapping()
        this.allocator.vunmap(this.startPage)
        break
      case 'aliases':
        this.startPage = FAILED
        this.pages = 0
        this.allocator.unmapAliases()
    }
  }

  /** Makes operations up to `operation`. */
  goTo(operation: number): void {
    while (this.#reader.operation < operation && this.read()) this.make()
  }

  #mapped(startPage: number): void {
    const { operation, argument } = this.#reader
    this.startPage = startPage
    this.pages = argument
    if (startPage !== FAILED) this.live.add(operation, startPage, argument)
  }

  #takeMapping(): void {
    const { operation, argument } = this.#reader
    this.mappedBy = operation - argument
    if (!this.live.take(this.mappedBy)) {
      throw new Error(`Operation ${operation} unmaps what operation ${this.mappedBy} mapped, and that does not live.`)
    }
    this.startPage = this.live.startPage
    this.pages = this.live.pages
  }
}
