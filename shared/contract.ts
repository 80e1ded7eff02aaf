/**
 * The one typed API between window and main. `LabApi` is what the renderer calls (window.lab), `LabEvents` what it is told.
 * Both name lists below are made from records checked against the interfaces, so a method exists everywhere or nowhere.
 */
import type { QueryNames } from './journal-query/index.ts'
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
  MarksChange,
  MergeCounts,
  NewBookmark,
  RunCheck,
  RunRecord,
  RunSummary,
  TrashContents,
} from './journal.ts'
import type { KernelModel } from './kernel-model.ts'
import type { Machine, MachinePreset } from './machine.ts'
import type { Moment, MomentRequest } from './moment.ts'
import type { CustomModel } from './policy.ts'
import type {
  FindResult,
  InspectedBlock,
  ListPart,
  Lockstep,
  Occupation,
  OpenedReplay,
  ReplayMoment,
  ReplayMove,
  ReplayProgress,
  ReplaySearch,
} from './replay.ts'
import type { ReportFormat, ReportRequest } from './report.ts'
import type { RunProgress, RunSpec } from './run.ts'
import type { SavedScenario, SaveScenarioRequest, ScenarioVersion } from './saved-scenario.ts'
import type { ScenarioCheck } from './scenario-check.ts'
import type { PreviewRequest, ScenarioPreview } from './scenario-preview.ts'
import type { ImportedMachine, SavedMachine } from './saved-machine.ts'
import type { ScenarioInfo } from './scenario.ts'
import type { Settings } from './settings.ts'
import type { RunRange, SweepRequest } from './sweep.ts'
import type { CellAnalysis } from './sweep-analysis.ts'
import type { SweepFigure } from './sweep-columns.ts'
import type { SweepPlan, SweepProgress, SweepRecord, SweepSummary } from './sweep-record.ts'

export interface AppInfo {
  readonly labVersion: string
  readonly electronVersion: string
  readonly journalPath: string
  readonly workers: number
  readonly platform: string
}

/** What can be chosen on the Bench. */
export interface Catalog {
  readonly scenarios: readonly ScenarioInfo[]
  /** The releases, oldest first, and then what the saved models stand for. */
  readonly models: readonly KernelModel[]
  /** Saved models by name. One that this version cannot make is here and not among `models`. */
  readonly customModels: readonly CustomModel[]
  /** The presets, and then the saved machines by name. */
  readonly machines: readonly MachinePreset[]
  /** Saved machines by name. One that this version cannot simulate is here and not among `machines`. */
  readonly savedMachines: readonly SavedMachine[]
}

export interface SaveMachineRequest {
  readonly machine: SavedMachine
  /** The saved machine whose place it takes, when that had another name. */
  readonly formerName?: string
}

/** What a machine can be imported from; the dialog that asks for the file says so. */
export const MACHINE_SOURCES = ['kernel-config', 'machine-file'] as const
export type MachineSource = (typeof MACHINE_SOURCES)[number]

export interface SaveModelRequest {
  readonly model: CustomModel
  /** The saved model whose place it takes, when that had another name. */
  readonly formerName?: string
}

export interface ExperimentRequest {
  readonly title: string
  readonly question: string
  readonly runs: readonly RunSpec[]
}

/** The experiment that is being run, for a window that was loaded while it is. */
export interface CurrentJob {
  readonly experimentId: number
  /** All its runs as recorded so far; those that have not ended are `running`. */
  readonly runs: readonly RunRecord[]
  /** What was told last of each run under way. */
  readonly progress: readonly RunProgress[]
  readonly paused: boolean
  /** Spent on it so far, pauses not counted. */
  readonly elapsedMs: number
}

/** Blocks of one CPU's free list. */
export interface ReplayListPart {
  /** Position of the run. */
  readonly run: number
  readonly cpu: number
  readonly from: number
  /** At most `LISTED_BLOCKS_MAX`. */
  readonly count: number
}

/** Pages from VMALLOC_START on, in cells. */
export interface ReplaySpacePart {
  /** Position of the run. */
  readonly run: number
  readonly fromPage: number
  readonly pages: number
  /** At most `OCCUPATION_CELLS_MAX`. */
  readonly cells: number
}

