import type { RunSpec } from './run.ts'

/** A run of a moment, as it is made again on any machine. */
export interface MomentRun {
  readonly spec: RunSpec
  /** What it came to; a lab in which it comes to something else says so. */
  readonly digest: string
}

/** A moment in a file: everything that it takes to see it elsewhere. */
export interface Moment {
  readonly title: string
  readonly note: string
  /** The playhead stands after so many operations. */
  readonly operation: number
  /** In the order of the sides. */
  readonly runs: readonly MomentRun[]
}

/** A request for the file of a moment. */
export interface MomentRequest {
  /** In the order of the sides, all finished. */
  readonly runIds: readonly number[]
  readonly operation: number
  readonly note: string
}

export const MOMENT_FORMAT = 'vmap-lab-moment'
export const MOMENT_VERSION = 1
/** Without the dot. */
export const MOMENT_EXTENSION = 'vmap-moment'

export function formatMoment(moment: Moment, labVersion: string): string {
  return `${JSON.stringify({ format: MOMENT_FORMAT, version: MOMENT_VERSION, labVersion, ...moment }, undefined, 2)}\n`
}
