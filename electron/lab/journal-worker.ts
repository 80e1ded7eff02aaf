/** The thread that checks, backs up and merges the journal's file, on a connection of its own. */
import { Journal, JournalError } from '../journal/index.ts'
import { answerQuestions } from '../runner/answer-questions.ts'
import { ControlledRun } from '../runner/control.ts'
import type { QuestionOrder } from '../runner/questions.ts'
import { LAB_VERSION } from '../version.ts'
import type { JournalNote, JournalQuestions } from './journal-questions.ts'

type Answer = JournalQuestions[keyof JournalQuestions]['answer']

/** At most 20 notes a second. */
const NOTE_INTERVAL_MS = 50

answerQuestions<JournalQuestions>((order, tell): Answer => {
  const { path, control } = order.ask
  try {
    const journal = Journal.open(path, { labVersion: LAB_VERSION })
    try {
      const controlled = new ControlledRun(control, () => performance.now())
      return work(journal, order, () => controlled.cancelled(), tell)
    } finally {
      journal.close()
    }
  } catch (error) {
    if (error instanceof JournalError) return { kind: 'refused', reason: error.message }
    throw error
  }
})

function work(
  journal: Journal,
  order: QuestionOrder<JournalQuestions>,
  cancelled: () => boolean,
  tell: (note: JournalNote) => void,
): Answer {
  switch (order.kind) {
    case 'check':
      return journal.checkFile(cancelled) ? { kind: 'done', value: undefined } : { kind: 'declined' }
    case 'backUp':
      return journal.backUp(cancelled) ? { kind: 'done', value: undefined } : { kind: 'declined' }
    case 'countMerge':
      return { kind: 'done', value: journal.countMerge(order.ask.other) }
    case 'merge': {
      const slices = journal.merge(order.ask.other, cancelled)
      for (let toldMs = -Infinity; ;) {
        const { done, value } = slices.next()
        if (done) return { kind: 'done', value }
        if (performance.now() - toldMs < NOTE_INTERVAL_MS) continue
        toldMs = performance.now()
        tell(value)
      }
    }
  }
}
