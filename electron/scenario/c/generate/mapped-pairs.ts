import type { BuiltinCall, Expression, FunctionSymbol, Statement, Target, Variable } from '../ast.ts'
import { allStatements, expressionsIn, expressionsWithin } from '../ast-parts.ts'

/** A map whose unmap is the next statement. */
export interface MappedPair {
  readonly variable: Variable
  readonly map: BuiltinCall
  readonly unmap: BuiltinCall
}

/**
 * The maps of a function that are unmapped at once, by the statement that maps: most workloads do little else. When nothing
 * else reads the pointer, nobody can tell whether the mapping was in the table of mappings in between, so it need not be.
 */
export function findMappedPairs({ body }: FunctionSymbol): ReadonlyMap<Statement, MappedPair> {
  const pairs = new Map<Statement, MappedPair>()
  if (body === undefined) return pairs
  for (const statement of allStatements(body)) {
    for (const list of listsIn(statement)) addPairs(list, pairs)
  }
  const reads = countReads(expressionsWithin(body))
  const inPairs = countReads([...pairs.values()].map(({ unmap }) => unmap.args[0]).filter((read) => read !== undefined))
  for (const [statement, { variable }] of pairs) {
    if (reads.get(variable) !== inPairs.get(variable)) pairs.delete(statement)
  }
  return pairs
}

/** Statements that run one after the other. */
function listsIn(statement: Statement): readonly (readonly Statement[])[] {
  if (statement.kind === 'block') return [statement.statements]
  return statement.kind === 'switch' ? statement.cases.map(({ statements }) => statements) : []
}

function addPairs(list: readonly Statement[], pairs: Map<Statement, MappedPair>): void {
  list.forEach((statement, index) => {
    const mapped = mapIn(statement)
    const unmap = callIn(list[index + 1], 'vm_unmap_ram')
    if (mapped === undefined || unmap === undefined) return
    const [pointer, count] = unmap.args
    const isSame =
      pointer?.kind === 'read' && pointer.target.kind === 'variable' && pointer.target.variable === mapped.variable
    if (isSame && count !== undefined && areEqual(count, mapped.map.args[1])) pairs.set(statement, { ...mapped, unmap })
  })
}

/** `p = vm_map_ram(…)` with a local p, also as its declaration; arguments that go nowhere must not do anything. */
function mapIn(statement: Statement): Omit<MappedPair, 'unmap'> | undefined {
  const assigned = assignmentIn(statement)
  if (assigned?.value.kind !== 'builtin' || assigned.value.name !== 'vm_map_ram') return undefined
  const [, , ...rest] = assigned.value.args
  const isPlain = rest.every(({ kind }) => kind === 'literal' || kind === 'opaque')
  return isPlain && assigned.variable.storage === 'local'
    ? { variable: assigned.variable, map: assigned.value }
    : undefined
}

function assignmentIn(statement: Statement): { variable: Variable; value: Expression } | undefined {
  if (statement.kind === 'declare') {
    const [declaration, ...more] = statement.declarations
    const value = declaration?.initial?.[0]
    return declaration && value && more.length === 0 ? { variable: declaration.variable, value } : undefined
  }
  if (statement.kind !== 'expression' || statement.expression.kind !== 'assign') return undefined
  const { target, value } = statement.expression
  return target.kind === 'variable' ? { variable: target.variable, value } : undefined
}

function callIn(statement: Statement | undefined, name: BuiltinCall['name']): BuiltinCall | undefined {
  const expression = statement?.kind === 'expression' ? statement.expression : undefined
  return expression?.kind === 'builtin' && expression.name === name ? expression : undefined
}

/** True for two texts of one value: the same operations on the same constants and variables, which change nothing. */
function areEqual(left: Expression, right: Expression | undefined): boolean {
  if (right?.type !== left.type) return false
  if (left.kind === 'literal') return right.kind === 'literal' && left.value === right.value
  if (left.kind === 'read') return right.kind === 'read' && areSameVariable(left.target, right.target)
  const isPure = left.kind === 'convert' || left.kind === 'arithmetic' || left.kind === 'shift'
  if (!isPure || left.kind !== right.kind || operatorOf(left) !== operatorOf(right)) return false
  const operands = expressionsIn(right)
  return expressionsIn(left).every((operand, index) => areEqual(operand, operands[index]))
}

function operatorOf(expression: Expression): string | undefined {
  return 'operator' in expression ? expression.operator : undefined
}

function areSameVariable(left: Target, right: Target): boolean {
  return left.kind === 'variable' && right.kind === 'variable' && left.variable === right.variable
}

function countReads(expressions: readonly Expression[]): ReadonlyMap<Variable, number> {
  const reads = new Map<Variable, number>()
  for (const expression of expressions) {
    if (expression.kind !== 'read' || expression.target.kind !== 'variable') continue
    const { variable } = expression.target
    reads.set(variable, (reads.get(variable) ?? 0) + 1)
  }
  return reads
}
