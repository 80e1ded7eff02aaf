/**
 * The one typed API between window and main. `LabApi` is what the renderer calls (window.lab), `LabEvents` what it is told.
 * Both name lists below are made from records checked against the interfaces, so a method exists everywhere or nowhere.
 */
import type { JournalTotals, JournalWorkProgress, RunRecord } from './journal.ts'
import type { ReplayProgress } from './replay.ts'
import type { RunProgress } from './run.ts'
import type { Settings } from './settings.ts'
import type { SweepProgress, SweepRecord } from './sweep-record.ts'
import { WINDOW_METHODS, type WindowApi } from './contract/window.ts'
import { SETUP_METHODS, type SetupApi } from './contract/setup.ts'
import { RUNS_METHODS, type RunsApi } from './contract/runs.ts'
import { SWEEPS_METHODS, type SweepsApi } from './contract/sweeps.ts'
import { REPLAY_METHODS, type ReplayApi } from './contract/replay.ts'
import { JOURNAL_METHODS, type JournalApi } from './contract/journal.ts'
import { REPORTS_METHODS, type ReportsApi } from './contract/reports.ts'

export type { Outcome } from './contract/outcome.ts'
export type { AppInfo, WindowContent } from './contract/window.ts'
export type { Catalog, SaveMachineRequest, MachineSource, SaveModelRequest } from './contract/setup.ts'
export type { ExperimentRequest, CurrentJob } from './contract/runs.ts'
export type { ReplayComparedPart, ReplaySpacePart } from './contract/replay.ts'
export { MACHINE_SOURCES } from './contract/setup.ts'

export interface LabApi extends WindowApi, SetupApi, RunsApi, SweepsApi, ReplayApi, JournalApi, ReportsApi {}

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
  /** How far work on the journal is; `undefined` when it has ended. */
  journalWork: JournalWorkProgress | undefined
  /** A menu entry or accelerator was used. */
  menuCommand: string
}

// A record, not an array, so that a name that is missing or too much fails to compile
const events: Readonly<Record<keyof LabEvents, true>> = {
  runProgress: true,
  checkProgress: true,
  runEnded: true,
  sweepProgress: true,
  sweepEnded: true,
  replayProgress: true,
  journalChanged: true,
  settingsChanged: true,
  journalWork: true,
  menuCommand: true,
}

const apiMethods: Readonly<Record<keyof LabApi, true>> = {
  ...WINDOW_METHODS,
  ...SETUP_METHODS,
  ...RUNS_METHODS,
  ...SWEEPS_METHODS,
  ...REPLAY_METHODS,
  ...JOURNAL_METHODS,
  ...REPORTS_METHODS,
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
