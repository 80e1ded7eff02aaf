import type { Sampler } from './sampler.ts'

/** Time between two looks at the run's control that is aimed at. */
const LOOK_INTERVAL_MS = 5
/** Operations to the first look. */
const FIRST_LOOK_OPERATIONS = 1024
/** Most operations between two looks, whatever they cost: they may suddenly cost many times as much, up to some microseconds. */
const LOOK_OPERATIONS_MAX = 8192

export interface CheckpointOptions {
  /** Asked at every look; true ends the run. It may wait, as long as `clock` stands still meanwhile. */
  readonly cancelled: () => boolean
  /** Told at every look. */
  readonly onProgress: (operationsDone: number) => void
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number
}

/** Who closes points on the way. */
export type PointEnds = Pick<Sampler, 'advance' | 'operationsToPointEnd'>

/** For a run without series. */
export const NO_POINTS: PointEnds = { advance: () => undefined, operationsToPointEnd: LOOK_OPERATIONS_MAX }

/** Thrown through the request source to end a run early; nobody but `execute` catches it. */
export class EndOfRun extends Error {
  override readonly name = 'EndOfRun'
}

/**
 * Where a run stops between two operations: to close a point of the sampler, and at least every 5 ms or so to look whether it
 * goes on. The number of operations between two looks follows their measured cost: it falls at once and at most doubles from
 * one look to the next. A single operation is interrupted only where a purge frees many blocks.
 */
export class Checkpoint {
  /** Made so far. */
  operations = 0
  readonly #sampler: PointEnds
  readonly #options: CheckpointOptions
  #interval = FIRST_LOOK_OPERATIONS
  #nextLook = FIRST_LOOK_OPERATIONS
  #lastLook = 0
  #lastLookMs: number

  constructor(sampler: PointEnds, options: CheckpointOptions) {
    this.#sampler = sampler
    this.#options = options
    this.#lastLookMs = options.clock()
  }

  /** Counts `operations` more; answers how many may be made until the next call, at least 1. @throws {EndOfRun} */
  reached(operations: number): number {
    this.operations += operations
    this.#sampler.advance(operations)
    if (this.operations >= this.#nextLook) this.look()
    return Math.min(this.#sampler.operationsToPointEnd, this.#nextLook - this.operations)
  }

  /** Makes the next `reached` look. */
  lookNext(): void {
    this.#nextLook = this.operations
  }

  /** @throws {EndOfRun} when the run was cancelled. */
  look(): void {
    const nowMs = this.#options.clock()
    this.#adapt(this.operations - this.#lastLook, nowMs - this.#lastLookMs)
    this.#lastLook = this.operations
    this.#lastLookMs = nowMs
    this.#nextLook = this.operations + this.#interval
    if (this.#options.cancelled()) throw new EndOfRun()
    this.#options.onProgress(this.operations)
  }

  /** Looks in the middle of an operation. @throws {EndOfRun} when the run was cancelled. */
  lookWithin(): void {
    if (this.#options.cancelled()) throw new EndOfRun()
  }

  #adapt(operations: number, elapsedMs: number): void {
    if (operations === 0) return
    const fitting = elapsedMs > 0 ? Math.floor((operations * LOOK_INTERVAL_MS) / elapsedMs) : LOOK_OPERATIONS_MAX
    this.#interval = Math.max(1, Math.min(fitting, 2 * this.#interval, LOOK_OPERATIONS_MAX))
  }
}
