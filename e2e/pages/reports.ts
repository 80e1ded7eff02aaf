import type { ElectronApplication, FrameLocator, Locator, Page } from '@playwright/test'
import { basename, join } from 'node:path'

/** Reports: choose runs and sections, preview, export. */
export class ReportsPage {
  readonly heading: Locator
  readonly export: Locator
  readonly exported: Locator
  readonly preview: FrameLocator
  readonly textPreview: Locator
  readonly #page: Page
  readonly #app: ElectronApplication

  constructor(page: Page, app: ElectronApplication) {
    this.#page = page
    this.#app = app
    this.heading = page.getByRole('heading', { name: 'Reports', level: 1 })
    this.export = page.getByRole('banner').getByRole('button', { name: 'Export' })
    this.exported = page.getByRole('list', { name: 'Exported reports' }).getByRole('listitem')
    this.preview = page.frameLocator('iframe[title="Report preview"]')
    this.textPreview = page.getByRole('region', { name: 'Preview, Text' })
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Reports' }).click()
    await this.heading.waitFor()
  }

  format(title: string): Locator {
    return this.#page.getByRole('region', { name: 'Formats' }).getByRole('checkbox', { name: title })
  }

  section(title: string): Locator {
    return this.#page.getByRole('region', { name: 'Sections' }).getByRole('checkbox', { name: title })
  }

  runs(): Locator {
    return this.#page.getByRole('region', { name: 'Runs' }).getByRole('checkbox')
  }

  /** Answers the system's save dialog from now on: the proposed name in `folder`, or Cancel when there is none. */
  async answerSaveDialog(folder: string | undefined): Promise<void> {
    await this.#app.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = (_owner: unknown, options?: { defaultPath?: string }) =>
        Promise.resolve({
          canceled: chosen === '',
          filePath: chosen === '' ? '' : `${chosen}/${options?.defaultPath ?? ''}`,
        })
    }, folder ?? '')
  }

  /** Exports and answers the paths of all files saved so far. */
  async exportTo(folder: string, names: readonly string[]): Promise<string[]> {
    await this.answerSaveDialog(folder)
    await this.export.click()
    for (const name of names) await this.exported.getByText(join(folder, name)).waitFor()
    return names.map((name) => join(folder, basename(name)))
  }

  /** A report's file as its reader sees it: in a window of its own, without the lab around it. */
  async view(path: string): Promise<Page> {
    const opened = this.#app.waitForEvent('window')
    await this.#app.evaluate(({ BrowserWindow }, file) => {
      void new BrowserWindow({ webPreferences: { sandbox: true } }).loadFile(file)
    }, path)
    const page = await opened
    await page.waitForLoadState()
    return page
  }
}
