import { isArray, type Expression, type FunctionSymbol, type Loop, type Statement, type Variable } from '../ast.ts'
import { expressionsIn } from '../ast-parts.ts'

/** The variables that surely have a value at a point of a function; `undefined` where no run can come. */
type Known = ReadonlySet<Variable> | undefined

/**
 * The local variables of a function that some read may find without a value: only those need a check when they are read.
 * The analysis is the one of Java's definite assignment: a variable counts as set where every path has set it.
 */
export function findMaybeUnset(symbol: FunctionSymbol): ReadonlySet<Variable> {
  const flow = new AssignmentFlow()
  if (symbol.body !== undefined) flow.statement(symbol.body, new Set())
  return flow.maybeUnset
}

class AssignmentFlow {
  readonly maybeUnset = new Set<Variable>()
  /** What is known at each `break` and `continue` of the statement that it leaves, innermost last. */
  readonly #breaks: Known[][] = []
  readonly #continues: Known[][] = []

  /** What is known after a statement when `known` is before it. */
  statement(statement: Statement, known: Known): Known {
    switch (statement.kind) {
      case 'block':
        return statement.statements.reduce<Known>((before, inner) => this.statement(inner, before), known)
      case 'declare':
        return statement.declarations.reduce<Known>((before, { variable, initial }) => {
          const after = (initial ?? []).reduce<Known>((state, value) => this.#value(value, state), before)
          return initial === undefined ? without(after, variable) : withVariable(after, variable)
        }, known)
      case 'expression':
        return this.#value(statement.expression, known)
      case 'if': {
        const { whenTrue, whenFalse } = this.#condition(statement.condition, known)
        const then = this.statement(statement.then, whenTrue)
        return meet(then, statement.otherwise ? this.statement(statement.otherwise, whenFalse) : whenFalse)
      }
      case 'loop':
        return this.#loop(statement, known)
      case 'switch':
        return this.#switch(statement, known)
      case 'break':
        this.#breaks.at(-1)?.push(known)
        return undefined
      case 'continue':
        this.#continues.at(-1)?.push(known)
        return undefined
      case 'return':
        if (statement.value) this.#value(statement.value, known)
        return undefined
    }
  }

  /** What is known before the first pass is known before every pass, since nothing takes a value away. */
  #loop(loop: Loop, before: Known): Known {
    const known = loop.initial.reduce<Known>((state, inner) => this.statement(inner, state), before)
    this.#breaks.push([])
    this.#continues.push([])
    const exit = loop.form === 'do' ? this.#doLoop(loop, known) : this.#testedLoop(loop, known)
    this.#continues.pop()
    return (this.#breaks.pop() ?? []).reduce(meet, exit)
  }

  #testedLoop({ condition, update, body }: Loop, known: Known): Known {
    const { whenTrue, whenFalse } = condition
      ? this.#condition(condition, known)
      : { whenTrue: known, whenFalse: undefined }
    const afterBody = this.statement(body, whenTrue)
    const atUpdate = (this.#continues.at(-1) ?? []).reduce(meet, afterBody)
    if (update) this.#value(update, atUpdate)
    return whenFalse
  }

  #doLoop({ condition, body }: Loop, known: Known): Known {
    const afterBody = this.statement(body, known)
    const atCondition = (this.#continues.at(-1) ?? []).reduce(meet, afterBody)
    return condition && this.#condition(condition, atCondition).whenFalse
  }

  #switch({ value, cases }: Extract<Statement, { kind: 'switch' }>, before: Known): Known {
    const known = this.#value(value, before)
    this.#breaks.push([])
    let state: Known
    for (const { statements } of cases) {
      state = statements.reduce<Known>((inner, statement) => this.statement(statement, inner), meet(state, known))
    }
    const hasDefault = cases.some(({ label }) => label === 'default')
    const end = hasDefault ? state : meet(state, known)
    return (this.#breaks.pop() ?? []).reduce(meet, end)
  }

  #value(expression: Expression, known: Known): Known {
    switch (expression.kind) {
      case 'read': {
        const { target } = expression
        if (target.kind === 'element') return this.#value(target.index, known)
        if (isLocalScalar(target.variable) && known?.has(target.variable) === false)
          this.maybeUnset.add(target.variable)
        return known
      }
      case 'assign': {
        const { target, value } = expression
        if (target.kind === 'variable') return withVariable(this.#value(value, known), target.variable)
        return this.#value(value, this.#value(target.index, known))
      }
      case 'compound':
      case 'step': {
        const { target } = expression
        if (target.kind === 'variable') this.#value({ kind: 'read', type: target.type, target, at: target.at }, known)
        return this.#all(expression, known)
      }
      case 'not':
      case 'logical': {
        const { whenTrue, whenFalse } = this.#condition(expression, known)
        return meet(whenTrue, whenFalse)
      }
      case 'conditional': {
        const { whenTrue, whenFalse } = this.#condition(expression.condition, known)
        return meet(this.#value(expression.then, whenTrue), this.#value(expression.otherwise, whenFalse))
      }
      case 'literal':
      case 'opaque':
      case 'unary':
      case 'arithmetic':
      case 'shift':
      case 'compare':
      case 'convert':
      case 'comma':
      case 'call':
      case 'task':
      case 'builtin':
        return this.#all(expression, known)
    }
  }

  #all(expression: Expression, known: Known): Known {
    return expressionsIn(expression).reduce<Known>((state, inner) => this.#value(inner, state), known)
  }

  #condition(expression: Expression, known: Known): { readonly whenTrue: Known; readonly whenFalse: Known } {
    if (expression.kind === 'literal') {
      return expression.value === 0n
        ? { whenTrue: undefined, whenFalse: known }
        : { whenTrue: known, whenFalse: undefined }
    }
    if (expression.kind === 'not') {
      const { whenTrue, whenFalse } = this.#condition(expression.operand, known)
      return { whenTrue: whenFalse, whenFalse: whenTrue }
    }
    if (expression.kind === 'logical') {
      const left = this.#condition(expression.left, known)
      const isAnd = expression.operator === '&&'
      const right = this.#condition(expression.right, isAnd ? left.whenTrue : left.whenFalse)
      return isAnd
        ? { whenTrue: right.whenTrue, whenFalse: meet(left.whenFalse, right.whenFalse) }
        : { whenTrue: meet(left.whenTrue, right.whenTrue), whenFalse: right.whenFalse }
    }
    const after = this.#value(expression, known)
    return { whenTrue: after, whenFalse: after }
  }
}

function isLocalScalar({ storage, type }: Variable): boolean {
  return storage === 'local' && !isArray(type)
}

function meet(left: Known, right: Known): Known {
  if (left === undefined) return right
  return right === undefined ? left : new Set([...left].filter((variable) => right.has(variable)))
}

function withVariable(known: Known, variable: Variable): Known {
  return known && (known.has(variable) ? known : new Set([...known, variable]))
}

function without(known: Known, variable: Variable): Known {
  return known && new Set([...known].filter((other) => other !== variable))
}
