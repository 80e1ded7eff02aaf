/** The thread of one replay, so that neither the window nor anything else waits for it. */
import { openTrace } from '../../exchange/recorded-trace.ts'
import { loadGrammar } from '../../scenario/c/syntax/parse.ts'
import { hasLines } from '../../scenario/source-of.ts'
import { answerQuestions } from '../answer-questions.ts'
import { inlineWholeRequests } from '../inlining.ts'
import type { ReplayQuestions } from './replay-questions.ts'
import { ReplaySession } from './replay-session.ts'

inlineWholeRequests()
const session = new ReplaySession({ openTrace, clock: () => performance.now() })
answerQuestions<ReplayQuestions>(async (order, tell) => {
  if (order.kind === 'open' && order.ask.runs.some(hasLines)) await loadGrammar()
  return session.answer(order, tell)
})
