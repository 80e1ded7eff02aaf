/** The thread that reads scenario texts, one question at a time, so that the window never waits for a long one. */
import { parentPort } from 'node:worker_threads'
import { checkScenario } from '../scenario/c/check-scenario.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { previewScenario } from '../scenario/preview.ts'
import type { QuestionKind, ScenarioAnswer, ScenarioOrder, ScenarioQuestions } from './scenario-messages.ts'

function send(message: ScenarioAnswer): void {
  parentPort?.postMessage(message)
}

function answerTo(order: ScenarioOrder): ScenarioQuestions[QuestionKind]['answer'] {
  switch (order.kind) {
    case 'check':
      return checkScenario(order.ask.source, order.ask.machine)
    case 'preview':
      return previewScenario(order.ask, () => performance.now())
  }
}

async function answer(order: ScenarioOrder): Promise<void> {
  const { id } = order
  try {
    await loadGrammar()
    send({ id, kind: 'answered', answer: answerTo(order) })
  } catch (error) {
    send({ id, kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
}

parentPort?.on('message', (order: ScenarioOrder) => {
  void answer(order)
})
