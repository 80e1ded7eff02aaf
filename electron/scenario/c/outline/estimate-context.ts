import type { Expression, Statement, Variable } from '../ast.ts'
import type { ModifiedVariables } from '../modified-variables.ts'
import type { WordBits } from '../types.ts'
import type { KnownValues, Value } from './known-values.ts'
import type { Tally } from './tally.ts'

/** What is known of a loop or call. What was never come to is `undefined`, what differs from one time to the next is NaN. */
export interface Estimate {
  /** Passes each time it is reached. */
  readonly passes: number | undefined
  /** What one pass asks for. */
  readonly tally: Tally | undefined
}

/** What was seen of a part of the program at one time, with what was seen before it. */
export interface Sighting extends Partial<Estimate> {
  readonly part: Statement | Expression
  readonly earlier: Sighting | undefined
}

/** How statements are left. */
export type Exit = 'none' | 'break' | 'continue' | 'return'

/** Where an estimate has come to. */
export interface EstimateState {
  readonly values: ReadonlyMap<Variable, Value>
  readonly tally: Tally
  readonly exit: Exit
  readonly sightings: Sighting | undefined
}

/** What the parts of an estimate share: where it has come to, and how it goes on. */
export interface EstimateContext {
  readonly wordBits: WordBits
  readonly modified: ModifiedVariables
  readonly known: KnownValues
  tally: Tally
  exit: Exit
  stepsLeft: number
  /** Goes through a statement, unless the ones before it are left for good. */
  statement(statement: Statement): void
  /** Notes what was seen of a part, at this time. */
  see(part: Statement | Expression, seen: Partial<Estimate>): void
  state(): EstimateState
  /** Goes back to a state; what was seen since then is forgotten. */
  restore(state: EstimateState): void
}
