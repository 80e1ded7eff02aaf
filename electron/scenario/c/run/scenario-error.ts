import type { SourceSpan } from '../../../../shared/scenario-check.ts'

/** `text`: the scenario has errors. `run`: it did what a kernel would not survive. `budget`: it used up what it may use. */
export type ScenarioErrorKind = 'text' | 'run' | 'budget'

/** Why a scenario cannot go on, and where in its text. The message begins with the place. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
  readonly kind: ScenarioErrorKind
  readonly at: SourceSpan
  /** The message without the place. */
  readonly problem: string

  constructor(kind: ScenarioErrorKind, at: SourceSpan, problem: string) {
    super(`line ${at.line}, column ${at.column}: ${problem}`)
    this.kind = kind
    this.at = at
    this.problem = problem
  }
}
