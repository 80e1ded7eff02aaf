import type { Allocator } from '../../allocator/allocator.ts'
import { KERNEL_MODELS } from '../../allocator/models.ts'
import { NotSimulatedError } from '../../allocator/not-simulated.ts'
import { ReadError } from '../../scenario/bytes.ts'
import { ScenarioError } from '../../scenario/c/run/scenario-error.ts'
import { hasLines, isCompiled } from '../../scenario/source-of.ts'
import { TraceError } from '../../scenario/trace-line.ts'
import { formatCount } from '../../../shared/format.ts'
import type { KernelModel } from '../../../shared/kernel-model.ts'
import { modelOf } from '../../../shared/model-choice.ts'
import type { EventStrip, ReplayedOperation, ReplayMoment } from '../../../shared/replay.ts'
import type { RunResult, RunSpec } from '../../../shared/run.ts'
import { execute, type ExecuteOptions } from '../execute.ts'
import { BlockLog } from './block-log.ts'
import { EventCounter } from './event-strip.ts'
import { LineLog } from './line-log.ts'
import { OperationWatch } from './operation-watch.ts'
import { Playback, type PlaybackSnapshot } from './playback.ts'
import { ProgramTrace } from './program-trace.ts'
import { RecordingSink, type RecordedParts } from './recording-sink.ts'
import { RequestLog, RequestsFullError } from './request-log.ts'
import { SnapshotStore } from './snapshot-store.ts'
import { stateOf } from './state.ts'
import { ReplayRefusedError } from './refused.ts'

export interface ReplayOptions extends Omit<ExecuteOptions, 'through' | 'onLine'> {
  /** Bytes of requests that are kept, compressed; `REQUEST_BYTES_MAX` when absent. */
  readonly requestBytesMax?: number
  /** Loops are made from the text that they stand for, where that is short enough, so that their operations have lines. */
  readonly loopLines?: boolean
  /** Where snapshots are kept; a store with the usual limits when absent. */
  readonly snapshots?: SnapshotStore<PlaybackSnapshot>
}

/** Operations or milliseconds between two snapshots that are enough, while there are few. */
const SNAPSHOT_OPERATIONS = 16_384
const SNAPSHOT_MS = 10
/** A snapshot is taken when the run has taken so many times as long as the last one took. */
const RUN_PER_SNAPSHOT = 4

/**
 * A run that can be looked at at any moment. A first pass makes the whole run, writes its requests down and takes snapshots;
 * any moment is then a snapshot and the requests after it, made again. It may be opened before the run itself or after it:
 * both are the same run.
 */
export class Replay {
  readonly spec: RunSpec
  readonly model: KernelModel
  readonly log: RequestLog
  readonly snapshots: SnapshotStore<PlaybackSnapshot>
  readonly blocks: BlockLog
  /** What the run gives; `undefined` when it did not come to its end. */
  readonly result: RunResult | undefined
  /** Why there is nothing behind the last operation, as a sentence; `undefined` for a run that came to its end. */
  readonly problem: string | undefined
  /** What happened when, over the whole run. */
  readonly events: EventStrip
  readonly #lines: LineLog | undefined
  readonly #playback: Playback
  readonly #watch: OperationWatch
  #program: ProgramTrace | undefined
  #last: ReplayedOperation | undefined

  private constructor(
    spec: RunSpec,
    { log, snapshots, lines, blocks, events }: Kept,
    { result, problem }: { readonly result?: RunResult; readonly problem?: string },
  ) {
    this.spec = spec
    this.model = modelOf(spec, KERNEL_MODELS)
    this.log = log
    this.snapshots = snapshots
    this.blocks = blocks
    this.events = events.strip(log.operations)
    this.result = result
    this.problem = problem
    this.#lines = lines
    this.#playback = this.newPlayback()
    this.#watch = new OperationWatch(this.#playback)
  }

  /**
   * Makes the first pass; `undefined` when it was cancelled. Where there are lines, `loadGrammar` must have finished. A run that ends
   * with an error can be replayed up to there.
   * @throws {RangeError} for an unknown scenario, model or machine. @throws {ScenarioError} for a text with errors.
   */
  static open(spec: RunSpec, options: ReplayOptions): Replay | undefined {
    const kept: Kept = {
      log: new RequestLog(options.requestBytesMax),
      snapshots: options.snapshots ?? new SnapshotStore<PlaybackSnapshot>(),
      blocks: new BlockLog(),
      events: new EventCounter(),
      lines: (options.loopLines === true ? hasLines(spec) : isCompiled(spec)) ? new LineLog() : undefined,
    }
    try {
      const execution = firstPass(spec, options, kept)
      return execution.kind === 'cancelled' ? undefined : new Replay(spec, kept, execution)
    } catch (error) {
      const problem = endOf(error, kept.log.operations)
      if (problem === undefined) throw error
      return new Replay(spec, kept, { problem })
    }
  }

  /** Operations that can be looked at. */
  get operations(): number {
    return this.log.operations
  }

  /** The present moment: what stands where. Nothing may be called on it but what only looks. */
  get playback(): Playback {
    return this.#playback
  }

