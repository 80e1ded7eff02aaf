import { dialog, type BrowserWindow } from 'electron'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Outcome } from '../shared/contract.ts'

export interface SaveRequest {
  /** Of the dialog. */
  readonly title: string
  /** What the file is about; the proposed name is made of it. */
  readonly about: string
  readonly format: { readonly name: string; readonly extension: string }
  readonly content: string | Uint8Array
}

/** Asks where to save, writes the file whole or not at all, and answers with its path. */
export async function saveWhereAsked(window: BrowserWindow, request: SaveRequest): Promise<Outcome<string>> {
  const { title, about, format, content } = request
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: `${fileName(about)}.${format.extension}`,
    filters: [{ name: format.name, extensions: [format.extension] }],
  })
  if (canceled || filePath === '') return { kind: 'declined' }
  const unfinished = `${filePath}.${process.pid}.part`
  try {
    writeFileSync(unfinished, content)
    renameSync(unfinished, filePath)
  } catch (error) {
    rmSync(unfinished, { force: true })
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: 'refused', reason: `${filePath} cannot be written: ${reason}. Choose another place.` }
  }
  return { kind: 'done', value: filePath }
}

/** Words as a file name that every file system takes. */
function fileName(about: string): string {
  const words = about.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')
  return words.replace(/^-+|-+$/g, '').slice(0, 60) || 'unnamed'
}
