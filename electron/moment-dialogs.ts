import { dialog, type BrowserWindow } from 'electron'
import type { Outcome } from '../shared/contract.ts'
import { formatMoment, MOMENT_EXTENSION, type Moment } from '../shared/moment.ts'
import { MomentFileError, readMoment } from './exchange/moment-file.ts'
import { runSpec } from './payloads.ts'
import { saveWhereAsked } from './save-dialog.ts'
import { LAB_VERSION } from './version.ts'

const MOMENT_FILE = { name: 'Moment of a replay', extension: MOMENT_EXTENSION } as const

export function saveMomentFile(window: BrowserWindow, moment: Moment): Promise<Outcome<string>> {
  return saveWhereAsked(window, {
    title: 'Save a link to this moment',
    about: `${moment.title} operation ${moment.operation}`,
    format: MOMENT_FILE,
    content: formatMoment(moment, LAB_VERSION),
  })
}

/** Asks for a file and reads the moment in it. */
export async function askForMoment(window: BrowserWindow): Promise<Outcome<Moment>> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a moment of a replay',
    properties: ['openFile'],
    filters: [
      { name: MOMENT_FILE.name, extensions: [MOMENT_FILE.extension] },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  const [path] = filePaths
  if (canceled || path === undefined) return { kind: 'declined' }
  try {
    return { kind: 'done', value: readMoment(path, runSpec) }
  } catch (error) {
    if (error instanceof MomentFileError) return { kind: 'refused', reason: error.message }
    throw error
  }
}
