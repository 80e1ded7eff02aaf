import type { CellAnalysis } from '../sweep-analysis.ts'
import type { SweepFigure } from '../sweep-columns.ts'
import type { SweepPlan, SweepProgress, SweepRecord, SweepSummary } from '../sweep-record.ts'
import type { RunRange, SweepRequest } from '../sweep.ts'
import type { Outcome } from './outcome.ts'

/** Sweeps. */
export interface SweepsApi {
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
  analyseSweep(sweepId: number, cell: number): Promise<Outcome<CellAnalysis>>
  /** Ends the making of statistics; what is asked then is `declined`. */
  cancelAnalyses(): Promise<void>
  /** One figure of a range of runs, NaN for runs that have not been made. */
  sweepColumn(sweepId: number, figure: SweepFigure, range: RunRange): Promise<Float64Array>
}

// A record, not an array, so that a name that is missing or too much fails to compile
export const SWEEPS_METHODS: Readonly<Record<keyof SweepsApi, true>> = {
  planSweep: true,
  startSweep: true,
  resumeSweep: true,
  pauseSweep: true,
  cancelSweep: true,
  currentSweep: true,
  listSweeps: true,
  openSweep: true,
  analyseSweep: true,
  cancelAnalyses: true,
  sweepColumn: true,
}
