import type { RequestSink } from '../../shared/requests.ts'
import type { Checkpoint } from './checkpoint.ts'

/** Changes of CPU are no operations; a stream that makes nothing else is still looked after. */
const MOVES_PER_LOOK = 4096

/**
 * Passes every call on and stops at the checkpoint after as many operations as that allows, so that a source may issue its
 * requests in plain loops. Costs a decrement and a comparison a call.
 */
export class PacedSink implements RequestSink {
  readonly #target: RequestSink
  readonly #checkpoint: Checkpoint
  /** Operations that the checkpoint allowed, and how many of them are left. */
  #allowed: number
  #left: number
  #moves = 0

  constructor(target: RequestSink, checkpoint: Checkpoint) {
    this.#target = target
    this.#checkpoint = checkpoint
    this.#allowed = checkpoint.reached(0)
    this.#left = this.#allowed
  }

  setCpu(cpu: number): void {
    this.#target.setCpu(cpu)
    this.#moves += 1
    if (this.#moves === MOVES_PER_LOOK) this.look()
  }

  mapRam(pages: number): number {
    const startPage = this.#target.mapRam(pages)
    this.#left -= 1
    if (this.#left === 0) this.stop()
    return startPage
  }

  unmapRam(startPage: number, pages: number): void {
    this.#target.unmapRam(startPage, pages)
    this.#left -= 1
    if (this.#left === 0) this.stop()
  }

  vmap(pages: number): number {
    const startPage = this.#target.vmap(pages)
    this.#left -= 1
    if (this.#left === 0) this.stop()
    return startPage
  }

  vunmap(startPage: number): void {
    this.#target.vunmap(startPage)
    this.#left -= 1
    if (this.#left === 0) this.stop()
  }

  unmapAliases(): void {
    this.#target.unmapAliases()
    this.#left -= 1
    // It visits every block, however many there are
    this.look()
  }

  /** Looks after the call that is being made: it takes long. */
  lookSoon(): void {
    this.#checkpoint.lookNext()
    this.#allowed -= this.#left - 1
    this.#left = 1
  }

  /** Looks in the middle of a call. @throws {EndOfRun}, after which the allocator is of no use any more */
  lookWithin(): void {
    this.#checkpoint.lookWithin()
  }

  /** Brings the checkpoint up to date; to be called when the source has issued its last request. */
  stop(): void {
    const done = this.#allowed - this.#left
    this.#allowed = this.#checkpoint.reached(done)
    this.#left = this.#allowed
  }

  /** Looks now, also between two calls: what takes long need not be a call. @throws {EndOfRun} */
  look(): void {
    this.#moves = 0
    this.#checkpoint.lookNext()
    this.stop()
  }
}