/** What a call that may be declined by the user or refused for a reason answers; developer errors reject instead. */
export type Outcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'declined' }
  | { readonly kind: 'refused'; readonly reason: string }

/** A part of the window, in CSS pixels from its upper left corner. */
export interface WindowArea {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What a new window shows first; the Bench when nothing is named. */
export interface WindowContent {
  /** An experiment of the journal. */
  readonly experimentId?: number
}

export interface LabApi {
  appInfo(): Promise<AppInfo>
  /** Opens another window on the same journal. */
  openWindow(content: WindowContent): Promise<void>
  catalog(): Promise<Catalog>
  readSettings(): Promise<Settings>
  changeSettings(change: Partial<Settings>): Promise<Settings>
  /** Saves a custom model over one of the same name; answers with what was saved. */
  saveModel(request: SaveModelRequest): Promise<Outcome<CustomModel>>
  deleteModel(name: string): Promise<void>
  /** Saves a machine over one of the same name; answers with what was saved. */
  saveMachine(request: SaveMachineRequest): Promise<Outcome<SavedMachine>>
  deleteMachine(name: string): Promise<void>
  /** Asks for a file and reads a machine from it, which is not saved by that. */
  importMachine(source: MachineSource): Promise<Outcome<ImportedMachine>>
  /** Asks where to save and writes a machine file; answers with its path. */
  exportMachine(machine: SavedMachine): Promise<Outcome<string>>

  /** What is wrong with a text, its parameters and its outline on a machine. */
  checkScenario(source: string, machine: Machine): Promise<ScenarioCheck>
  /** The first requests of a text without errors. */
  previewScenario(request: PreviewRequest): Promise<ScenarioPreview>

  /** The user's own scenarios, the one changed last first. */
  listScenarios(): Promise<readonly SavedScenario[]>
  /** Saves a text as a new scenario, or as a new version of one. */
  saveScenario(request: SaveScenarioRequest): Promise<Outcome<SavedScenario>>
  /** Newest first; empty when there is no such scenario. */
  scenarioVersions(id: number): Promise<readonly ScenarioVersion[]>
  renameScenario(id: number, name: string): Promise<Outcome<SavedScenario>>
  duplicateScenario(id: number): Promise<Outcome<SavedScenario>>
  deleteScenario(id: number): Promise<void>
  /** Asks for a .c file or a trace and saves it as a new scenario. */
  importScenario(): Promise<Outcome<SavedScenario>>
  /** Asks where to save the newest version as a .c file; answers with the file's path. */
  exportScenario(id: number): Promise<Outcome<string>>

  /** Records the experiment and its runs, starts them, and answers with the experiment's id. */
  startExperiment(request: ExperimentRequest): Promise<Outcome<number>>
  /** Records further runs of an experiment and starts them. */
  addRuns(experimentId: number, runs: readonly RunSpec[]): Promise<Outcome<true>>
  /** Cancels the runs that have not finished; finished ones stay. */
  cancelExperiment(experimentId: number): Promise<void>
  /** Holds the runs that have not finished until they are resumed or cancelled. */
  pauseExperiment(experimentId: number): Promise<void>
  resumeExperiment(experimentId: number): Promise<void>
  /** The first experiment started from this window that has not ended; `undefined` when nothing is run. */
  currentJob(): Promise<CurrentJob | undefined>

