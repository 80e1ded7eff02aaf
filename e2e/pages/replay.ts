import type { Locator, Page } from '@playwright/test'

/** Replay: runs operation by operation, side by side. */
export class ReplayPage {
  readonly playhead: Locator
  readonly operation: Locator
  readonly divergence: Locator
  readonly failure: Locator
  readonly variables: Locator
  readonly compared: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.playhead = page.getByRole('slider', { name: 'Playhead' })
    this.operation = page.getByLabel('Operation', { exact: true })
    this.divergence = page.getByRole('region', { name: 'First divergence' })
    this.failure = page.getByRole('alert')
    this.compared = page.getByRole('region', { name: 'Block by block' })
    this.variables = page.getByRole('region', { name: 'Variables', exact: true })
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Replay' }).click()
  }

  /** One side: `A, v4.0`. */
  lane(name: string): Locator {
    return this.#page.getByRole('region', { name, exact: true })
  }

  /** The counter of a side, 0 for A. */
  counter(title: string, side: number): Locator {
    const heading = this.#page.getByRole('rowheader', { name: title, exact: true })
    return this.#page
      .getByRole('region', { name: 'Counters, table' })
      .getByRole('row')
      .filter({ has: heading })
      .getByRole('cell')
      .nth(side)
  }
}
