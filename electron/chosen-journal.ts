import type { Outcome } from '../shared/contract.ts'
import type { MergeCounts } from '../shared/journal.ts'
import { LabError, type Lab } from './lab.ts'

/** The journal that was chosen to be merged: the window names no paths, so only what a person chose is read. */
export class ChosenJournal {
  readonly #lab: Lab
  #path: string | undefined

  constructor(lab: Lab) {
    this.#lab = lab
  }

  /** Counts what merging it would do. @throws {LabError} */
  async choose(path: string): Promise<Outcome<{ readonly path: string; readonly counts: MergeCounts }>> {
    const counted = await this.#lab.journalWork.countMerge(path)
    if (counted.kind !== 'done') return counted
    this.#path = path
    return { kind: 'done', value: { path, counts: counted.value } }
  }

  /** @throws {LabError} when none was chosen. */
  async merge(): Promise<Outcome<MergeCounts>> {
    if (this.#path === undefined)
      throw new LabError('No journal was chosen. Choose one to see what merging it would do.')
    const merged = await this.#lab.journalWork.merge(this.#path)
    if (merged.kind === 'done') this.#path = undefined
    return merged
  }
}
