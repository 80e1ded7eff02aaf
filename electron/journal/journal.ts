import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type {
  Bookmark,
  ExperimentMarks,
  ExperimentRecord,
  ExperimentSummary,
  JournalFacets,
  JournalFile,
  JournalMatches,
  JournalQuery,
  JournalTotals,
  LibraryKind,
  MarksChange,
  MergeCounts,
  MergeProgress,
  NewExperiment,
  NewRun,
  RunCheck,
  RunRecord,
  RunSummary,
  SavedItem,
  TrashContents,
  NewBookmark,
} from '../../shared/journal.ts'
import type { QueryNames } from '../../shared/journal-query/index.ts'
import type { RunResult } from '../../shared/run.ts'
import type { SavedScenario, SaveScenarioRequest, ScenarioVersion } from '../../shared/saved-scenario.ts'
import { renameExperiment, setStarred, setTags, writeNote } from './annotations.ts'
import { findDamage, readFileFacts, recordCare } from './care.ts'
import { Connection } from './connection.ts'
import { listExperiments, readExperiment, readExperiments, readTotals } from './experiment-reader.ts'
import { findMatches, readFacets, readNames } from './find.ts'
import { JournalError } from './journal-error.ts'
import { deleteItem, readItems, saveItem, type NewItem } from './library.ts'
import { acceptedQuestion, acceptedTitle, MATCHES_MAX, requireRunCount } from './limits.ts'
import { countMerge, mergeInSlices } from './merge.ts'
import { changeMarks, emptyTrash, readTrash, restoreMarks } from './marks.ts'
import { findTitled } from './note-links.ts'
import { interruptAbandoned, recordOwner } from './owner.ts'
import { recordCheck, type CheckOutcome } from './run-checks.ts'
import { readRun, readRunSummaries } from './run-reader.ts'
import { interruptRuns, recordEnd, recordResult, recordRun } from './run-recorder.ts'
import { deleteBookmark, keepBookmark, readBookmarks } from './bookmarks.ts'
import {
  deleteScenario,
  duplicateScenario,
  readSavedScenarios,
  readVersions,
  renameScenario,
  saveScenario,
} from './saved-scenarios.ts'
import { indexExperiment } from './search.ts'
import { Sweeps } from './sweeps.ts'

export interface JournalOptions {
  /** Kept with every run. */
  readonly labVersion: string
  /** Milliseconds since 1970; the system's clock when absent. */
  readonly now?: () => number
}

/** What `Journal.startExperiment` answers with: the runs' ids are in the order in which the runs were given. */
export interface StartedExperiment {
  readonly experimentId: number
  readonly runIds: readonly number[]
}

interface RecordedRuns {
  readonly runIds: readonly number[]
  /** The row of this process. */
  readonly ownerId: number
}

/**
 * All experiments and runs of a user, in one SQLite file that several processes may have open at the same time. Every method
 * is one transaction. Methods throw JournalError for what the user can do something about, other errors for defects.
 */
export class Journal {
  readonly #connection: Connection
  readonly #labVersion: string
  readonly #now: () => number
  /** Runs started here that have not ended. */
  readonly #running = new Set<number>()
  readonly sweeps: Sweeps
  #ownerId: number | undefined

  private constructor(connection: Connection, labVersion: string, now: () => number) {
    this.#connection = connection
    this.#labVersion = labVersion
    this.#now = now
    this.sweeps = new Sweeps(connection, { labVersion, now })
  }

  /**
   * Opens or creates the file (and its folder), brings an older schema up to date after a verified backup, and marks the
   * runs and sweeps of processes that ended without completing them as interrupted. Throws JournalError, and then the file is as it was.
   */
  static open(path: string, { labVersion, now = Date.now }: JournalOptions): Journal {
    if (path === '' || path === ':memory:') {
      throw new JournalError(`A journal needs a file, and "${path}" names none. Give the path of a file.`)
    }
    const connection = Connection.open(resolve(path), now)
    try {
      interruptAbandoned(connection, now())
      return new Journal(connection, labVersion, now)
    } catch (error) {
      connection.close()
      throw error
    }
  }