  /** A playback of the same operations, at moment 0. */
  newPlayback(): Playback {
    return new Playback(this.log, this.spec.machine, this.model)
  }

  /**
   * Goes to moment `operation`. Costs a snapshot and the operations after it, or only operations where that is nearer.
   * @throws {ReplayRefusedError} naming the operations that there are.
   */
  seek(operation: number): ReplayMoment {
    if (!Number.isInteger(operation) || operation < 0 || operation > this.operations) {
      throw new ReplayRefusedError(
        `There is no operation ${operation}; this run has operations 0 to ${formatCount(this.operations)}.`,
      )
    }
    if (operation !== this.#playback.operation) this.#goTo(operation)
    return { state: stateOf(this.#playback), last: this.#last }
  }

  /** Goes `operations` forward, or back when negative; stays where the run begins or ends. */
  step(operations: number): ReplayMoment {
    return this.seek(Math.min(Math.max(0, this.#playback.operation + operations), this.operations))
  }

  /** The line of the C text that made an operation; `undefined` for traces and long loops, and where lines took too much to keep. */
  lineOf(operation: number): number | undefined {
    return this.#lines?.at(operation)
  }

  /** The text of the run. @throws {ReplayRefusedError} for a run without one to look into. */
  get program(): ProgramTrace {
    return (this.#program ??= new ProgramTrace(this))
  }

  /** Brings a playback of these operations to a moment. */
  bring(playback: Playback, operation: number): void {
    const snapshot = this.snapshots.at(operation)
    if (playback.operation > operation || playback.operation < snapshot) {
      playback.restore(snapshot, this.snapshots.read(snapshot))
    }
    playback.goTo(operation)
  }

  #goTo(operation: number): void {
    // The last operation is made where it can be watched
    this.bring(this.#playback, Math.max(0, operation - 1))
    this.#last = operation === 0 ? undefined : this.#watch.next((made) => this.lineOf(made))
  }
}

/** What the first pass leaves behind. */
interface Kept extends RecordedParts {
  readonly snapshots: SnapshotStore<PlaybackSnapshot>
}

function firstPass(spec: RunSpec, options: ReplayOptions, kept: Kept): ReturnType<typeof execute> {
  const { log, snapshots, lines } = kept
  let pass: { readonly allocator: Allocator; readonly sink: RecordingSink } | undefined
  const pace = new SnapshotPace(snapshots, options.clock)
  const keep = (): void => {
    if (pass === undefined || !pace.isDue(log.operations)) return
    snapshots.add(log.operations, { allocator: pass.allocator.state, live: pass.sink.live.state }, pace.runMs)
    pace.taken(log.operations)
  }
  return execute(spec, {
    ...options,
    ...(lines && { onLine: (line) => lines.enter(line) }),
    through: (allocator) => {
      const sink = new RecordingSink(allocator, kept)
      pass = { allocator, sink }
      return sink
    },
    onProgress: (done, total) => {
      keep()
      options.onProgress(done, total)
    },
  })
}

/** When the next snapshot is taken: so often that what lies between two is quickly made again, and not more often. */
class SnapshotPace {
  readonly #snapshots: SnapshotStore<PlaybackSnapshot>
  readonly #clock: () => number
  #operation = -1
  /** When the last one was there, and what it took. */
  #atMs: number
  #costMs = 0
  #askedMs = 0
  /** Up to the last one. */
  #runMs = 0

  constructor(snapshots: SnapshotStore<PlaybackSnapshot>, clock: () => number) {
    this.#snapshots = snapshots
    this.#clock = clock
    this.#atMs = clock()
  }

  /** Milliseconds that the run has taken, without its snapshots. */
  get runMs(): number {
    return this.#runMs + this.#askedMs - this.#atMs
  }

  isDue(operations: number): boolean {
    this.#askedMs = this.#clock()
    if (this.#operation < 0) return true
    const elapsedMs = this.#askedMs - this.#atMs
    const isFar = operations - this.#operation >= SNAPSHOT_OPERATIONS || elapsedMs >= SNAPSHOT_MS
    // One that is much nearer than the others are to each other would only push one of them out
    const usualMs = this.runMs / this.#snapshots.size
    const isWorth = elapsedMs >= Math.max(RUN_PER_SNAPSHOT * this.#costMs, usualMs / 2)
    return operations > this.#operation && isFar && isWorth
  }

  taken(operations: number): void {
    this.#operation = operations
    this.#runMs = this.runMs
    this.#atMs = this.#clock()
    this.#costMs = this.#atMs - this.#askedMs
  }
}

/** Why the run ended where it did, as a sentence; `undefined` for what is no end of a run. */
function endOf(error: unknown, operations: number): string | undefined {
  if (error instanceof RequestsFullError) return error.message
  const isEnd =
    (error instanceof ScenarioError && error.kind !== 'text') ||
    error instanceof TraceError ||
    error instanceof ReadError ||
    error instanceof NotSimulatedError
  return isEnd ? `The run ended after operation ${formatCount(operations)}: ${error.message}` : undefined
}
