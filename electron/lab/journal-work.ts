import { setImmediate } from 'node:timers/promises'
import type { Outcome } from '../../shared/contract.ts'
import {
  MARKED_MAX,
  type ExperimentMarks,
  type JournalWorkKind,
  type JournalWorkProgress,
  type MarksChange,
  type MergeCounts,
} from '../../shared/journal.ts'
import { JournalError, type Journal } from '../journal/index.ts'
import { RunControl } from '../runner/control.ts'
import { QuestionThread } from '../runner/index.ts'
import type { JournalNote, JournalQuestions } from './journal-questions.ts'
import { LabError } from './lab-error.ts'

export interface JournalWorkOptions {
  readonly journal: Journal
  readonly workerUrl: URL
  /** Told how far the work is, and `undefined` when it has ended. */
  readonly onProgress?: (progress: JournalWorkProgress | undefined) => void
}

/** Experiments that are changed or deleted in one transaction: some tens of milliseconds. */
const SLICE_EXPERIMENTS = 200
const DELETED_AT_ONCE = 50

class CurrentWork {
  readonly kind: JournalWorkKind
  readonly control = new RunControl()
  /** Answers as soon as it is cancelled: a thread may have to end a statement first. */
  readonly cancelled: Promise<{ readonly kind: 'declined' }>
  isCancelled = false
  #decline!: (answer: { readonly kind: 'declined' }) => void

  constructor(kind: JournalWorkKind) {
    this.kind = kind
    this.cancelled = new Promise((resolve) => (this.#decline = resolve))
  }

  cancel(): void {
    this.isCancelled = true
    this.control.cancel()
    this.#decline({ kind: 'declined' })
  }
}

/** Work on the journal that takes longer than a glance: one at a time, with progress, to be cancelled, while everything else goes on. */
export class JournalWork {
  readonly #options: JournalWorkOptions
  readonly #thread: QuestionThread<JournalQuestions, JournalNote>
  #current: CurrentWork | undefined

  constructor(options: JournalWorkOptions) {
    this.#options = options
    this.#thread = new QuestionThread<JournalQuestions, JournalNote>({
      ...{ workerUrl: options.workerUrl, does: 'looks after the journal' },
      onNote: ({ done, total }) => this.#tell(done, total),
    })
  }

  /** Reads the whole file and keeps what was found. @throws {LabError} while other work is under way, as all of these. */
  check(): Promise<Outcome<undefined>> {
    return this.#onThread('check', (work) => this.#thread.ask('check', work))
  }

  /** Writes a copy beside the file, and reads it to prove that it is good. */
  backUp(): Promise<Outcome<undefined>> {
    return this.#onThread('backUp', (work) => this.#thread.ask('backUp', work))
  }

  /** Counts what merging the journal at `other` would do. */
  countMerge(other: string): Promise<Outcome<MergeCounts>> {
    return this.#onThread('countMerge', (work) => this.#thread.ask('countMerge', { ...work, other }))
  }

  /** When it is cancelled, what was taken over by then stays, and the answer says what was left. */
  merge(other: string): Promise<Outcome<MergeCounts>> {
    return this.#work('merge', ({ control }) =>
      this.#thread.ask('merge', { path: this.#options.journal.path, control: control.memory, other }),
    )
  }

  /** Stars, tags, archives or trashes experiments, all or none; answers with their marks as they were. @throws {JournalError} */
  changeMarks(ids: readonly number[], change: MarksChange): Promise<Outcome<readonly ExperimentMarks[]>> {
    if (ids.length > MARKED_MAX) {
      throw new JournalError(
        `At most ${MARKED_MAX} experiments are changed at once (MARKED_MAX); these are ${ids.length}. Select fewer.`,
      )
    }
    return this.#work('change', async (current) => {
      const before: ExperimentMarks[] = []
      try {
        for (let from = 0; from < ids.length && !current.isCancelled; from += SLICE_EXPERIMENTS) {
          before.push(...this.#options.journal.changeMarks(ids.slice(from, from + SLICE_EXPERIMENTS), change))
          await this.#rest(from + SLICE_EXPERIMENTS, ids.length)
        }
      } catch (error) {
        await this.#restore(before)
        throw error
      }
      if (!current.isCancelled) return { kind: 'done', value: before }
      await this.#restore(before)
      return { kind: 'declined' }
    })
  }

  /** Takes a change of marks back. */
  restoreMarks(marks: readonly ExperimentMarks[]): Promise<Outcome<undefined>> {
    return this.#work('restore', async () => {
      await this.#restore(marks)
      return { kind: 'done', value: undefined }
    })
  }

  /** Deletes what is in the trash for ever; answers with the number of experiments, also when it was cancelled on the way. */
  emptyTrash(): Promise<Outcome<number>> {
    return this.#work('empty', async (current) => {
      const { journal } = this.#options
      const total = journal.trashContents().experiments
      let deleted = 0
      for (let last = -1; last !== 0 && !current.isCancelled;) {
        last = journal.emptyTrash(DELETED_AT_ONCE)
        deleted += last
        await this.#rest(deleted, total)
      }
      return { kind: 'done', value: deleted }
    })
  }

  /** Ends what is under way, if it can be ended. */
  cancel(): void {
    this.#current?.cancel()
  }

  async close(): Promise<void> {
    this.cancel()
    await this.#thread.close()
  }

  /** Work whose cancelled answer is of no use: nobody waits for it. */
  async #onThread<Value>(
    kind: JournalWorkKind,
    ask: (work: { readonly path: string; readonly control: SharedArrayBuffer }) => Promise<Outcome<Value>>,
  ): Promise<Outcome<Value>> {
    return await this.#work(kind, ({ control, cancelled }) =>
      Promise.race([ask({ path: this.#options.journal.path, control: control.memory }), cancelled]),
    )
  }

  async #work<Value>(
    kind: JournalWorkKind,
    work: (current: CurrentWork) => Promise<Outcome<Value>>,
  ): Promise<Outcome<Value>> {
    if (this.#current !== undefined) {
      throw new LabError('The journal is being worked on. Wait until that has ended, or cancel it.')
    }
    const current = new CurrentWork(kind)
    this.#current = current
    this.#tell(0, undefined)
    try {
      return await work(current)
    } finally {
      this.#current = undefined
      this.#options.onProgress?.(undefined)
    }
  }

  async #restore(marks: readonly ExperimentMarks[]): Promise<void> {
    for (let from = 0; from < marks.length; from += SLICE_EXPERIMENTS) {
      this.#options.journal.restoreMarks(marks.slice(from, from + SLICE_EXPERIMENTS))
      await this.#rest(from + SLICE_EXPERIMENTS, marks.length)
    }
  }

  /** Lets everything else have its turn. */
  async #rest(done: number, total: number): Promise<void> {
    this.#tell(Math.min(done, total), total)
    await setImmediate()
  }

  #tell(done: number, total: number | undefined): void {
    if (this.#current !== undefined) this.#options.onProgress?.({ kind: this.#current.kind, done, total })
  }
}
