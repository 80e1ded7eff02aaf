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
  /** Set while it is archived or in the trash. */
  readonly archivedAtMs?: number
  readonly trashedAtMs?: number
  /** In a list, those that were searched for. */
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
  /** Newest first; absent when it was never made again. */
  readonly checks?: readonly RunCheck[]
}

/** What came out when a finished run was made again. The run itself is never changed by that. */
export interface RunCheck {
  readonly runId: number
  readonly checkedAtMs: number
  /** Of the lab that made it again. */
  readonly labVersion: string
  readonly outcome:
    | { readonly kind: 'finished'; readonly digest: string; readonly counts: Counts; readonly blocksListed: number }
    | { readonly kind: 'failed'; readonly reason: string }
}

/** A moment of a run that somebody wants to come back to. */
export interface NewBookmark {
  readonly runId: number
  /** The playhead stands after so many operations. */
  readonly operation: number
  /** Why; may be empty. */
  readonly note: string
}

export interface Bookmark extends NewBookmark {
  readonly id: number
  readonly madeAtMs: number
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

/** A note keeps its history: every stretch of editing is a version. */
export interface NoteVersion {
  readonly text: string
  readonly writtenAtMs: number
}

export interface ExperimentReference {
  readonly id: number
  readonly title: string
}

export interface ExperimentRecord extends ExperimentSummary {
  /** Newest version first; empty when there is no note. */
  readonly note: readonly NoteVersion[]
  /** Other experiments whose notes name this one or one of its runs, newest first; absent when none does. */
  readonly backlinks?: readonly ExperimentReference[]
  /** Runs with their results. */
  readonly records: readonly RunRecord[]
}

export interface JournalQuery {
  /** A query of shared/journal-query; empty for everything that is not put away. */
  readonly search: string
  readonly limit: number
}

/** All that a query finds, newest experiment first, without its content. */
export interface JournalMatches {
  readonly experimentIds: readonly number[]
  /** Of each of them, how many of its runs were found. */
  readonly runCounts: readonly number[]
}

export interface FacetCount {
  readonly value: string
  readonly count: number
}

/** What a query could be narrowed by: experiments, runs of each model, experiments of each tag, runs in each state. */
export interface JournalFacets {
  readonly all: number
  readonly starred: number
  readonly archived: number
  readonly trashed: number
  readonly models: readonly FacetCount[]
  readonly tags: readonly FacetCount[]
  readonly states: readonly FacetCount[]
}

export interface JournalTotals {
  readonly experiments: number
  readonly runs: number
}

/** What the user marks experiments with; what is absent stays as it is. */
export interface MarksChange {
  readonly starred?: boolean
  readonly archived?: boolean
  readonly trashed?: boolean
  readonly addTag?: string
  readonly removeTag?: string
}

/** The marks of an experiment at one moment, to bring them back. */
export interface ExperimentMarks {
  readonly id: number
  readonly starred: boolean
  readonly archivedAtMs?: number
  readonly trashedAtMs?: number
  readonly tags: readonly string[]
}

/** What emptying the trash would delete for ever. */
export interface TrashContents {
  readonly experiments: number
  readonly runs: number
  /** Of the newest `TRASH_TITLES_MAX`. */
  readonly titles: readonly string[]
}

/** The file of the journal and when it was looked after. */
export interface JournalFile {
  readonly path: string
  /** With its write-ahead log. */
  readonly bytes: number
  readonly schemaVersion: number
  /** `problems` is empty when nothing was wrong. */
  readonly lastCheck?: { readonly atMs: number; readonly problems: string }
  readonly lastBackup?: { readonly atMs: number; readonly path: string }
}

/** What a merge does not take over, as a sentence. */
export const MERGE_LEAVES_OUT =
  'Experiments that are here already keep the title, notes, tags, star and bookmarks that they have here.'

/** Work on the journal that may take a while: what, and how far it is. */
export interface JournalWorkProgress {
  readonly kind: JournalWorkKind
  readonly done: number
  /** `undefined` where nobody can tell. */
  readonly total: number | undefined
}

export type JournalWorkKind = 'check' | 'backUp' | 'countMerge' | 'merge' | 'change' | 'restore' | 'empty'

/** How far a merge is. */
export interface MergeProgress {
  readonly done: number
  readonly total: number
}

/** What a merge would do, or did. */
export interface MergeCounts {
  /** Experiments and runs that are added. */
  readonly experiments: number
  readonly runs: number
  /** Runs that are added to experiments that are here already. */
  readonly furtherRuns: number
  /** Sweeps that are added, or get runs that were made there. */
  readonly sweeps: number
  /** Saved models, machines and scenarios that are added, or get versions. What has another's name gets a number. */
  readonly saved: number
  /** Experiments of the other journal that are here already. */
  readonly known: number
  /** Experiments and sweeps that are under way there, which are left out. */
  readonly underWay: number
  /** Experiments in the other journal's trash, which are left out. */
  readonly trashed: number
  /** Saved items, and runs of experiments that are here already, that would go over a limit, and are left out. */
  readonly noRoom: number
  /** Experiments and sweeps that were to be added when the merge was cancelled. */
  readonly left: number
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
/** Of a bookmark, in UTF-16 units. */
export const BOOKMARK_NOTE_LENGTH_MAX = 500
/** Bookmarks of one run. */
export const BOOKMARKS_MAX = 200
export const TAG_LENGTH_MAX = 40
export const TAGS_MAX = 32
export const EXPERIMENT_RUNS_MAX = 256
/** Runs that are compared at once. */
export const COMPARED_RUNS_MAX = 1000
/** Saved items of one kind. */
export const LIBRARY_ITEMS_MAX = 200
/** Experiments in one answer of readExperiments. */
export const READ_EXPERIMENTS_MAX = 1000
/** Titles that are named before the trash is emptied. */
export const TRASH_TITLES_MAX = 10
/** Experiments that are marked at once. */
export const MARKED_MAX = 100_000
