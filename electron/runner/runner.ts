import { Worker } from 'node:worker_threads'
import type { RunProgress, RunResult, RunSpec } from '../../shared/run.ts'
import { DEFAULT_BUDGETS, type ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import { RunControl } from './control.ts'
import type { RunOrder, WorkerMessage } from './messages.ts'
import { threadsFor } from './threads.ts'

export type RunOutcome =
  | { readonly kind: 'finished'; readonly result: RunResult }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string }

export interface RunnerOptions {
  /** The worker's entry: TypeScript in a source tree, JavaScript in the built app. */
  readonly workerUrl: URL
  readonly onProgress?: (progress: RunProgress) => void
  /** Most threads at a time, 0 for as many as there are processors; asked whenever a run could be started. */
  readonly threads?: () => number
}

interface Job {
  readonly runId: number
  readonly spec: RunSpec
  readonly budgets: ScenarioBudgets
  readonly control: RunControl
  readonly settle: (outcome: RunOutcome) => void
}

/** A thread that has not ended a cancelled run by then is ended itself: one call of the allocator may take seconds. */
const CANCEL_MS = 30

/** More threads than this only cost memory: runs are bound by the processor. */
const WORKERS_MAX = 8

/** Makes runs on worker threads, as many at a time as there are processors, in the order in which they were asked for. */
export class Runner {
  readonly #options: RunnerOptions
  readonly #waiting: Job[] = []
  readonly #working = new Map<Worker, Job>()
  readonly #idle: Worker[] = []
  #closed = false

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  /** Threads that make runs at the same time. */
  get workers(): number {
    return Math.min(threadsFor(this.#options.threads?.() ?? 0), WORKERS_MAX)
  }

  /** Settles when the run has ended; never rejects. */
  run(runId: number, spec: RunSpec, budgets: ScenarioBudgets = DEFAULT_BUDGETS): Promise<RunOutcome> {
    if (this.#closed) return Promise.resolve({ kind: 'cancelled' })
    return new Promise((settle) => {
      this.#waiting.push({ runId, spec, budgets, control: new RunControl(), settle })
      this.#startNext()
    })
  }

  /** Ends a waiting run at once and a running or paused one within milliseconds; unknown ids are passed over. */
  cancel(runId: number): void {
    const position = this.#waiting.findIndex((job) => job.runId === runId)
    if (position >= 0) this.#waiting.splice(position, 1)[0]?.settle({ kind: 'cancelled' })
    for (const [worker, job] of this.#working) if (job.runId === runId) this.#cancelRunning(worker, job)
  }

  /**
   * Holds a run until `resume` or `cancel`: a running one within milliseconds, a waiting one before its first operation. A
   * paused run keeps its thread, which sleeps. Unknown ids are passed over.
   */
  pause(runId: number): void {
    this.#find(runId)?.control.pause()
  }

  resume(runId: number): void {
    this.#find(runId)?.control.resume()
  }

  #cancelRunning(worker: Worker, job: Job): void {
    job.control.cancel()
    setTimeout(() => {
      if (this.#working.get(worker) !== job) return
      this.#settle(worker, { kind: 'cancelled' })
      void worker.terminate()
    }, CANCEL_MS)
  }

  #find(runId: number): Job | undefined {
    return [...this.#waiting, ...this.#working.values()].find((job) => job.runId === runId)
  }

  /** Cancels everything and ends the threads. */
  async close(): Promise<void> {
    this.#closed = true
    for (const job of this.#waiting.splice(0)) job.settle({ kind: 'cancelled' })
    const workers = [...this.#idle, ...this.#working.keys()]
    for (const job of this.#working.values()) job.settle({ kind: 'cancelled' })
    this.#working.clear()
    this.#idle.length = 0
    await Promise.all(workers.map((worker) => worker.terminate()))
  }

  #startNext(): void {
    while (this.#waiting.length > 0 && this.#working.size < this.workers) {
      const job = this.#waiting.shift()
      if (job === undefined) return
      const worker = this.#idle.pop() ?? this.#newWorker()
      this.#working.set(worker, job)
      const { runId, spec, budgets, control } = job
      const order: RunOrder = { runId, spec, budgets, control: control.memory }
      worker.postMessage(order)
    }
  }

  #newWorker(): Worker {
    const worker = new Worker(this.#options.workerUrl)
    worker.on('message', (message: WorkerMessage) => {
      this.#receive(worker, message)
    })
    // A worker that dies (out of memory, say) takes one run with it and is replaced by the next one started
    worker.on('error', (error) => {
      this.#settle(worker, { kind: 'failed', reason: `The worker stopped: ${error.message}` })
    })
    worker.on('exit', () => {
      const position = this.#idle.indexOf(worker)
      if (position >= 0) this.#idle.splice(position, 1)
      this.#settle(worker, { kind: 'failed', reason: 'The worker stopped before the run had ended.' })
    })
    return worker
  }

  #receive(worker: Worker, message: WorkerMessage): void {
    // The last word of a thread that is being ended
    if (!this.#working.has(worker)) return
    switch (message.kind) {
      case 'progress': {
        const { runId, operationsDone, operationsTotal, elapsedMs } = message
        this.#options.onProgress?.({ runId, operationsDone, operationsTotal, elapsedMs })
        return
      }
      case 'finished':
        this.#idle.push(worker)
        this.#settle(worker, { kind: 'finished', result: message.result })
        return
      case 'cancelled':
        this.#idle.push(worker)
        this.#settle(worker, { kind: 'cancelled' })
        return
      case 'failed':
        this.#idle.push(worker)
        this.#settle(worker, { kind: 'failed', reason: message.reason })
    }
  }

  #settle(worker: Worker, outcome: RunOutcome): void {
    const job = this.#working.get(worker)
    if (job === undefined) return
    this.#working.delete(worker)
    job.settle(outcome)
    this.#startNext()
  }
}
