/** The worker thread: takes one run at a time, so that neither the window nor the command line ever waits for a simulation. */
import { parentPort } from 'node:worker_threads'
import { execute } from './execute.ts'
import type { RunOrder, WorkerMessage } from './messages.ts'

/** At most 20 progress messages a second. */
const PROGRESS_INTERVAL_MS = 50

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

function run({ runId, spec, cancelFlag }: RunOrder): void {
  const flag = new Int32Array(cancelFlag)
  const clock = (): number => performance.now()
  const startedMs = clock()
  let toldMs = startedMs
  try {
    const execution = execute(spec, {
      clock,
      cancelled: () => Atomics.load(flag, 0) !== 0,
      onProgress: (operationsDone, operationsTotal) => {
        const nowMs = clock()
        if (nowMs - toldMs < PROGRESS_INTERVAL_MS) return
        toldMs = nowMs
        send({ kind: 'progress', runId, operationsDone, operationsTotal, elapsedMs: nowMs - startedMs })
      },
    })
    if (execution.kind === 'cancelled') send({ kind: 'cancelled', runId })
    else send({ kind: 'finished', runId, result: execution.result })
  } catch (error) {
    send({ kind: 'failed', runId, reason: error instanceof Error ? error.message : String(error) })
  }
}

parentPort?.on('message', (order: RunOrder) => {
  run(order)
})
