import type { JournalTotals } from '../shared/journal.ts'
import type { Journal } from './journal/index.ts'

export const WATCH_INTERVAL_MS = 1000

export interface JournalWatch {
  readonly journal: Pick<Journal, 'dataVersion' | 'totals'>
  /** Somebody can see it. */
  readonly isShown: () => boolean
  readonly tell: (name: 'journalChanged', totals: JournalTotals) => void
  /** Told of a journal that can no longer be read, once. */
  readonly onDefect: (error: unknown) => void
}

/** Tells the windows when another process, such as the command line, has changed the journal. Answers how to stop. */
export function watchJournal({ journal, isShown, tell, onDefect }: JournalWatch): () => void {
  let known = journal.dataVersion()
  const look = (): void => {
    if (!isShown()) return
    const version = journal.dataVersion()
    if (version === known) return
    known = version
    tell('journalChanged', journal.totals())
  }
  const timer = setInterval(() => {
    try {
      look()
    } catch (error) {
      clearInterval(timer)
      onDefect(error)
    }
  }, WATCH_INTERVAL_MS)
  return () => clearInterval(timer)
}
