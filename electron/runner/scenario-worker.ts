/** The thread that reads scenario texts, one question at a time, so that the window never waits for a long one. */
import { openTrace } from '../exchange/recorded-trace.ts'
import { checkScenario } from '../scenario/c/check-scenario.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { previewScenario } from '../scenario/preview.ts'
import { answerQuestions } from './answer-questions.ts'
import type { ScenarioQuestions } from './scenario-messages.ts'

answerQuestions<ScenarioQuestions>(async (order) => {
  await loadGrammar()
  switch (order.kind) {
    case 'check':
      return checkScenario(order.ask.source, order.ask.machine)
    case 'preview':
      return previewScenario(order.ask, () => performance.now(), openTrace)
  }
})
