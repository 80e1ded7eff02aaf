import type { ScenarioBudgets } from '../../shared/scenario-budgets.ts'
import type { RunRange, SweepDefinition } from '../../shared/sweep.ts'
import type { SweepChunk } from '../../shared/sweep-columns.ts'

/** What a thread of a sweep is started with; `control` is the memory of the sweep's `RunControl`. */
export interface SweepThreadData {
  readonly sweep: SweepDefinition
  readonly budgets: ScenarioBudgets
  readonly control: SharedArrayBuffer
}

export type SweepOrder =
  | { readonly kind: 'chunk'; readonly range: RunRange }
  | { readonly kind: 'measure'; readonly indexes: readonly number[] }

/** Milliseconds that one run takes on average; `atLeast`: one of the measured runs had not ended when it was stopped. */
export interface MeasuredRuns {
  readonly runMs: number
  readonly atLeast: boolean
  /** Runs that were timed. */
  readonly timed: number
}

/**
 * What a thread answers. A chunk may hold fewer runs than were asked for, from the first on: its time is over, or the sweep was
 * cancelled, or the next run failed, for the reason given.
 */
export type SweepAnswer =
  | { readonly kind: 'chunk'; readonly chunk: SweepChunk; readonly failure?: string }
  | { readonly kind: 'measured'; readonly measured: MeasuredRuns }
  | { readonly kind: 'failed'; readonly reason: string }
