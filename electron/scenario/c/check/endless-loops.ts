import type { Expression, Loop, Program, Statement, Variable } from '../ast.ts'
import { allExpressions, allStatements, startedTasks, statementsIn } from '../ast-parts.ts'
import { replacement, type Diagnostics } from '../diagnostics.ts'
import { ModifiedVariables } from '../modified-variables.ts'
import type { SourceText } from '../syntax/source-text.ts'

/**
 * Warns of loops that only a budget can end: nothing inside changes what the condition looks at, and nothing leaves them. The
 * loops of the 2015 patch are printed so: `while (iters) { … }`.
 */
export function warnOfEndlessLoops(program: Program, source: SourceText, diagnostics: Diagnostics): void {
  const modified = new ModifiedVariables()
  const hasTasks = startedTasks(program).size > 0
  for (const { body } of program.functions) {
    if (body === undefined) continue
    for (const statement of allStatements(body)) {
      if (statement.kind !== 'loop' || isLeft(statement.body, true)) continue
      const looked = lookedAt(statement.condition)
      // Another task can change what is not the loop's own
      if (looked === undefined || (hasTasks && [...looked].some(({ storage }) => storage === 'global'))) continue
      const changed = modified.inPasses(statement)
      if ([...looked].some((variable) => changed.has(variable))) continue
      report(statement, source, diagnostics)
    }
  }
}

/** The variables of a condition; `undefined` for one that can change by itself or that is false from the start. */
function lookedAt(condition: Expression | undefined): ReadonlySet<Variable> | undefined {
  const variables = new Set<Variable>()
  if (condition === undefined) return variables
  if (condition.kind === 'literal') return condition.value === 0n ? undefined : variables
  for (const inner of allExpressions(condition)) {
    if (['call', 'builtin', 'assign', 'compound', 'step'].includes(inner.kind)) return undefined
    if (inner.kind === 'read' && inner.target.kind === 'element') return undefined
    if (inner.kind === 'read' && inner.target.kind === 'variable') variables.add(inner.target.variable)
  }
  return variables
}

/** True when a statement of a loop's body leaves the loop: `return`, or a `break` that is the loop's own. */
function isLeft(statement: Statement, breakLeaves: boolean): boolean {
  if (statement.kind === 'return') return true
  if (statement.kind === 'break') return breakLeaves
  const inside = breakLeaves && statement.kind !== 'loop' && statement.kind !== 'switch'
  return statementsIn(statement).some((inner) => isLeft(inner, inside))
}

function report({ condition, at }: Loop, source: SourceText, diagnostics: Diagnostics): void {
  const head = { from: at.from, to: condition?.at.to ?? at.from + 1 }
  if (condition?.kind === 'read' && condition.target.kind === 'variable' && condition.type !== 'pointer') {
    const { name } = condition.target.variable
    const fix = replacement(`Count down: ${name}--`, condition.at, `${name}--`)
    diagnostics.warning(head, `This loop never ends: nothing in it changes ${name}.`, fix)
  } else {
    const text = condition ? source.slice(condition.at.from, condition.at.to) : ''
    const reason =
      text === '' || condition?.kind === 'literal' ? 'it has no break or return' : `nothing in it changes ${text}`
    diagnostics.warning(head, `This loop never ends: ${reason}. A budget will stop it.`)
  }
}
