import { Worker } from 'node:worker_threads'
import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { runCount, type RunRange, type SweepDefinition } from '../../shared/sweep.ts'
import type { SweepChunk } from '../../shared/sweep-columns.ts'
import { RunControl } from './control.ts'
import type { MeasuredRuns, SweepAnswer, SweepOrder, SweepThreadData } from './sweep-messages.ts'
import { SweepQueue } from './sweep-queue.ts'
import { threadsFor } from './threads.ts'

/** A thread that has not answered a cancelled sweep by then is ended: one call of the allocator may take seconds. */
const CANCEL_MS = 30
/** Runs that are timed for an estimate, spread over the sweep. */
const MEASURED_RUNS = 6

export type SweepEnd =
  | { readonly kind: 'finished' }
  | { readonly kind: 'cancelled' }
  /** `index`: the run that failed; absent when a thread broke down. */
  | { readonly kind: 'failed'; readonly reason: string; readonly index?: number }

export interface SweepRunOptions {
  /** The thread's entry: TypeScript in a source tree, JavaScript in the built app. */
  readonly workerUrl: URL
  readonly sweep: SweepDefinition
  readonly budgets: ScenarioBudgets
  /** The runs to make, ascending. */
  readonly ranges: readonly RunRange[]
  /** Takes each chunk as it comes, in any order; each run comes in one of them. What it throws ends the sweep. */
  readonly onChunk: (chunk: SweepChunk) => void
  /** Most threads; 0, or nothing, for as many as there are processors. */
  readonly threads?: number
}

/** One sweep under way, on as many threads as there are processors. */
export class SweepRun {
  /** Settles when all threads have ended; rejects with what `onChunk` threw. */
  readonly finished: Promise<SweepEnd>
  readonly workers: number
  readonly #options: SweepRunOptions
  readonly #queue: SweepQueue
  readonly #control = new RunControl()
  readonly #working = new Map<Worker, RunRange>()
  readonly #threads = new Set<Worker>()
  #end: SweepEnd | undefined
  #settle: (end: SweepEnd) => void = () => undefined
  #reject: (error: unknown) => void = () => undefined

  constructor(options: SweepRunOptions) {
    this.#options = options
    this.#queue = new SweepQueue(options.ranges)
    this.workers = Math.max(1, Math.min(threadsFor(options.threads ?? 0), this.#queue.runs))
    this.finished = new Promise((settle, reject) => {
      this.#settle = settle
      this.#reject = reject
    })
    if (this.#queue.runs === 0) this.#settle({ kind: 'finished' })
    else for (let thread = 0; thread < this.workers; thread += 1) this.#startThread()
  }

  /** Holds all threads within milliseconds. */
  pause(): void {
    this.#control.pause()
  }

  resume(): void {
    this.#control.resume()
  }

  /** Keeps finished runs; ends within 50 ms. */
  cancel(): void {
    if (this.#end !== undefined) return
    this.#stop({ kind: 'cancelled' })
  }

  #startThread(): void {
    const thread = newThread(this.#options, this.#control)
    this.#threads.add(thread)
    thread.on('message', (answer: SweepAnswer) => {
      this.#receive(thread, answer)
    })
    thread.on('error', (error) => {
      this.#stop({ kind: 'failed', reason: `A thread of the sweep stopped: ${error.message}` })
      this.#leave(thread)
    })
    thread.on('exit', () => {
      if (this.#working.has(thread)) this.#stop({ kind: 'failed', reason: 'A thread of the sweep stopped early.' })
      this.#leave(thread)
    })
    this.#order(thread)
  }

  /** Gives a thread its next runs, or ends it. */
  #order(thread: Worker): void {
    const range = this.#end === undefined ? this.#queue.take(this.workers) : undefined
    if (range === undefined) {
      this.#leave(thread)
      return
    }
    this.#working.set(thread, range)
    const order: SweepOrder = { kind: 'chunk', range }
    thread.postMessage(order)
  }

  #receive(thread: Worker, answer: SweepAnswer): void {
    const range = this.#working.get(thread)
    if (range === undefined) return
    this.#working.delete(thread)
    if (answer.kind === 'chunk') this.#take(answer.chunk, range, answer.failure)
    else this.#stop({ kind: 'failed', reason: answer.kind === 'failed' ? answer.reason : 'A thread answered wrongly.' })
    this.#order(thread)
  }

  #take(chunk: SweepChunk, { first, count }: RunRange, failure: string | undefined): void {
    if (chunk.runs > 0 && !this.#handOver(chunk)) return
    const next = first + chunk.runs
    if (failure !== undefined) this.#stop({ kind: 'failed', reason: failure, index: next })
    else this.#queue.putBack({ first: next, count: count - chunk.runs })
  }

  #handOver(chunk: SweepChunk): boolean {
    try {
      this.#options.onChunk(chunk)
      return true
    } catch (error) {
      this.#reject(error)
      this.#stop({ kind: 'failed', reason: String(error) })
      return false
    }
  }

  #stop(end: SweepEnd): void {
    if (this.#end !== undefined) return
    this.#end = end
    this.#control.cancel()
    setTimeout(() => {
      for (const thread of [...this.#threads]) this.#leave(thread)
    }, CANCEL_MS)
  }

  /** A thread has nothing more to do. The last one to leave ends the sweep. */
  #leave(thread: Worker): void {
    this.#working.delete(thread)
    if (!this.#threads.delete(thread)) return
    void thread.terminate()
    if (this.#threads.size > 0) return
    // Work that a thread took back to the queue after the others had left
    if (this.#end === undefined && this.#queue.runs > 0) this.#startThread()
    else this.#settle(this.#end ?? { kind: 'finished' })
  }
}

function newThread(
  { workerUrl, sweep, budgets }: Pick<SweepRunOptions, 'workerUrl' | 'sweep' | 'budgets'>,
  control: RunControl,
): Worker {
  const workerData: SweepThreadData = { sweep, budgets, control: control.memory }
  return new Worker(workerUrl, { workerData })
}

/** What a sweep is expected to take. */
export interface SweepMeasure extends MeasuredRuns {
  readonly totalMs: number
  readonly workers: number
}

/** Times some runs of a sweep, spread over it, on one thread: about a second. @throws {Error} with the reason of a run that fails. */
export async function measureSweep(
  options: Pick<SweepRunOptions, 'workerUrl' | 'sweep' | 'budgets' | 'threads'>,
): Promise<SweepMeasure> {
  const runs = runCount(options.sweep)
  const thread = newThread(options, new RunControl())
  const spread = Array.from({ length: MEASURED_RUNS }, (_, place) => Math.floor(((place + 0.5) * runs) / MEASURED_RUNS))
  const order: SweepOrder = { kind: 'measure', indexes: [...new Set(spread)] }
  try {
    const measured = await new Promise<MeasuredRuns>((resolve, reject) => {
      thread.once('error', reject)
      thread.once('message', (answer: SweepAnswer) => {
        if (answer.kind === 'measured') resolve(answer.measured)
        else reject(new Error(answer.kind === 'failed' ? answer.reason : 'the thread answered wrongly'))
      })
      thread.postMessage(order)
    })
    const workers = Math.min(threadsFor(options.threads ?? 0), runs)
    return { ...measured, workers, totalMs: (measured.runMs * runs) / workers }
  } finally {
    await thread.terminate()
  }
}
