import { dialog, type BrowserWindow, type FileFilter } from 'electron'

const FILTERS: FileFilter[] = [
  { name: 'Journal', extensions: ['sqlite', 'backup'] },
  { name: 'All files', extensions: ['*'] },
]

/** Asks for the file of a journal; `undefined` when the user declines. */
export async function askForJournal(window: BrowserWindow, title: string): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    properties: ['openFile'],
    filters: FILTERS,
  })
  return canceled ? undefined : filePaths[0]
}

/** Asks where a new journal is to be; `undefined` when the user declines. */
export async function askForNewJournal(window: BrowserWindow): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'New journal',
    defaultPath: 'journal.sqlite',
    filters: FILTERS,
    properties: ['createDirectory'],
  })
  return canceled || filePath === '' ? undefined : filePath
}
