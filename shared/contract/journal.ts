import type { QueryNames } from '../journal-query/index.ts'
import type {
  ExperimentMarks,
  ExperimentRecord,
  ExperimentSummary,
  JournalFacets,
  JournalFile,
  JournalMatches,
  JournalQuery,
  JournalTotals,
  MarksChange,
  MergeCounts,
  RunRecord,
  RunSummary,
  TrashContents,
} from '../journal.ts'
import type { Outcome } from './outcome.ts'

/** The journal: its file, what it holds, and what is done with it. */
export interface JournalApi {
  /** Place, size, last check and last backup of the journal's file. */
  journalFile(): Promise<JournalFile>
  checkJournal(): Promise<Outcome<JournalFile>>
  /** Writes a proven copy beside the file. */
  backUpJournal(): Promise<Outcome<JournalFile>>
  /** Ends the check, backup, merge or change that is under way; its answer is `declined`, or what was done by then. */
  cancelJournalWork(): Promise<void>
  /** Asks for another journal and says what merging it would do. */
  chooseJournalToMerge(): Promise<Outcome<{ readonly path: string; readonly counts: MergeCounts }>>
  /** Merges the journal that was chosen. */
  mergeChosenJournal(): Promise<Outcome<MergeCounts>>
  /** Asks for another journal and loads the window anew with it; answers with its path. */
  openJournal(): Promise<Outcome<string>>
  /** The same with a file that is made. */
  newJournal(): Promise<Outcome<string>>
  journalTotals(): Promise<JournalTotals>
  listExperiments(query: JournalQuery): Promise<readonly ExperimentSummary[]>
  /** All that a query of shared/journal-query finds, without its content; rejects when the query cannot be read. */
  findExperiments(search: string): Promise<JournalMatches>
  /** Those of the experiments that the query still finds, newest first; at most `READ_EXPERIMENTS_MAX` at a time. */
  readExperiments(search: string, experimentIds: readonly number[]): Promise<readonly ExperimentSummary[]>
  /** What a query could be narrowed by, with counts. */
  journalFacets(search: string): Promise<JournalFacets>
  /** Names that a query may ask for. */
  journalNames(): Promise<QueryNames>
  /** `undefined` when there is no such experiment. */
  openExperiment(experimentId: number): Promise<ExperimentRecord | undefined>
  openRun(runId: number): Promise<RunRecord | undefined>
  /** Runs without their series and lists, in the order of the ids, at most `COMPARED_RUNS_MAX`; those that are gone are left out. */
  summarizeRuns(runIds: readonly number[]): Promise<readonly RunSummary[]>
  renameExperiment(experimentId: number, title: string): Promise<void>
  /** What is written in one stretch of editing becomes one version. */
  writeNote(experimentId: number, text: string, stretch: string): Promise<void>
  /** The experiment that a title in a note means; `undefined` when there is none. */
  experimentTitled(title: string): Promise<number | undefined>
  setTags(experimentId: number, tags: readonly string[]): Promise<void>
  setStarred(experimentId: number, starred: boolean): Promise<void>
  /** Stars, tags, archives or trashes experiments, all or none; answers with their marks as they were. */
  changeMarks(experimentIds: readonly number[], change: MarksChange): Promise<Outcome<readonly ExperimentMarks[]>>
  /** Takes a change of marks back. */
  restoreMarks(marks: readonly ExperimentMarks[]): Promise<Outcome<undefined>>
  trashContents(): Promise<TrashContents>
  /** Deletes what is in the trash for ever; answers with the number of experiments. */
  emptyTrash(): Promise<Outcome<number>>
}

// A record, not an array, so that a name that is missing or too much fails to compile
export const JOURNAL_METHODS: Readonly<Record<keyof JournalApi, true>> = {
  journalFile: true,
  checkJournal: true,
  backUpJournal: true,
  cancelJournalWork: true,
  chooseJournalToMerge: true,
  mergeChosenJournal: true,
  openJournal: true,
  newJournal: true,
  journalTotals: true,
  listExperiments: true,
  findExperiments: true,
  readExperiments: true,
  journalFacets: true,
  journalNames: true,
  openExperiment: true,
  openRun: true,
  summarizeRuns: true,
  renameExperiment: true,
  writeNote: true,
  experimentTitled: true,
  setTags: true,
  setStarred: true,
  changeMarks: true,
  restoreMarks: true,
  trashContents: true,
  emptyTrash: true,
}
