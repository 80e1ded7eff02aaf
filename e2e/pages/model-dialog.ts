import type { Locator, Page } from '@playwright/test'

/** The dialog in which a kernel model of one's own is made. */
export class ModelDialog {
  readonly dialog: Locator
  readonly name: Locator
  readonly base: Locator
  readonly search: Locator
  readonly lazyLimit: Locator
  readonly save: Locator
  readonly duplicate: Locator
  readonly delete: Locator

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: /kernel model/i })
    this.name = this.dialog.getByRole('textbox', { name: 'Name' })
    this.base = this.dialog.getByRole('combobox', { name: 'Release' })
    this.search = this.dialog.getByRole('combobox', { name: 'Search of the free list' })
    this.lazyLimit = this.dialog.getByRole('textbox', { name: /^Lazy limit/ })
    this.save = this.dialog.getByRole('button', { name: 'Save' })
    this.duplicate = this.dialog.getByRole('button', { name: 'Duplicate' })
    this.delete = this.dialog.getByRole('button', { name: 'Delete' })
  }
}
