import { dialog, type BrowserWindow } from 'electron'
import type { Outcome } from '../shared/contract.ts'
import type { SavedScenario } from '../shared/saved-scenario.ts'
import { saveWhereAsked } from './save-dialog.ts'

const C_SOURCE = { name: 'C source', extension: 'c' } as const

/** Asks for a .c file or a trace; `undefined` when the user declines. */
export async function askForScenario(window: BrowserWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import scenario or trace',
    properties: ['openFile'],
    filters: [
      { name: 'C source and traces', extensions: [C_SOURCE.extension, 'txt', 'trace', 'gz'] },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  return canceled ? undefined : filePaths[0]
}

export function saveScenarioFile(window: BrowserWindow, { name, source }: SavedScenario): Promise<Outcome<string>> {
  return saveWhereAsked(window, { title: 'Export scenario', about: name, format: C_SOURCE, content: source })
}
