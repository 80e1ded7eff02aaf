import type { Locator, Page } from '@playwright/test'
import { numberIn } from './numbers.ts'

/** The Journal: find experiments and runs, annotate them. */
export class JournalPage {
  readonly heading: Locator
  readonly search: Locator
  readonly list: Locator
  /** The dialog about the journal's file. */
  readonly file: Locator
  readonly experiments: Locator
  /** What can be done to the selected experiments. */
  readonly selection: Locator
  /** The rows of runs. */
  readonly runs: Locator
  /** What is wrong with the query. */
  readonly queryProblem: Locator
  /** What came out when the selected run was made again. */
  readonly rerun: Locator
  readonly noteSection: Locator
  readonly note: Locator
  readonly noteState: Locator
  readonly tagField: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { name: 'Journal', level: 1 })
    this.search = page.getByRole('combobox', { name: 'Search the journal' })
    this.list = page.getByRole('grid', { name: 'Experiments and runs' })
    this.file = page.getByRole('dialog', { name: 'Journal file' })
    this.experiments = this.list.locator('[data-key^="experiment-"]')
    this.selection = page.getByRole('toolbar', { name: 'Selected experiments' })
    this.runs = this.list.locator('[data-key^="run-"]')
    this.queryProblem = page.getByRole('region', { name: 'Experiments' }).getByRole('status').filter({ hasText: /\.$/ })
    this.rerun = page.getByRole('region', { name: 'Re-run' })
    this.noteSection = page.getByRole('region', { name: 'Note', exact: true })
    this.note = page.getByRole('textbox', { name: 'Note' })
    this.noteState = page.getByRole('region', { name: 'Note' }).getByRole('status')
    this.tagField = page.getByRole('textbox', { name: 'Add a tag' })
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Journal' }).click()
    await this.heading.waitFor()
  }

  async openFile(): Promise<void> {
    await this.#page.keyboard.press('Control+k')
    await this.#page.keyboard.type('journal file')
    await this.#page.keyboard.press('Enter')
    await this.file.waitFor()
  }

  experiment(title: string): Locator {
    return this.list.getByRole('row').filter({ hasText: title })
  }

  /** The box that selects an experiment, by a part of its title. */
  check(title: string): Locator {
    return this.list.getByRole('checkbox', { name: title })
  }

  run(runId: number): Locator {
    return this.list.locator(`[data-key="run-${runId}"]`)
  }

  /** Maps, blocks allocated, blocks freed and blocks left listed, as a reader sees them. */
  async figures(runId: number): Promise<number[]> {
    const cells = this.run(runId).locator('td.number')
    return Promise.all([0, 1, 2, 3].map((column) => numberIn(cells.nth(column))))
  }

  filter(label: string): Locator {
    return this.#page
      .getByRole('complementary', { name: 'Filters' })
      .getByRole('button', { name: new RegExp(`^${label}\\b`) })
  }

  facts(runId: number): Locator {
    return this.#page.getByRole('region', { name: `Run ${runId}`, exact: true })
  }

  tag(name: string): Locator {
    return this.#page.getByRole('region', { name: 'Tags' }).getByText(name)
  }

  async writeNote(text: string): Promise<void> {
    await this.note.fill(text)
    await this.#page.keyboard.press('Control+s')
    await this.noteState.getByText('Saved').waitFor()
  }
}