  /** How many runs, and how long, measured on some of them: takes a second. */
  planSweep(request: SweepRequest): Promise<Outcome<SweepPlan>>
  /** Records the sweep, starts it, and answers with its id. One at a time. */
  startSweep(request: SweepRequest): Promise<Outcome<number>>
  /** Makes what is missing of a sweep that was cancelled, interrupted or failed. */
  resumeSweep(sweepId: number): Promise<Outcome<number>>
  pauseSweep(sweepId: number, pause: boolean): Promise<void>
  /** Keeps the runs that are made. */
  cancelSweep(sweepId: number): Promise<void>
  /** `undefined` when none is under way. */
  currentSweep(): Promise<SweepProgress | undefined>
  /** Newest first. */
  listSweeps(): Promise<readonly SweepSummary[]>
  /** `undefined` when there is no such sweep. */
  openSweep(sweepId: number): Promise<SweepRecord | undefined>
  /** The statistics of one cell. */
  analyseSweep(sweepId: number, cell: number): Promise<CellAnalysis>
  /** One figure of a range of runs, NaN for runs that have not been made. */
  sweepColumn(sweepId: number, figure: SweepFigure, range: RunRange): Promise<Float64Array>
  /** Opens runs to be looked at together; `declined` when that was cancelled. Progress tells the id of the replay meanwhile. */
  openReplay(runs: readonly RunSpec[]): Promise<Outcome<OpenedReplay>>
  /** One moment a run; one that is over by then stays at its end. */
  moveReplay(replayId: number, move: ReplayMove): Promise<Outcome<readonly ReplayMoment[]>>
  /** Part of a free list at the present moment, from `from` (0 at HEAD) on. */
  replayBlocks(replayId: number, part: ReplayListPart): Promise<Outcome<ListPart>>
  /** The block of an index at the present moment; `undefined` when there is none. */
  replayBlock(replayId: number, run: number, index: number): Promise<Outcome<InspectedBlock | undefined>>
  /** How part of the vmalloc space is taken at the present moment. */
  replayOccupation(replayId: number, part: ReplaySpacePart): Promise<Outcome<Occupation>>
  /** Looks for an operation; `declined` when that was cancelled. The moment that is shown stays. */
  findInReplay(replayId: number, search: ReplaySearch): Promise<Outcome<FindResult>>
  /** Follows all runs of a replay from their first operation on; `declined` when that was cancelled. */
  findDivergence(replayId: number): Promise<Outcome<Lockstep>>
  /** Ends what a replay is doing, opening too. */
  cancelReplay(replayId: number): Promise<void>
  closeReplay(replayId: number): Promise<void>
  /** For a window that was loaded again and does not know what it had open. */
  closeReplays(): Promise<void>

  /** Makes finished runs again and keeps what comes out with each; cancelled ones are left out. */
  recheckRuns(runIds: readonly number[]): Promise<Outcome<readonly RunCheck[]>>
  cancelChecks(): Promise<void>

  /** Place, size, last check and last backup of the journal's file. */
  journalFile(): Promise<JournalFile>
  checkJournal(): Promise<Outcome<JournalFile>>
  /** Writes a proven copy beside the file. */
  backUpJournal(): Promise<Outcome<JournalFile>>
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
  /** Asks where to save and writes a moment of finished runs; answers with the file's path. */
  saveMoment(request: MomentRequest): Promise<Outcome<string>>
  /** Asks for the file of a moment and reads it. */
  askForMoment(): Promise<Outcome<Moment>>
  /** Bookmarks of some runs, in the order of their operations. */
  listBookmarks(runIds: readonly number[]): Promise<readonly Bookmark[]>
  /** Keeps a moment of a run, or gives the one that is kept already another note. */
  keepBookmark(bookmark: NewBookmark): Promise<Outcome<Bookmark>>
  deleteBookmark(id: number): Promise<void>
  /** The experiment that a title in a note means; `undefined` when there is none. */
  experimentTitled(title: string): Promise<number | undefined>
  setTags(experimentId: number, tags: readonly string[]): Promise<void>
  setStarred(experimentId: number, starred: boolean): Promise<void>
  /** Stars, tags, archives or trashes experiments, all or none; answers with their marks as they were. */
  changeMarks(experimentIds: readonly number[], change: MarksChange): Promise<Outcome<readonly ExperimentMarks[]>>
  /** Takes a change of marks back. */
  restoreMarks(marks: readonly ExperimentMarks[]): Promise<void>
  trashContents(): Promise<TrashContents>
  /** Deletes what is in the trash for ever; answers with the number of experiments. */
  emptyTrash(): Promise<number>

