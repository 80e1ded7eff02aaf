import type { Locator, Page } from '@playwright/test'

/** Reports: choose runs and sections, preview, export. */
export class ReportsPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Reports' }).click()
  }

  get heading(): Locator {
    return this.#page.getByRole('heading', { name: 'Reports', level: 1 })
  }
}
