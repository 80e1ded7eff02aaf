import type { BrowserWindow } from 'electron'
import type { JournalTotals } from '../shared/journal.ts'
import type { Journal } from './journal/index.ts'

const INTERVAL_MS = 1000

/** Tells the window when another process, such as the command line, has changed the journal. Answers how to stop. */
export function watchJournal(
  journal: Journal,
  window: () => BrowserWindow | undefined,
  tell: (name: 'journalChanged', totals: JournalTotals) => void,
): () => void {
  let known = journal.dataVersion()
  const timer = setInterval(() => {
    if (window()?.isVisible() !== true) return
    const version = journal.dataVersion()
    if (version === known) return
    known = version
    tell('journalChanged', journal.totals())
  }, INTERVAL_MS)
  return () => {
    clearInterval(timer)
  }
}
