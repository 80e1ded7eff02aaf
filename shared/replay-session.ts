import type { Machine } from './machine.ts'
import type { ModelChoice } from './model-choice.ts'
import type { ReplayMoment } from './replay.ts'

/** Runs that are open for replay, on one playhead. */
export interface ReplaySession {
  readonly id: number
  /** One a run, in the order in which they were asked for. */
  readonly sides: readonly ReplaySide[]
}

export interface ReplaySide {
  readonly runId: number
  readonly model: ModelChoice
  readonly machine: Machine
  /** Operations that can be looked at. */
  readonly operations: number
  /** Why there is nothing behind them, as a sentence; `undefined` for a run that came to its end. */
  readonly problem: string | undefined
}

/** What to look for in a replay. */
export const REPLAY_TARGETS = ['event', 'block-allocated', 'block-freed', 'purge', 'failure', 'condition'] as const
export type ReplayTarget = (typeof REPLAY_TARGETS)[number]

export interface ReplaySearch {
  readonly target: ReplayTarget
  /** Only of conditions: `live_blocks > 100 && cpu == 1`. */
  readonly condition?: string
  /** Operations behind this one are looked at, or before it when `backwards`. */
  readonly from: number
  readonly backwards: boolean
}

/** The moment of each side; a side that has ended stays at its end. */
export type ReplayMoments = readonly ReplayMoment[]

/** A part of the address space of one side, in pages from VMALLOC_START on. */
export interface SpaceRequest {
  readonly sessionId: number
  /** Position of the side. */
  readonly side: number
  readonly fromPage: number
  readonly pages: number
  /** At most `OCCUPATION_CELLS_MAX`. */
  readonly cells: number
}
