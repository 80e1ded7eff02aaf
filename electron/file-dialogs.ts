import { dialog, type BrowserWindow } from 'electron'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Outcome } from '../shared/contract.ts'

export interface FileKind {
  readonly name: string
  readonly extension: string
}

/** Asks where to save a text and writes the whole file or none of it; answers with its path. */
export async function saveText(
  window: BrowserWindow,
  question: { readonly title: string; readonly name: string; readonly kind: FileKind },
  text: string,
): Promise<Outcome<string>> {
  const { title, name, kind } = question
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: `${fileName(name)}.${kind.extension}`,
    filters: [{ name: kind.name, extensions: [kind.extension] }],
  })
  if (canceled || filePath === '') return { kind: 'declined' }
  const unfinished = `${filePath}.${process.pid}.part`
  try {
    writeFileSync(unfinished, text)
    renameSync(unfinished, filePath)
  } catch (error) {
    rmSync(unfinished, { force: true })
    return { kind: 'refused', reason: `${filePath} cannot be written: ${messageOf(error)}. Choose another place.` }
  }
  return { kind: 'done', value: filePath }
}

/** Asks for a file to read; `undefined` when the user declines. */
export async function chooseFile(window: BrowserWindow, title: string, kind: FileKind): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    filters: [
      { name: kind.name, extensions: [kind.extension] },
      { name: 'All files', extensions: ['*'] },
    ],
    properties: ['openFile'],
  })
  return canceled ? undefined : filePaths[0]
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A title as a file name that every file system takes. */
function fileName(title: string): string {
  const words = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')
  return words.replace(/^-+|-+$/g, '').slice(0, 60) || 'vmap-lab'
}
