import type { Machine } from './machine.ts'
import type { ParameterValues } from './scenario.ts'

export type RequestKind = 'map' | 'unmap' | 'vmap' | 'vunmap' | 'aliases'

/** One call of a scenario, before any allocator has seen it. */
export interface PreviewedRequest {
  readonly kind: RequestKind
  /** Pages that are mapped or unmapped; 0 for `aliases`. */
  readonly pages: number
  readonly cpu: number
  /** Pages of all live mappings after the call. */
  readonly livePages: number
}

export interface PreviewRequest {
  readonly source: string
  readonly machine: Machine
  /** Values of parameters by name; what is not given has its default. */
  readonly parameters: ParameterValues
  readonly seed: number
}

/** The beginning of a scenario's request stream, every map taken to succeed. */
export interface ScenarioPreview {
  /** At most `PREVIEW_REQUESTS_MAX`. */
  readonly requests: readonly PreviewedRequest[]
  /** Calls of the whole scenario; `undefined` when they are not known before a run. */
  readonly operationsTotal: number | undefined
  /** The scenario ended within what is shown. */
  readonly ended: boolean
  /** Why the preview ended before the scenario did, if it did. */
  readonly problem?: string
}

export const PREVIEW_REQUESTS_MAX = 1000
