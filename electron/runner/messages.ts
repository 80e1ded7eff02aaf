import type { RunResult, RunSpec } from '../../shared/run.ts'

/** What the runner sends to a worker: one run, and the memory of its `RunControl`. */
export interface RunOrder {
  readonly runId: number
  readonly spec: RunSpec
  readonly control: SharedArrayBuffer
}

/** What a worker answers. `failed` is a refused machine, an unknown name or a defect; the message is for people. */
export type WorkerMessage =
  | {
      readonly kind: 'progress'
      readonly runId: number
      readonly operationsDone: number
      readonly operationsTotal: number | undefined
      readonly elapsedMs: number
    }
  | { readonly kind: 'finished'; readonly runId: number; readonly result: RunResult }
  | { readonly kind: 'cancelled'; readonly runId: number }
  | { readonly kind: 'failed'; readonly runId: number; readonly reason: string }