  get path(): string {
    return this.#connection.path
  }

  /** Records an experiment and its runs, all of them as running. Refused whole when a limit is hit. */
  startExperiment(experiment: NewExperiment): StartedExperiment {
    const started = this.#connection.write(() => this.#recordExperiment(experiment))
    for (const id of started.runIds) this.#running.add(id)
    this.#ownerId = started.ownerId
    return { experimentId: started.experimentId, runIds: started.runIds }
  }

  /** Records further runs of an experiment, all of them as running; answers with their ids. Refused whole when a limit is hit. */
  addRuns(experimentId: number, runs: readonly NewRun[]): readonly number[] {
    const added = this.#connection.write(() => {
      const recorded = readExperiment(this.#connection, experimentId)?.records.length
      if (recorded === undefined) throw new JournalError(`There is no experiment ${experimentId} to add runs to.`)
      requireRunCount(recorded + runs.length)
      return this.#recordRuns(experimentId, runs, { behind: recorded, startedAtMs: this.#now() })
    })
    for (const id of added.runIds) this.#running.add(id)
    this.#ownerId = added.ownerId
    return added.runIds
  }

  /** Completes a running run: counts, series, free lists and digest. Throws when the run is not running. */
  finishRun(runId: number, result: RunResult): void {
    this.#connection.write(() => recordResult(this.#connection, runId, result, this.#now()))
    this.#running.delete(runId)
  }

  /** Throws when the run is not running. */
  cancelRun(runId: number): void {
    this.#connection.write(() => recordEnd(this.#connection, runId, 'cancelled', this.#now()))
    this.#running.delete(runId)
  }

  /** Throws when the run is not running. */
  failRun(runId: number, reason: string): void {
    this.#connection.write(() => recordEnd(this.#connection, runId, 'failed', this.#now(), reason))
    this.#running.delete(runId)
  }

  /**
   * Newest first, each with those of its runs that the query finds; excerpts are set where it asks for words. The query is
   * in the language of shared/journal-query.
   */
  listExperiments(query: JournalQuery): readonly ExperimentSummary[] {
    return this.#connection.read(() => listExperiments(this.#connection, query))
  }

  /** All that a query finds, without its content. */
  findExperiments(search: string): JournalMatches {
    return this.#connection.read(() => findMatches(this.#connection, search, MATCHES_MAX))
  }

  /** Those of the experiments that the query still finds, newest first, as `listExperiments` gives them. */
  readExperiments(search: string, experimentIds: readonly number[]): readonly ExperimentSummary[] {
    return this.#connection.read(() => readExperiments(this.#connection, search, experimentIds))
  }

  /** What a query could be narrowed by, with counts. */
  facets(search: string): JournalFacets {
    return this.#connection.read(() => readFacets(this.#connection, search))
  }

  /** Names that a query may ask for. */
  names(): QueryNames {
    return this.#connection.read(() => readNames(this.#connection))
  }

  /** `undefined` when there is no such experiment. */
  openExperiment(experimentId: number): ExperimentRecord | undefined {
    return this.#connection.read(() => readExperiment(this.#connection, experimentId))
  }

  /** Keeps what came out when a run was made again. */
  recordCheck(runId: number, outcome: CheckOutcome): RunCheck {
    const made = { labVersion: this.#labVersion, nowMs: this.#now() }
    return this.#connection.write(() => recordCheck(this.#connection, runId, outcome, made))
  }

  /** `undefined` when there is no such run. */
  openRun(runId: number): RunRecord | undefined {
    return this.#connection.read(() => readRun(this.#connection, runId))
  }

  /** Runs without what only their records have, in the order of the ids; ids of no run are left out. */
  summarizeRuns(runIds: readonly number[]): readonly RunSummary[] {
    return this.#connection.read(() => readRunSummaries(this.#connection, runIds))
  }

  renameExperiment(experimentId: number, title: string): void {
    this.#connection.write(() => renameExperiment(this.#connection, experimentId, title))
  }

  /**
   * Adds a version of the note, or changes the newest one while that is of the same stretch of editing; the empty text takes
   * the note away and keeps its history.
   */
  writeNote(experimentId: number, text: string, stretch?: string): void {
    this.#connection.write(() => writeNote(this.#connection, experimentId, { text, stretch }, this.#now()))
  }

  /** The experiment that a title in a note means; `undefined` when there is none. */
  experimentTitled(title: string): number | undefined {
    return this.#connection.read(() => findTitled(this.#connection, title))
  }

  /** Replaces the tags. They are trimmed, and kept once whatever their case. */
  setTags(experimentId: number, tags: readonly string[]): void {
    this.#connection.write(() => setTags(this.#connection, experimentId, tags, this.#now()))
  }

  setStarred(experimentId: number, starred: boolean): void {
    this.#connection.write(() => setStarred(this.#connection, experimentId, starred))
  }

  /** Stars, tags, archives or trashes experiments, all or none; answers with their marks as they were. */
  changeMarks(experimentIds: readonly number[], change: MarksChange): readonly ExperimentMarks[] {
    return this.#connection.write(() => changeMarks(this.#connection, experimentIds, change, this.#now()))
  }

  /** Takes a change of marks back. */
  restoreMarks(marks: readonly ExperimentMarks[]): void {
    this.#connection.write(() => restoreMarks(this.#connection, marks, this.#now()))
  }

  trashContents(): TrashContents {
    return this.#connection.read(() => readTrash(this.#connection))
  }

  /** Deletes up to `limit` experiments of the trash for ever; answers with their number. */
  emptyTrash(limit: number): number {
    return this.#connection.write(() => emptyTrash(this.#connection, limit))
  }

  /** Place, size, last check and last backup of the file. */
  fileFacts(): JournalFile {
    return this.#connection.read(() => readFileFacts(this.#connection))
  }

  /** Reads the whole file and keeps what was found, unless it was cancelled meanwhile; takes about a second for each 100 MB. */
  checkFile(cancelled: () => boolean = () => false): boolean {
    const problems = this.#connection.read(() => findDamage(this.#connection))
    if (cancelled()) return false
    this.#connection.write(() => recordCare(this.#connection, 'check', problems, this.#now()))
    return true
  }

  /** Writes a copy beside the file, and reads it to prove that it is good; cancelled meanwhile, it leaves none. @throws {JournalError} */
  backUp(cancelled: () => boolean = () => false): boolean {
    const nowMs = this.#now()
    const path = this.#connection.backup(nowMs)
    if (cancelled()) {
      rmSync(path)
      return false
    }
    this.#connection.write(() => recordCare(this.#connection, 'backup', path, nowMs))
    return true
  }

  /** Counts what another journal has and this one does not. @throws {JournalError} */
  countMerge(path: string): MergeCounts {
    return countMerge(this.#connection, this.#otherPath(path))
  }

  /** Takes that over, a slice of some milliseconds with every step (`mergeInSlices`). @throws {JournalError} */
  merge(path: string, cancelled: () => boolean): Generator<MergeProgress, MergeCounts, void> {
    return mergeInSlices(this.#connection, this.#otherPath(path), cancelled)
  }

  #otherPath(path: string): string {
    const other = resolve(path)
    if (other === this.path) throw new JournalError(`${path} is the open journal itself. Choose another one.`)
    return other
  }

  /** Everything of one kind that is saved by name, in order of the names. */
  savedItems<Kind extends LibraryKind>(kind: Kind): readonly SavedItem<Kind>[] {
    return this.#connection.read(() => readItems(this.#connection, kind))
  }

  /** Saves by name, over what has that name; refused when there is no room for one more. */
  saveItem<Kind extends LibraryKind>(item: NewItem<Kind>): void {
    this.#connection.write(() => saveItem(this.#connection, item, this.#now()))
  }

  /** Answers false when there is none with this name. */
  deleteItem(kind: LibraryKind, name: string): boolean {
    return this.#connection.write(() => deleteItem(this.#connection, kind, name))
  }

  /** The user's own scenarios with their newest texts, the one saved last first. */
  savedScenarios(): readonly SavedScenario[] {
    return this.#connection.read(() => readSavedScenarios(this.#connection))
  }

  /** Newest first; empty when there is no such scenario. */
  scenarioVersions(id: number): readonly ScenarioVersion[] {
    return this.#connection.read(() => readVersions(this.#connection, id))
  }

  /** Saves a new scenario, or a new version of one unless its text is the newest already. */
  saveScenario(request: SaveScenarioRequest): SavedScenario {
    return this.#connection.write(() => saveScenario(this.#connection, request, this.#now()))
  }

  renameScenario(id: number, name: string): SavedScenario {
    return this.#connection.write(() => renameScenario(this.#connection, id, name))
  }

  /** Saves the newest text once more, under a name of its own. */
  duplicateScenario(id: number): SavedScenario {
    return this.#connection.write(() => duplicateScenario(this.#connection, id, this.#now()))
  }

  /** Answers false when there is none. */
  deleteScenario(id: number): boolean {
    return this.#connection.write(() => deleteScenario(this.#connection, id))
  }

  /** Those of some runs, in the order of their operations. */
  bookmarks(runIds: readonly number[]): readonly Bookmark[] {
    return this.#connection.read(() => readBookmarks(this.#connection, runIds))
  }

  /** Keeps a moment, or gives the one that is kept already another note. @throws {JournalError} */
  keepBookmark(bookmark: NewBookmark): Bookmark {
    return this.#connection.write(() => keepBookmark(this.#connection, bookmark, this.#now()))
  }

  deleteBookmark(id: number): void {
    this.#connection.write(() => deleteBookmark(this.#connection, id))
  }

  totals(): JournalTotals {
    return this.#connection.read(() => readTotals(this.#connection))
  }

  /** Changes whenever another connection changed the file, never through this one (PRAGMA data_version). */
  dataVersion(): number {
    return this.#connection.dataVersion()
  }

  /** Runs started here that have not ended become interrupted: nobody is left to complete them. Closing twice is allowed. */
  close(): void {
    if (!this.#connection.isOpen) return
    try {
      if (this.#running.size === 0) return
      this.#connection.write(() => interruptRuns(this.#connection, [...this.#running], this.#now()))
    } finally {
      this.#connection.close()
    }
  }

  #recordExperiment(experiment: NewExperiment): RecordedRuns & { readonly experimentId: number } {
    const connection = this.#connection
    const title = acceptedTitle(experiment.title)
    const question = acceptedQuestion(experiment.question)
    requireRunCount(experiment.runs.length)
    const startedAtMs = this.#now()
    const experimentId = connection.run(
      'INSERT INTO experiment (title, question, created_at_ms) VALUES (?, ?, ?)',
      title,
      question,
      startedAtMs,
    ).insertedId
    return { experimentId, ...this.#recordRuns(experimentId, experiment.runs, { behind: 0, startedAtMs }) }
  }

  /** Records runs of an experiment that has as many as `behind` says. */
  #recordRuns(
    experimentId: number,
    runs: readonly NewRun[],
    { behind, startedAtMs }: { readonly behind: number; readonly startedAtMs: number },
  ): RecordedRuns {
    const connection = this.#connection
    const ownerId = this.#ownerId ?? recordOwner(connection, startedAtMs)
    const place = { experimentId, ownerId, labVersion: this.#labVersion, startedAtMs }
    const runIds = runs.map((run, added) => recordRun(connection, run, { ...place, position: behind + added }))
    indexExperiment(connection, experimentId)
    return { runIds, ownerId }
  }
}
