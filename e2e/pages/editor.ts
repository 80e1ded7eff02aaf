import type { ElectronApplication, Locator, Page } from '@playwright/test'

/** The scenario's part of the Bench: its text, its problems, and what follows from it. */
export class EditorPage {
  readonly text: Locator
  readonly problems: Locator
  readonly tabs: Locator
  readonly outline: Locator
  readonly preview: Locator
  readonly parameters: Locator
  readonly #page: Page
  readonly #app: ElectronApplication

  constructor(page: Page, app: ElectronApplication) {
    this.#page = page
    this.#app = app
    this.text = page.getByRole('textbox', { name: 'Scenario text, C' })
    this.problems = page.getByRole('list', { name: 'Problems' }).getByRole('listitem')
    this.tabs = page.getByRole('list', { name: 'Scenarios of this experiment' })
    this.outline = page.getByRole('tree', { name: 'Outline of the scenario' })
    this.preview = page.getByRole('region', { name: 'Preview' })
    this.parameters = page.getByRole('region', { name: 'Parameters' })
  }

  tab(title: string | RegExp): Locator {
    return this.tabs.getByRole('button', { name: title }).first()
  }

  /** Puts a text in the place of the one in the editor, as somebody does who copied it elsewhere. */
  async paste(text: string): Promise<void> {
    await this.#app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text)
    await this.text.focus()
    await this.#page.keyboard.press('Control+a')
    await this.#page.keyboard.press('Control+v')
  }

  /** The whole text, also the lines out of sight. */
  async source(): Promise<string> {
    await this.text.focus()
    await this.#page.keyboard.press('Control+a')
    await this.#page.keyboard.press('Control+c')
    return this.#app.evaluate(({ clipboard }) => clipboard.readText())
  }

  /** Goes to the next problem in the text and takes its fix, by keys alone. */
  async fixNext(): Promise<void> {
    await this.#page.keyboard.press('F8')
    const message = this.#page.locator('.cm-tooltip-lint')
    await message.waitFor()
    await this.#page.keyboard.press('Control+.')
    await message.waitFor({ state: 'hidden' })
  }
}