  previewReport(request: ReportRequest, format: ReportFormat): Promise<string>
  /** Asks where to save and writes the file; answers with its path. */
  exportReport(request: ReportRequest, format: ReportFormat): Promise<Outcome<string>>
  /** Opens a report exported since the lab was started with the system's viewer. */
  openReport(path: string): Promise<Outcome<true>>

  copyText(text: string): Promise<void>
  /** A part of the window as it is on the screen, as a `data:image/png` URL. */
  pictureOf(area: WindowArea): Promise<string>
}

export interface LabEvents {
  runProgress: RunProgress
  /** Of a run that is made again. */
  checkProgress: RunProgress
  /** A run finished, failed or was cancelled; its record is in the journal. */
  runEnded: RunRecord
  /** Part of a sweep stands in the journal, or it was paused or goes on. */
  sweepProgress: SweepProgress
  /** A sweep finished, failed or was cancelled. */
  sweepEnded: SweepRecord
  /** How far the opening of a replay or a search in it is. */
  replayProgress: ReplayProgress
  /** The journal changed, here or through another process. */
  journalChanged: JournalTotals
  /** Another window changed the settings. */
  settingsChanged: Settings
  /** A menu entry or accelerator was used. */
  menuCommand: string
}

// Records, not arrays, so that a name that is missing or too much fails to compile
const apiMethods: Readonly<Record<keyof LabApi, true>> = {
  appInfo: true,
  openWindow: true,
  catalog: true,
  readSettings: true,
  changeSettings: true,
  saveModel: true,
  deleteModel: true,
  checkScenario: true,
  previewScenario: true,
  listScenarios: true,
  saveScenario: true,
  scenarioVersions: true,
  renameScenario: true,
  duplicateScenario: true,
  deleteScenario: true,
  importScenario: true,
  exportScenario: true,
  saveMachine: true,
  deleteMachine: true,
  importMachine: true,
  exportMachine: true,
  startExperiment: true,
  addRuns: true,
  cancelExperiment: true,
  pauseExperiment: true,
  resumeExperiment: true,
  currentJob: true,
  planSweep: true,
  startSweep: true,
  resumeSweep: true,
  pauseSweep: true,
  cancelSweep: true,
  currentSweep: true,
  listSweeps: true,
  openSweep: true,
  analyseSweep: true,
  sweepColumn: true,
  openReplay: true,
  moveReplay: true,
  replayBlocks: true,
  replayBlock: true,
  replayOccupation: true,
  findInReplay: true,
  findDivergence: true,
  cancelReplay: true,
  closeReplay: true,
  closeReplays: true,
  recheckRuns: true,
  cancelChecks: true,
  journalFile: true,
  checkJournal: true,
  backUpJournal: true,
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
  saveMoment: true,
  askForMoment: true,
  listBookmarks: true,
  keepBookmark: true,
  deleteBookmark: true,
  experimentTitled: true,
  setTags: true,
  setStarred: true,
  changeMarks: true,
  restoreMarks: true,
  trashContents: true,
  emptyTrash: true,
  previewReport: true,
  exportReport: true,
  openReport: true,
  copyText: true,
  pictureOf: true,
}

const events: Readonly<Record<keyof LabEvents, true>> = {
  runProgress: true,
  checkProgress: true,
  runEnded: true,
  sweepProgress: true,
  sweepEnded: true,
  replayProgress: true,
  journalChanged: true,
  settingsChanged: true,
  menuCommand: true,
}

export const LAB_API_METHODS = Object.keys(apiMethods) as readonly (keyof LabApi)[]
export const LAB_EVENTS = Object.keys(events) as readonly (keyof LabEvents)[]

export function methodChannel(method: keyof LabApi): string {
  return `lab:${method}`
}

export function eventChannel(name: keyof LabEvents): string {
  return `lab-event:${name}`
}

/** What the preload script exposes as `window.lab`. */
export interface LabBridge extends LabApi {
  /** Calls `listener` for each event until the returned function is called. */
  on<Name extends keyof LabEvents>(name: Name, listener: (payload: LabEvents[Name]) => void): () => void
}
