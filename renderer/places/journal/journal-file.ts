import type { Outcome } from '../../../shared/contract.ts'
import type { JournalFile, MergeCounts } from '../../../shared/journal.ts'
import { lab } from '../../lab.ts'
import { useNoteDrafts } from './note-drafts.ts'

/** Another journal and what merging it would do. */
export interface FoundMerge {
  readonly path: string
  readonly counts: MergeCounts
}

/** What can be done with the file; what is refused rejects with the reason. */
export interface FileActions {
  readonly read: () => Promise<JournalFile>
  /** `undefined` when it was cancelled; so is the next one. */
  readonly check: () => Promise<JournalFile | undefined>
  readonly backUp: () => Promise<JournalFile | undefined>
  /** `undefined` when no file was chosen. */
  readonly chooseMerge: () => Promise<FoundMerge | undefined>
  readonly merge: () => Promise<MergeCounts>
  /** The window is loaded anew with the other journal. */
  readonly openOther: (isNew: boolean) => Promise<void>
}

export function useFileActions(): FileActions {
  const drafts = useNoteDrafts()
  const accepted = <Value>(answer: Outcome<Value>): Value | undefined => {
    if (answer.kind === 'refused') throw new Error(answer.reason)
    return answer.kind === 'done' ? answer.value : undefined
  }
  const expected = <Value>(answer: Outcome<Value>): Value => {
    const value = accepted(answer)
    if (value === undefined) throw new Error('Nothing was done.')
    return value
  }
  return {
    read: () => lab().journalFile(),
    check: async () => accepted(await lab().checkJournal()),
    backUp: async () => accepted(await lab().backUpJournal()),
    chooseMerge: async () => accepted(await lab().chooseJournalToMerge()),
    merge: async () => expected(await lab().mergeChosenJournal()),
    openOther: async (isNew) => {
      // They belong to the journal that is left
      await drafts.saveAll()
      accepted(await (isNew ? lab().newJournal() : lab().openJournal()))
    },
  }
}
