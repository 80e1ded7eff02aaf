import type { Locator, Page } from '@playwright/test'

/** Compare: any runs of the journal beside each other. */
export class ComparePage {
  /** What differs between the runs. */
  readonly inputs: Locator
  readonly baseline: Locator
  /** Runs as rows. */
  readonly runRows: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.inputs = page.getByRole('region', { name: 'What differs between the runs' })
    this.baseline = page.getByLabel('Baseline', { exact: true })
    this.runRows = page.getByRole('grid', { name: 'Compared runs' }).locator('tr[data-run]')
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Compare' }).click()
  }

  /** A counter's row, where runs are columns. */
  row(label: string): Locator {
    const heading = this.#page.getByRole('rowheader', { name: label, exact: true })
    return this.#page.getByRole('table', { name: 'Compared runs' }).getByRole('row').filter({ has: heading })
  }

  /** The heading of a run, where runs are columns. */
  column(runId: number): Locator {
    return this.#page.locator(`button[data-run="${runId}"]`)
  }
}
