import { Worker } from 'node:worker_threads'
import type { SweepDefinition } from '../../shared/sweep.ts'
import type { CellAnalysis, FigureColumns } from '../../shared/sweep-analysis.ts'

/** What the statistics of a cell are made from. */
export interface StatisticsJob {
  readonly definition: SweepDefinition
  readonly cell: number
  readonly columns: FigureColumns
}

/**
 * The statistics of a cell, made on a thread of their own: intervals of many seeds take seconds. Rejects with the reason of
 * `signal` when that ends it. @throws {Error} on a defect.
 */
export async function analyseOnThread(workerUrl: URL, job: StatisticsJob, signal?: AbortSignal): Promise<CellAnalysis> {
  signal?.throwIfAborted()
  const thread = new Worker(workerUrl, { workerData: job })
  try {
    return await new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      thread.once('message', resolve)
      thread.once('error', reject)
      thread.once('exit', () => {
        reject(new Error('The thread for statistics stopped before it had answered.'))
      })
    })
  } finally {
    await thread.terminate()
  }
}
