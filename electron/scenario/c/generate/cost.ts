import type { Expression, Statement } from '../ast.ts'
import { expressionsIn, expressionsOf, statementsIn } from '../ast-parts.ts'

/** So many parts of a program count as one step: a small loop body is one. */
const PARTS_PER_STEP = 16

/** The steps of one pass through a statement, without those of the loops in it, which count their own. At least 1. */
export function costOf(statement: Statement): number {
  return Math.ceil((partsOf(statement) + 1) / PARTS_PER_STEP)
}

function partsOf(statement: Statement): number {
  const own = expressionsOf(statement).reduce((sum, expression) => sum + partsIn(expression), 1)
  return statementsIn(statement).reduce((sum, inner) => sum + (inner.kind === 'loop' ? 1 : partsOf(inner)), own)
}

function partsIn(expression: Expression): number {
  return expressionsIn(expression).reduce((sum, inner) => sum + partsIn(inner), 1)
}
