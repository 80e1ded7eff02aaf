import type { ScenarioParameter } from './scenario.ts'

/** A stretch of source text. Offsets count UTF-16 units from 0, lines and columns count from 1; the end is exclusive. */
export interface SourceSpan {
  readonly from: number
  readonly to: number
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** Replaces the text from offset `from` up to `to` with `insert`. */
export interface TextEdit {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** What can be done about a diagnostic, ready to apply: all edits refer to the text that was checked. */
export interface Fix {
  readonly title: string
  readonly edits: readonly TextEdit[]
}

/** An error keeps a scenario from running; a warning does not. */
export type Severity = 'error' | 'warning'

export interface Diagnostic extends SourceSpan {
  readonly severity: Severity
  /** One plain sentence: what is wrong, and what is accepted. */
  readonly message: string
  readonly fix?: Fix
}

export interface CheckedParameter extends ScenarioParameter {
  /** Where the default value stands in the text; `undefined` when the text only uses the name. */
  readonly defaultAt: SourceSpan | undefined
}

export type OutlineKind = 'function' | 'task' | 'loop' | 'branch' | 'call' | 'map' | 'unmap' | 'aliases' | 'cpu'

/** What one part of a scenario asks of the allocator, for one pass through it. Counts are `undefined` when they depend on the run. */
export interface OutlineCounts {
  readonly maps: number | undefined
  readonly unmaps: number | undefined
  /** Page slots that the maps take: their sizes rounded up to orders; larger maps take none. */
  readonly slots: number | undefined
}

export interface OutlineNode {
  readonly kind: OutlineKind
  /** The part's own words, shortened: `for (i = 0; i < iters; i++)`. */
  readonly label: string
  readonly at: SourceSpan
  /** How often a loop runs each time it is reached, with the parameters' defaults; `undefined` when that depends on the run. */
  readonly times: number | undefined
  readonly counts: OutlineCounts
  readonly children: readonly OutlineNode[]
}

/** What the checker says about a scenario's text on one machine. */
export interface ScenarioCheck {
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[]
  readonly parameters: readonly CheckedParameter[]
  /** True when the request stream depends on the seed. */
  readonly usesSeed: boolean
  /** The entry and every function that is started as a task. Empty while the text has errors. */
  readonly outline: readonly OutlineNode[]
}

export function hasErrors(check: Pick<ScenarioCheck, 'diagnostics'>): boolean {
  return check.diagnostics.some(({ severity }) => severity === 'error')
}
