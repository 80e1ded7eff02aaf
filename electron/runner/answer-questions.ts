import { parentPort } from 'node:worker_threads'
import type { QuestionMessage, QuestionOrder, Questions } from './questions.ts'

/** Answers the questions of a `QuestionThread` on the thread's side. What `answer` throws is a defect of the lab. */
export function answerQuestions<Asked extends Questions<Asked>>(
  answer: (
    order: QuestionOrder<Asked>,
    tell: (note: unknown) => void,
  ) => Promise<Asked[keyof Asked]['answer']> | Asked[keyof Asked]['answer'],
): void {
  const send = (message: QuestionMessage<Asked, unknown>): void => parentPort?.postMessage(message)
  const work = async (order: QuestionOrder<Asked>): Promise<void> => {
    const { id } = order
    try {
      send({ id, kind: 'answered', answer: await answer(order, (note) => send({ kind: 'note', note })) })
    } catch (error) {
      send({ id, kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
    }
  }
  parentPort?.on('message', (order: QuestionOrder<Asked>) => void work(order))
}
