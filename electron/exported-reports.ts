import { dialog, shell, type BrowserWindow } from 'electron'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Outcome } from '../shared/contract.ts'
import type { ReportFormat } from '../shared/report.ts'

const FORMATS: Readonly<Record<ReportFormat, { readonly name: string; readonly extension: string }>> = {
  html: { name: 'HTML', extension: 'html' },
  text: { name: 'Plain text', extension: 'txt' },
  json: { name: 'JSON', extension: 'json' },
}

/** Saves reports where the user says, and opens those it has saved. */
export class ExportedReports {
  readonly #paths = new Set<string>()

  async save(window: BrowserWindow, title: string, format: ReportFormat, text: string): Promise<Outcome<string>> {
    const { name, extension } = FORMATS[format]
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Export report',
      defaultPath: `${fileName(title)}.${extension}`,
      filters: [{ name, extensions: [extension] }],
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
    this.#paths.add(filePath)
    return { kind: 'done', value: filePath }
  }

  /** Only a path that was saved since the start: the window cannot open anything else. */
  async open(path: string): Promise<Outcome<true>> {
    if (!this.#paths.has(path))
      return { kind: 'refused', reason: `${path} was not exported since the lab was started.` }
    const problem = await shell.openPath(path)
    return problem === '' ? { kind: 'done', value: true } : { kind: 'refused', reason: `${path}: ${problem}` }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A title as a file name that every file system takes. */
function fileName(title: string): string {
  const words = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')
  return words.replace(/^-+|-+$/g, '').slice(0, 60) || 'report'
}
