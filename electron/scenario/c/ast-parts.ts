import type { ArrayArgument, Expression, FunctionSymbol, Program, Statement, Target } from './ast.ts'

/** The expressions directly inside an expression, in the order in which they are computed. */
export function expressionsIn(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'opaque':
      return []
    case 'read':
      return inTarget(expression.target)
    case 'unary':
    case 'not':
    case 'convert':
      return [expression.operand]
    case 'arithmetic':
    case 'compare':
    case 'logical':
    case 'comma':
      return [expression.left, expression.right]
    case 'shift':
      return [expression.left, expression.count]
    case 'conditional':
      return [expression.condition, expression.then, expression.otherwise]
    case 'assign':
    case 'compound':
      return [...inTarget(expression.target), expression.value]
    case 'step':
      return inTarget(expression.target)
    case 'call':
      return expression.args.filter(isExpression)
    case 'task':
      return [expression.cpu, ...expression.args.filter(isExpression)]
    case 'builtin':
      return expression.args
  }
}

function inTarget(target: Target): readonly Expression[] {
  return target.kind === 'element' ? [target.index] : []
}

export function isExpression(argument: Expression | ArrayArgument): argument is Expression {
  return argument.kind !== 'array'
}

/** The statements directly inside a statement. */
export function statementsIn(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'block':
      return statement.statements
    case 'if':
      return statement.otherwise ? [statement.then, statement.otherwise] : [statement.then]
    case 'loop':
      return [...statement.initial, statement.body]
    case 'switch':
      return statement.cases.flatMap(({ statements }) => statements)
    case 'declare':
    case 'expression':
    case 'break':
    case 'continue':
    case 'return':
      return []
  }
}

/** The expressions that are a statement's own, not those of statements inside it. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'declare':
      return statement.declarations.flatMap(({ initial }) => initial ?? [])
    case 'expression':
      return [statement.expression]
    case 'if':
      return [statement.condition]
    case 'loop':
      return [statement.condition, statement.update].filter((expression) => expression !== undefined)
    case 'switch':
      return [statement.value]
    case 'return':
      return statement.value ? [statement.value] : []
    case 'block':
    case 'break':
    case 'continue':
      return []
  }
}

/** A statement and all statements inside it. */
export function allStatements(statement: Statement): readonly Statement[] {
  const found: Statement[] = []
  const add = (inner: Statement): void => {
    found.push(inner)
    statementsIn(inner).forEach(add)
  }
  add(statement)
  return found
}

/** An expression and all expressions inside it. */
export function allExpressions(expression: Expression): readonly Expression[] {
  const found: Expression[] = []
  addExpressions(expression, found)
  return found
}

/** All expressions of a statement and of the statements inside it. */
export function expressionsWithin(statement: Statement): readonly Expression[] {
  const found: Expression[] = []
  const add = (inner: Statement): void => {
    for (const expression of expressionsOf(inner)) addExpressions(expression, found)
    statementsIn(inner).forEach(add)
  }
  add(statement)
  return found
}

function addExpressions(expression: Expression, found: Expression[]): void {
  found.push(expression)
  for (const inner of expressionsIn(expression)) addExpressions(inner, found)
}

/** The functions that a function calls or starts as tasks. */
export function calleesOf({ body }: FunctionSymbol): ReadonlySet<FunctionSymbol> {
  const callees = new Set<FunctionSymbol>()
  if (body === undefined) return callees
  for (const expression of expressionsWithin(body)) {
    if (expression.kind === 'call' || expression.kind === 'task') callees.add(expression.callee)
  }
  return callees
}

/** The functions that a run can come to, the entry among them. */
export function reachableFunctions({ entry }: Program): ReadonlySet<FunctionSymbol> {
  const reached = new Set([entry])
  for (const symbol of reached) for (const callee of calleesOf(symbol)) reached.add(callee)
  return reached
}

/** The functions that a run may start as tasks. */
export function startedTasks(program: Program): ReadonlySet<FunctionSymbol> {
  const started = new Set<FunctionSymbol>()
  for (const { body } of reachableFunctions(program)) {
    if (body === undefined) continue
    for (const expression of expressionsWithin(body)) if (expression.kind === 'task') started.add(expression.callee)
  }
  return started
}
