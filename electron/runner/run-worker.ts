/** The worker thread: takes one run at a time, so that neither the window nor the command line ever waits for a simulation. */
import { parentPort } from 'node:worker_threads'
import { openTrace } from '../exchange/recorded-trace.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { isCompiled } from '../scenario/source-of.ts'
import { ControlledRun } from './control.ts'
import { execute } from './execute.ts'
import { inlineWholeRequests } from './inlining.ts'
import type { RunOrder, WorkerMessage } from './messages.ts'

/** At most 20 progress messages a second. */
const PROGRESS_INTERVAL_MS = 50

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

async function run({ runId, spec, budgets, control }: RunOrder): Promise<void> {
  const controlled = new ControlledRun(control, () => performance.now())
  const clock = (): number => controlled.nowMs()
  const startedMs = clock()
  let toldMs = startedMs
  try {
    if (isCompiled(spec)) await loadGrammar()
    const execution = execute(spec, {
      clock,
      budgets,
      openTrace,
      cancelled: () => controlled.cancelled(),
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

inlineWholeRequests()
parentPort?.on('message', (order: RunOrder) => {
  void run(order)
})
