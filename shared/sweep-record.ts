import type { SweepDefinition } from './sweep.ts'

/** `interrupted`: its process ended before it did; like a cancelled or failed one it can be resumed. */
export type SweepStatus = 'running' | 'finished' | 'cancelled' | 'interrupted' | 'failed'

export interface SweepSummary {
  readonly id: number
  readonly title: string
  readonly status: SweepStatus
  readonly startedAtMs: number
  readonly labVersion: string
  readonly runs: number
  /** Runs that are in the journal. */
  readonly runsDone: number
  /** Why a failed sweep failed. */
  readonly failure?: string
}

/** A sweep as it is recorded. */
export interface SweepRecord extends SweepSummary {
  readonly definition: SweepDefinition
  /** The scenario's text as it was when the sweep started. */
  readonly source: string
}

/** A sweep as it is recorded before it starts. */
export interface NewSweep {
  readonly definition: SweepDefinition
  readonly source: string
}

/** How far a sweep under way is. */
export interface SweepProgress {
  readonly sweepId: number
  readonly runsDone: number
  readonly runs: number
  /** Runs of this start, without those that an earlier one left. */
  readonly runsMade: number
  /** Spent on those, pauses not counted. */
  readonly elapsedMs: number
  readonly paused: boolean
  readonly workers: number
}

/** What a sweep is expected to take, before it starts. */
export interface SweepPlan {
  readonly runs: number
  readonly cells: number
  readonly usesSeed: boolean
  /** Seeds that are run: one where the scenario uses none. */
  readonly seeds: number
  readonly workers: number
  /** Measured on some of its runs. */
  readonly runMs: number
  readonly totalMs: number
  /** One of those had not ended after a while: it may take longer. */
  readonly atLeast: boolean
}
