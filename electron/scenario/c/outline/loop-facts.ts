import type { Expression, Loop, Variable } from '../ast.ts'
import { allExpressions, allStatements, expressionsWithin } from '../ast-parts.ts'
import type { ModifiedVariables } from '../modified-variables.ts'
import { asCountedLoop, type CountedLoop } from './counted-loop.ts'

/** What the text says of a loop, whatever its variables are. */
export interface LoopFacts {
  /** Variables that a pass may change. */
  readonly modified: ReadonlySet<Variable>
  /** `undefined` when its passes cannot be counted from first value, bound and step alone. */
  readonly counted: CountedLoop | undefined
}

export function findLoopFacts(loop: Loop, modifiedVariables: ModifiedVariables): LoopFacts {
  const modified = modifiedVariables.inPasses(loop)
  const counted = asCountedLoop(loop)
  const isCounted =
    counted !== undefined &&
    isSteppedOnce(loop, counted.variable, modifiedVariables) &&
    (counted.bound === undefined || isFixed(counted.bound, modified))
  return { modified, counted: isCounted ? counted : undefined }
}

/**
 * True when the step that the loop is counted by is the only change of its variable, and every pass comes to it: a
 * `continue` would pass over a step inside the body.
 */
function isSteppedOnce({ body, condition, update }: Loop, variable: Variable, modified: ModifiedVariables): boolean {
  const changes = (expression: Expression): boolean => modified.inExpression(expression).has(variable)
  const inBody = expressionsWithin(body).filter((expression) => isChange(expression) && changes(expression))
  const inHead = [condition, update].filter((part) => part !== undefined && changes(part))
  if (inBody.length + inHead.length !== 1) return false
  return inBody.length === 0 || !allStatements(body).some(({ kind }) => kind === 'continue')
}

/** Expressions that change a variable themselves, and not by one inside them. */
function isChange({ kind }: Expression): boolean {
  return kind === 'assign' || kind === 'compound' || kind === 'step' || kind === 'call'
}

/** True for a bound that is the same before every pass, and whose value changes nothing. */
function isFixed(bound: Expression, modified: ReadonlySet<Variable>): boolean {
  return allExpressions(bound).every((inner) => {
    if (inner.kind === 'read') return inner.target.kind === 'variable' && !modified.has(inner.target.variable)
    if (inner.kind === 'builtin') return inner.name === 'ilog2' || inner.name === 'min' || inner.name === 'max'
    return !isChange(inner) && inner.kind !== 'task'
  })
}
