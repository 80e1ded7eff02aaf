import type { Expression, FunctionSymbol, Loop, Statement, Variable } from './ast.ts'
import { allExpressions, allStatements, calleesOf, expressionsWithin } from './ast-parts.ts'

/** Finds which variables a part of a program may give another value. */
export class ModifiedVariables {
  readonly #byFunction = new Map<FunctionSymbol, ReadonlySet<Variable>>()

  inStatement(statement: Statement): ReadonlySet<Variable> {
    const modified = new Set<Variable>()
    for (const inner of allStatements(statement)) {
      if (inner.kind !== 'declare') continue
      for (const { variable } of inner.declarations) modified.add(variable)
    }
    for (const expression of expressionsWithin(statement)) this.#add(expression, modified)
    return modified
  }

  /** By the passes of a loop, not by what comes before the first one. */
  inPasses({ body, condition, update }: Loop): ReadonlySet<Variable> {
    const modified = new Set(this.inStatement(body))
    for (const part of [condition, update]) {
      if (part) for (const variable of this.inExpression(part)) modified.add(variable)
    }
    return modified
  }

  inExpression(expression: Expression): ReadonlySet<Variable> {
    const modified = new Set<Variable>()
    for (const inner of allExpressions(expression)) this.#add(inner, modified)
    return modified
  }

  /** Also by what the function calls. */
  inFunction(symbol: FunctionSymbol): ReadonlySet<Variable> {
    const found = this.#byFunction.get(symbol)
    if (found !== undefined) return found
    // Known to be empty while it is being found: a function that calls itself modifies nothing more by that
    this.#byFunction.set(symbol, new Set())
    const modified = new Set(symbol.body && this.inStatement(symbol.body))
    for (const callee of calleesOf(symbol)) for (const variable of this.inFunction(callee)) modified.add(variable)
    this.#byFunction.set(symbol, modified)
    return modified
  }

  #add(expression: Expression, modified: Set<Variable>): void {
    if (expression.kind === 'assign' || expression.kind === 'compound' || expression.kind === 'step') {
      const { target } = expression
      modified.add(target.kind === 'variable' ? target.variable : target.array)
    }
    if (expression.kind === 'call') for (const variable of this.inFunction(expression.callee)) modified.add(variable)
  }
}
