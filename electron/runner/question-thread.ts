import { Worker } from 'node:worker_threads'
import type { QuestionMessage, QuestionOrder, Questions } from './questions.ts'

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

export interface QuestionThreadOptions<Note> {
  /** The worker's entry: TypeScript in a source tree, JavaScript in the built app. */
  readonly workerUrl: URL
  /** What the thread does, for messages: "reads scenarios". */
  readonly does: string
  /** Told what the thread says while it works on an answer. */
  readonly onNote?: (note: Note) => void
}

/**
 * Answers questions on a thread of its own, begun in the order in which they were asked. The thread starts with the first question,
 * and does not keep the process alive.
 */
export class QuestionThread<Asked extends Questions<Asked>, Note = never> {
  readonly #options: QuestionThreadOptions<Note>
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #lastId = 0

  constructor(options: QuestionThreadOptions<Note>) {
    this.#options = options
  }

  /** @throws {Error} on a defect of the lab, or when the thread is closed before it has answered. */
  async ask<Kind extends keyof Asked>(kind: Kind, ask: Asked[Kind]['ask']): Promise<Asked[Kind]['answer']> {
    const worker = (this.#worker ??= this.#newWorker())
    const id = (this.#lastId += 1)
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.ref()
      const order: QuestionOrder<Asked> = { id, kind, ask }
      worker.postMessage(order)
    })
    return await answer
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #newWorker(): Worker {
    const worker = new Worker(this.#options.workerUrl)
    worker.on('message', (message: QuestionMessage<Asked, Note>) => {
      if (message.kind === 'note') {
        this.#options.onNote?.(message.note)
        return
      }
      const waiting = this.#waiting.get(message.id)
      this.#waiting.delete(message.id)
      if (this.#waiting.size === 0) worker.unref()
      if (message.kind === 'answered') waiting?.resolve(message.answer)
      else waiting?.reject(new Error(message.reason))
    })
    worker.on('error', (error) => {
      this.#lose(worker, `The thread that ${this.#options.does} stopped: ${error.message}`)
    })
    worker.on('exit', () => {
      this.#lose(worker, `The thread that ${this.#options.does} stopped before it had answered.`)
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
