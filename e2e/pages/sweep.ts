import type { Locator, Page } from '@playwright/test'

/** Thousands of runs, on a busy machine. */
const ENDED_MS = 60_000

/** Sweep: many seeds and values, and what they say. */
export class SweepPage {
  readonly heading: Locator
  readonly run: Locator
  readonly seeds: Locator
  readonly firstSeed: Locator
  readonly plan: Locator
  readonly progress: Locator
  readonly verdict: Locator
  readonly statistics: Locator
  readonly heatMap: Locator
  readonly shownSweep: Locator
  readonly seedToOpen: Locator
  readonly openOnBench: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { name: 'Sweep', level: 1 })
    this.run = page.getByRole('banner').getByRole('button', { name: 'Run sweep' })
    const job = page.getByRole('region', { name: 'Job' })
    this.seeds = job.getByRole('textbox', { name: 'Seeds', exact: true })
    this.firstSeed = job.getByRole('textbox', { name: 'First seed' })
    this.plan = job.getByText(/^[\d,]+ runs?\b/)
    this.progress = page.getByRole('region', { name: 'Progress' })
    this.verdict = page.getByRole('region', { name: 'Verdict' })
    this.statistics = page.getByRole('region', { name: 'Statistics' })
    this.heatMap = page.getByRole('region', { name: 'Heat map' })
    this.shownSweep = page.getByRole('combobox', { name: 'Shown sweep' })
    this.seedToOpen = page.getByRole('textbox', { name: 'Open seed' })
    this.openOnBench = page.getByRole('button', { name: 'Open on the Bench' })
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Sweep' }).click()
    await this.heading.waitFor()
  }

  /** Varies something on one of the two axes, with the values that are proposed. */
  async vary(axis: 1 | 2, what: string): Promise<void> {
    await this.#page.getByRole('combobox', { name: `Axis ${axis}`, exact: true }).selectOption({ label: what })
  }

  /** Runs the sweep and waits for its end. */
  async runAll(): Promise<void> {
    await this.run.click()
    await this.ended()
  }

  async ended(): Promise<void> {
    const finished = this.shownSweep.locator('option:checked').filter({ hasText: 'finished' })
    await finished.waitFor({ state: 'attached', timeout: ENDED_MS })
    await this.statistics.waitFor()
  }

  /** The row of a figure under a model: its cells from Min on. */
  async row(figure: string, model: string): Promise<string[]> {
    const row = this.statistics
      .getByRole('row')
      .filter({ has: this.#page.getByRole('rowheader', { name: figure, exact: true }) })
      .filter({ hasText: model })
    return (await row.getByRole('cell').allInnerTexts()).slice(1).map((text) => text.trim())
  }

  chart(name: RegExp): Locator {
    return this.#page.getByRole('img', { name })
  }
}
