import { Allocator } from '../../allocator/allocator.ts'
import { NotSimulatedError } from '../../allocator/not-simulated.ts'
import { ScenarioError } from '../../scenario/c/run/scenario-error.ts'
import type { ProgramWatcher, WatchedCall } from '../../scenario/c/run/watched-runtime.ts'
import { hasLines, sourceOf } from '../../scenario/source-of.ts'
import { formatCount } from '../../../shared/format.ts'
import type { KernelModel } from '../../../shared/kernel-model.ts'
import type { ProgramValues } from '../../../shared/program-values.ts'
import type { FindResult } from '../../../shared/replay.ts'
import type { RequestSink } from '../../../shared/requests.ts'
import { TRACE_ID, type RunSpec } from '../../../shared/run.ts'
import { BUDGETS_MAX } from '../../../shared/scenario-budgets.ts'
import type { FollowOptions } from './follow-options.ts'
import { LoopPasses } from './loop-passes.ts'
import { ReplayRefusedError } from './refused.ts'

/** Values of so many operations before and behind the one that is asked for are kept: its neighbours are asked for next. */
const KEPT_AROUND = 256
const OPERATIONS_PER_LOOK = 8192

/** A run that can be made again from its text. */
export interface FollowedRun {
  readonly spec: RunSpec
  readonly model: KernelModel
  /** Made in its first pass. */
  readonly operations: number
}

/** Ends a run of the text that has been followed far enough. */
class FollowedEnough extends Error {
  override readonly name = 'FollowedEnough'
}

/**
 * Looks into the text of a run: its variables and loops. They cannot be kept for every moment, and the requests do not tell
 * them, so the text is run once more from its beginning, on an allocator of its own.
 */
export class ProgramTrace {
  readonly #run: FollowedRun
  #kept: readonly ProgramValues[] = []

  /** @throws {ReplayRefusedError} for a run without a text to look into. */
  constructor(run: FollowedRun) {
    if (run.spec.scenarioId === TRACE_ID) {
      throw new ReplayRefusedError('This run replays a recorded trace, which has no variables and no loops.')
    }
    if (!hasLines(run.spec)) {
      throw new ReplayRefusedError(
        `With ${formatCount(run.operations)} operations the scenario is too long to be followed in its text.`,
      )
    }
    this.#run = run
  }

  /** What the text has in hand when it makes an operation, the first being 1; `undefined` when it was cancelled. */
  valuesAt(operation: number, options: FollowOptions): ProgramValues | undefined {
    const known = this.#kept.find((values) => values.operation === operation)
    if (known !== undefined) return known
    const kept: ProgramValues[] = []
    const isFollowed = this.#follow(operation + KEPT_AROUND, options, (made, call) => {
      if (Math.abs(made - operation) <= KEPT_AROUND) {
        kept.push({ operation: made, frames: call.frames(), globals: call.globals() })
      }
    })
    if (!isFollowed) return undefined
    this.#kept = kept
    const found = kept.find((values) => values.operation === operation)
    if (found !== undefined) return found
    throw new ReplayRefusedError(`The text makes no operation ${formatCount(operation)}.`)
  }

  /**
   * The first operation of the next pass through the innermost loop around operation `from`, or the first one behind the loop;
   * from outside all loops, the first one in a loop. Tasks are followed each for itself.
   */
  nextIteration(from: number, options: FollowOptions): FindResult {
    if (from === 0) return this.#run.operations > 0 ? { kind: 'found', operation: 1 } : { kind: 'none' }
    let left: { readonly task: number; readonly depth: number; readonly begin: number | undefined } | undefined
    let found: number | undefined
    const isFollowed = this.#follow(this.#run.operations, options, (made, call) => {
      if (made < from) return
      if (made === from) {
        const begins = call.begins()
        left = { task: call.task, depth: Math.max(0, begins.length - 1), begin: begins.at(-1) }
      } else if (call.task === left?.task && call.begins()[left.depth] !== left.begin) {
        found = made
        throw new FollowedEnough()
      }
    })
    if (!isFollowed) return { kind: 'cancelled' }
    return found === undefined ? { kind: 'none' } : { kind: 'found', operation: found }
  }

  /**
   * The first operation of the innermost pass that operation `from` is in, or, where it is that itself or outside all loops, of
   * the pass before it.
   */
  previousIteration(from: number, options: FollowOptions): FindResult {
    if (from === 0) return { kind: 'none' }
    const passes = new LoopPasses()
    let found: number | undefined
    const isFollowed = this.#follow(from, options, (made, call) => {
      const before = passes.latest(call.task)
      passes.made(call.task, made, call.begins())
      const first = passes.latest(call.task)
      found = first === made ? before : first
    })
    if (!isFollowed) return { kind: 'cancelled' }
    return found === undefined ? { kind: 'none' } : { kind: 'found', operation: found }
  }

  /**
   * Runs the text up to operation `last` and lets `visit` see each call whose operation is made; it may throw `FollowedEnough`.
   * False when it was cancelled.
   */
  #follow(last: number, options: FollowOptions, visit: (made: number, call: WatchedCall) => void): boolean {
    const { spec, model, operations } = this.#run
    const end = Math.min(last, operations)
    const sink = new FollowingSink(new Allocator(spec.machine, model), end, (made, call) => {
      visit(made, call)
      if (made % OPERATIONS_PER_LOOK === 0) options.onProgress(made, end)
      if (made % OPERATIONS_PER_LOOK === 0 && options.cancelled()) throw new Cancelled()
    })
    const checkpoint = (): void => {
      if (options.cancelled()) throw new Cancelled()
    }
    try {
      // It was run before, within its budgets
      sourceOf(spec, { budgets: BUDGETS_MAX, clock: () => 0, checkpoint, watcher: sink }).issue(sink)
    } catch (error) {
      if (error instanceof Cancelled) return false
      const isEnd =
        error instanceof FollowedEnough || error instanceof ScenarioError || error instanceof NotSimulatedError
      if (!isEnd) throw error
    }
    return true
  }
}

class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

/** Carries requests out and tells, of each, the call that it comes from; ends the run after the last one that is wanted. */
class FollowingSink implements RequestSink, ProgramWatcher {
  operations = 0
  readonly #allocator: Allocator
  readonly #end: number
  readonly #visit: (made: number, call: WatchedCall) => void
  #call: WatchedCall | undefined

  constructor(allocator: Allocator, end: number, visit: (made: number, call: WatchedCall) => void) {
    this.#allocator = allocator
    this.#end = end
    this.#visit = visit
  }

  onCall(call: WatchedCall): void {
    this.#call = call
  }

  setCpu(cpu: number): void {
    this.#allocator.setCpu(cpu)
  }

  mapRam(pages: number): number {
    this.#made()
    return this.#allocator.mapRam(pages)
  }

  unmapRam(startPage: number, pages: number): void {
    this.#made()
    this.#allocator.unmapRam(startPage, pages)
  }

  vmap(pages: number): number {
    this.#made()
    return this.#allocator.vmap(pages)
  }

  vunmap(startPage: number): void {
    this.#made()
    this.#allocator.vunmap(startPage)
  }

  unmapAliases(): void {
    this.#made()
    this.#allocator.unmapAliases()
  }

  #made(): void {
    if (this.operations >= this.#end || this.#call === undefined) throw new FollowedEnough()
    // A pass that begins with this call was begun before the operation
    this.#visit(this.operations + 1, this.#call)
    this.operations += 1
  }
}
