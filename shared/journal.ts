import type { Counts } from './counts.ts'
import type { CustomModel } from './policy.ts'
import type { RunOutline, RunResult, RunSpec, RunStatus } from './run.ts'
import type { SavedMachine } from './saved-machine.ts'

/** A question, its runs, notes and tags. */
export interface ExperimentSummary {
  readonly id: number
  readonly title: string
  readonly question: string
  readonly createdAtMs: number
  readonly starred: boolean
  readonly tags: readonly string[]
  readonly runs: readonly RunSummary[]
  /** Where a search matched, with the matched words between U+0002 and U+0003; absent when nothing was searched. */
  readonly excerpt?: string
}

export interface RunSummary {
  readonly id: number
  readonly experimentId: number
  readonly spec: RunOutline
  readonly status: RunStatus
  readonly startedAtMs: number
  readonly labVersion: string
  /** Only of finished runs. */
  readonly counts?: Counts
  readonly blocksListed?: number
  readonly digest?: string
  readonly elapsedMs?: number
  /** Why a failed run failed. */
  readonly failure?: string
}

export interface RunRecord extends RunSummary {
  readonly spec: RunSpec
  /** The scenario's text as it was when the run started. */
  readonly source: string
  /** Only of finished runs. */
  readonly result?: RunResult
}

/** A run as it is recorded before it starts. */
export interface NewRun {
  readonly spec: RunSpec
  readonly source: string
}

export interface NewExperiment {
  readonly title: string
  readonly question: string
  readonly runs: readonly NewRun[]
}

/** A note keeps its history: every change is a new version. */
export interface NoteVersion {
  readonly text: string
  readonly writtenAtMs: number
}

export interface ExperimentRecord extends ExperimentSummary {
  /** Newest version first; empty when there is no note. */
  readonly note: readonly NoteVersion[]
  /** Runs with their results. */
  readonly records: readonly RunRecord[]
}

export interface JournalQuery {
  /** Words that all must occur in title, question, note, tags, scenario, model or source; empty for everything. */
  readonly search: string
  readonly limit: number
}

export interface JournalTotals {
  readonly experiments: number
  readonly runs: number
}

/** What can be saved by name: the definition of each kind. */
export interface LibraryDefinitions {
  readonly model: Pick<CustomModel, 'base' | 'choices'>
  readonly machine: Pick<SavedMachine, 'description' | 'machine'>
}
export type LibraryKind = keyof LibraryDefinitions

export interface SavedItem<Kind extends LibraryKind> {
  readonly name: string
  readonly definition: LibraryDefinitions[Kind]
  readonly updatedAtMs: number
}

export const TITLE_LENGTH_MAX = 200
export const QUESTION_LENGTH_MAX = 1000
export const NOTE_LENGTH_MAX = 100_000
export const TAG_LENGTH_MAX = 40
export const TAGS_MAX = 32
export const EXPERIMENT_RUNS_MAX = 256
/** Runs that are compared at once. */
export const COMPARED_RUNS_MAX = 1000
/** Saved items of one kind. */
export const LIBRARY_ITEMS_MAX = 200
