import type { ElectronApplication, Locator, Page } from '@playwright/test'

/** The machine of the Bench and its editor. */
export class MachinesPage {
  readonly panel: Locator
  readonly choice: Locator
  readonly editor: Locator
  readonly save: Locator
  readonly assumed: Locator
  readonly #app: ElectronApplication

  constructor(page: Page, app: ElectronApplication) {
    this.#app = app
    this.panel = page.getByRole('region', { name: 'Machine', exact: true })
    this.choice = this.panel.getByRole('combobox', { name: 'Machine' })
    this.editor = page.getByRole('dialog')
    this.save = this.editor.getByRole('button', { name: 'Save' })
    this.assumed = this.editor.getByRole('region', { name: 'Assumed by the import' })
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true })
  }

  field(label: string): Locator {
    return this.editor.getByRole('textbox', { name: label, exact: true })
  }

  /** What a fact such as "Blocks that fit" says in the panel or in the editor. */
  fact(place: Locator, name: string): Locator {
    return place.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd[1]')
  }

  /** Answers the system's open dialog from now on with this file. */
  async answerOpenDialog(path: string): Promise<void> {
    await this.#app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, path)
  }
}
