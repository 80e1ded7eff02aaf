import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron'
import type { MachineSource, Outcome } from '../shared/contract.ts'
import type { ImportedMachine, SavedMachine } from '../shared/saved-machine.ts'
import { importMachine, MachineImportError } from './exchange/import-machine.ts'
import { formatSavedMachine } from './exchange/machine-file.ts'
import { saveWhereAsked } from './save-dialog.ts'

/** A .config has no ending (/boot/config-6.1.0-18-amd64), so it cannot be asked for by one. */
const DIALOGS: Readonly<Record<MachineSource, OpenDialogOptions>> = {
  'kernel-config': { title: 'Import the .config of a kernel', properties: ['openFile', 'showHiddenFiles'] },
  'machine-file': {
    title: 'Import a machine file',
    properties: ['openFile'],
    filters: [
      { name: 'Machine file', extensions: ['json'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
}

/** Asks for a file and reads the machine in it. */
export async function askForMachine(window: BrowserWindow, source: MachineSource): Promise<Outcome<ImportedMachine>> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, DIALOGS[source])
  const [path] = filePaths
  if (canceled || path === undefined) return { kind: 'declined' }
  try {
    return { kind: 'done', value: importMachine(path) }
  } catch (error) {
    if (error instanceof MachineImportError) return { kind: 'refused', reason: `${error.message}.` }
    throw error
  }
}

export function saveMachineFile(window: BrowserWindow, machine: SavedMachine): Promise<Outcome<string>> {
  return saveWhereAsked(window, {
    title: 'Export machine',
    about: machine.name === '' ? 'machine' : machine.name,
    format: { name: 'Machine file', extension: 'json' },
    content: formatSavedMachine(machine),
  })
}
