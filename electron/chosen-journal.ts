import type { MergeCounts } from '../shared/journal.ts'
import { LabError, type Lab } from './lab.ts'

/** The journal that was chosen to be merged: the window names no paths, so only what a person chose is read. */
export class ChosenJournal {
  readonly #lab: Lab
  #path: string | undefined

  constructor(lab: Lab) {
    this.#lab = lab
  }

  /** Counts what merging it would do. @throws {JournalError} */
  choose(path: string): { readonly path: string; readonly counts: MergeCounts } {
    const counts = this.#lab.journal.merge(path, { dryRun: true })
    this.#path = path
    return { path, counts }
  }

  /** @throws {JournalError} @throws {LabError} when none was chosen. */
  merge(): MergeCounts {
    if (this.#path === undefined)
      throw new LabError('No journal was chosen. Choose one to see what merging it would do.')
    const counts = this.#lab.journal.merge(this.#path, { dryRun: false })
    this.#path = undefined
    return counts
  }
}
