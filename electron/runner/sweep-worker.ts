/** A thread of a sweep: makes chunks of its runs, one after the other, until it is ended. */
import { parentPort, workerData } from 'node:worker_threads'
import { openTrace } from '../exchange/recorded-trace.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { isCompiled } from '../scenario/source-of.ts'
import { ControlledRun } from './control.ts'
import { inlineWholeRequests } from './inlining.ts'
import { makeChunk } from './sweep-chunk.ts'
import { measureRuns } from './sweep-measure.ts'
import type { SweepAnswer, SweepOrder, SweepThreadData } from './sweep-messages.ts'
import { SweepPoints, type PointHost } from './sweep-points.ts'

const { sweep, budgets, control } = workerData as SweepThreadData

const controlled = new ControlledRun(control, () => performance.now())
const clock = (): number => controlled.nowMs()
const host: PointHost = { cancelled: () => controlled.cancelled(), clock, budgets, openTrace }
const points = new SweepPoints(sweep, host)

function answerTo(order: SweepOrder): SweepAnswer {
  if (order.kind === 'chunk') return { kind: 'chunk', ...makeChunk(points, order.range, clock) }
  let endsAtMs = 0
  const measured = new SweepPoints(sweep, { ...host, cancelled: () => controlled.cancelled() || clock() > endsAtMs })
  const make = (index: number, limitMs: number): ReturnType<SweepPoints['make']> => {
    endsAtMs = clock() + limitMs
    return measured.make(index)
  }
  return { kind: 'measured', measured: measureRuns(order.indexes, { make, clock }) }
}

async function answer(order: SweepOrder): Promise<void> {
  try {
    if (isCompiled(sweep)) await loadGrammar()
    const reply = answerTo(order)
    parentPort?.postMessage(reply)
  } catch (error) {
    const reply: SweepAnswer = { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
    parentPort?.postMessage(reply)
  }
}

inlineWholeRequests()
parentPort?.on('message', (order: SweepOrder) => {
  void answer(order)
})
