import { shell, type BrowserWindow } from 'electron'
import type { Outcome } from '../shared/contract.ts'
import type { ReportFormat } from '../shared/report.ts'
import { saveWhereAsked } from './save-dialog.ts'

const FORMATS: Readonly<Record<ReportFormat, { readonly name: string; readonly extension: string }>> = {
  html: { name: 'HTML', extension: 'html' },
  text: { name: 'Plain text', extension: 'txt' },
  json: { name: 'JSON', extension: 'json' },
}

/** Saves reports where the user says, and opens those it has saved. */
export class ExportedReports {
  readonly #paths = new Set<string>()

  async save(window: BrowserWindow, about: string, format: ReportFormat, text: string): Promise<Outcome<string>> {
    const saved = await saveWhereAsked(window, {
      title: 'Export report',
      about,
      format: FORMATS[format],
      content: text,
    })
    if (saved.kind === 'done') this.#paths.add(saved.value)
    return saved
  }

  /** Only a path that was saved since the start: the window cannot open anything else. */
  async open(path: string): Promise<Outcome<true>> {
    if (!this.#paths.has(path))
      return { kind: 'refused', reason: `${path} was not exported since the lab was started.` }
    const problem = await shell.openPath(path)
    return problem === '' ? { kind: 'done', value: true } : { kind: 'refused', reason: `${path}: ${problem}` }
  }
}
