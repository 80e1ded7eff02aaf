import type { Locator, Page } from '@playwright/test'

/** The Journal: find experiments and runs, annotate them. */
export class JournalPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Journal' }).click()
  }

  get heading(): Locator {
    return this.#page.getByRole('heading', { name: 'Journal', level: 1 })
  }
}
