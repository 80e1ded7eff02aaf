import { Worker } from 'node:worker_threads'
import type { QuestionKind, ScenarioAnswer, ScenarioOrder, ScenarioQuestions } from './scenario-messages.ts'

interface Waiting {
  readonly resolve: (answer: ScenarioQuestions[QuestionKind]['answer']) => void
  readonly reject: (error: Error) => void
}

/**
 * Answers questions about scenario texts on a thread of its own, in the order in which they were asked. The thread starts with
 * the first question, and does not keep the process alive.
 */
export class ScenarioThread {
  readonly #workerUrl: URL
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #lastId = 0

  /** The worker's entry: TypeScript in a source tree, JavaScript in the built app. */
  constructor(workerUrl: URL) {
    this.#workerUrl = workerUrl
  }

  /** @throws {Error} on a defect of the lab, or when the thread is closed before it has answered. */
  async ask<Kind extends QuestionKind>(
    kind: Kind,
    ask: ScenarioQuestions[Kind]['ask'],
  ): Promise<ScenarioQuestions[Kind]['answer']> {
    const worker = (this.#worker ??= this.#newWorker())
    const id = (this.#lastId += 1)
    const answer = new Promise<ScenarioQuestions[QuestionKind]['answer']>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.ref()
      const order = { id, kind, ask } as ScenarioOrder
      worker.postMessage(order)
    })
    return await answer
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #newWorker(): Worker {
    const worker = new Worker(this.#workerUrl)
    worker.on('message', (message: ScenarioAnswer) => {
      const waiting = this.#waiting.get(message.id)
      this.#waiting.delete(message.id)
      if (this.#waiting.size === 0) worker.unref()
      if (message.kind === 'answered') waiting?.resolve(message.answer)
      else waiting?.reject(new Error(message.reason))
    })
    worker.on('error', (error) => {
      this.#lose(worker, `The thread that reads scenarios stopped: ${error.message}`)
    })
    worker.on('exit', () => {
      this.#lose(worker, 'The thread that reads scenarios stopped before it had answered.')
    })
    return worker
  }

  /** The thread is gone; the next question starts another one. */
  #lose(worker: Worker, reason: string): void {
    if (worker !== this.#worker) return
    this.#worker = undefined
    for (const { reject } of this.#waiting.values()) reject(new Error(reason))
    this.#waiting.clear()
  }
}
