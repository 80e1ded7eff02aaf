import type { Outcome } from '../../shared/contract.ts'
import type { MergeCounts, MergeProgress } from '../../shared/journal.ts'

/** All that takes a while is told the journal's file and the memory of a `RunControl`, through which it is cancelled. */
interface Work {
  readonly path: string
  readonly control: SharedArrayBuffer
}

interface Question<Ask, Answer> {
  readonly ask: Ask
  /** `declined` when it was cancelled, `refused` for what the user can put right. */
  readonly answer: Outcome<Answer>
}

/** What can be asked of the thread that looks after the journal's file; what it finds stands in the file itself. */
export interface JournalQuestions {
  readonly check: Question<Work, undefined>
  readonly backUp: Question<Work, undefined>
  readonly countMerge: Question<Work & { readonly other: string }, MergeCounts>
  readonly merge: Question<Work & { readonly other: string }, MergeCounts>
}

export type JournalNote = MergeProgress
