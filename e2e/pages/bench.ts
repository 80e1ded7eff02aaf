import type { Locator, Page } from '@playwright/test'
import { numberIn } from './numbers.ts'

/** The Bench: set up an experiment, run it, read its results. */
export class BenchPage {
  readonly run: Locator
  readonly cancel: Locator
  /** Adds what is new to the shown experiment. */
  readonly add: Locator
  /** The menu of parts of the experiment that can be run alone. */
  readonly parts: Locator
  readonly verdict: Locator
  readonly results: Locator
  readonly differencesFrom: Locator
  readonly progress: Locator
  readonly pause: Locator
  readonly resume: Locator
  readonly welcome: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.run = page.getByRole('banner').getByRole('button', { name: /^Run \d+ simulation/ })
    this.cancel = page.getByRole('banner').getByRole('button', { name: /^Cancel/ })
    this.add = page.getByRole('banner').getByRole('button', { name: /^Add \d+ simulation/ })
    this.parts = page.getByRole('button', { name: 'Run a part of the experiment' })
    this.verdict = page.getByRole('region', { name: 'Verdict' })
    this.results = page.getByRole('table', { name: 'Hits of the profiled functions' })
    this.differencesFrom = page.getByLabel('Differences from')
    this.progress = page.getByRole('region', { name: 'Progress' })
    this.pause = this.progress.getByRole('button', { name: /^Pause/ })
    this.resume = this.progress.getByRole('button', { name: /^Resume/ })
    this.welcome = page.getByRole('region', { name: 'Welcome' })
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Bench' }).click()
  }

  async runAll(headline: string): Promise<void> {
    await this.run.click()
    await this.verdict.getByText(headline).waitFor()
  }

  /** Takes scenarios out of the experiment. */
  async leaveOut(...titles: readonly string[]): Promise<void> {
    for (const title of titles) {
      await this.#page.getByRole('button', { name: `Take ${title} out of the experiment`, exact: true }).click()
    }
  }

  /** The tick of every model. */
  get models(): Locator {
    return this.#page.getByRole('region', { name: 'Kernel models' }).getByRole('checkbox')
  }

  model(id: string): Locator {
    return this.#page.getByRole('region', { name: 'Kernel models' }).getByRole('checkbox', { name: id, exact: true })
  }

  /** The entry of a model of one's own. */
  customModel(name: string): Locator {
    const entries = this.#page.getByRole('list', { name: 'Models of your own' }).getByRole('listitem')
    return entries.filter({ has: this.#page.getByRole('checkbox', { name, exact: true }) })
  }

  edit(name: string): Locator {
    return this.#page.getByRole('button', { name: `Edit ${name}`, exact: true })
  }

  /** The exact value of a parameter of the open scenario. */
  parameter(name: string): Locator {
    return this.#page.getByRole('region', { name: 'Parameters' }).getByRole('textbox', { name })
  }

  /** The number a reader sees for a function of a workload under a model. */
  async count(scenario: string, name: string, modelId: string): Promise<number> {
    return numberIn(this.row(scenario, name).locator(`[data-model="${modelId}"]`))
  }

  async published(scenario: string, name: string, when: 'before' | 'after'): Promise<string> {
    return (await this.row(scenario, name).locator(`[data-published="${when}"]`).innerText()).trim()
  }

  row(scenario: string, name: string): Locator {
    return this.results.locator(`tr[data-scenario="${scenario}"][data-function="${name}"]`)
  }
}
