import type { CompareOperator, Expression, Loop, Statement, Variable } from '../ast.ts'
import { isInteger, type IntegerType } from '../types.ts'

/** A loop whose variable goes from its first value by equal steps until it passes a bound. */
export interface CountedLoop {
  readonly variable: Variable
  readonly type: IntegerType
  readonly step: bigint
  readonly operator: CompareOperator
  readonly bound: Expression | undefined
  /** Types that the comparison converts the variable to, which must not change its value. */
  readonly conversions: readonly IntegerType[]
  /** `while (n--)`: the step is made once more than the body. */
  readonly stepsInCondition: boolean
}

/** The form `for (…; v < bound; v += step)` or one of its kin; `undefined` for any other loop. */
export function asCountedLoop(loop: Loop): CountedLoop | undefined {
  const { condition } = loop
  if (condition === undefined || loop.form === 'do') return undefined
  if (condition.kind === 'compare') {
    const { operator, left, right } = condition
    return fromComparison(loop, left, operator, right) ?? fromComparison(loop, right, mirrored(operator), left)
  }
  return fromComparison(loop, condition, '!=', undefined)
}

function fromComparison(
  loop: Loop,
  side: Expression,
  operator: CompareOperator,
  bound: Expression | undefined,
): CountedLoop | undefined {
  const { inner, conversions } = withoutConversions(side)
  if (inner.kind !== 'step' && inner.kind !== 'read') return undefined
  const { target } = inner
  if (target.kind !== 'variable' || !isInteger(target.type)) return undefined
  const facts = { variable: target.variable, type: target.type, operator, bound, conversions }
  if (inner.kind === 'step') {
    return inner.result === 'before' ? { ...facts, step: BigInt(inner.by), stepsInCondition: true } : undefined
  }
  const step = loop.update ? stepOf(loop.update, facts.variable) : stepInBody(loop.body, facts.variable)
  return step === undefined ? undefined : { ...facts, step, stepsInCondition: false }
}

function withoutConversions(expression: Expression): { inner: Expression; conversions: readonly IntegerType[] } {
  if (expression.kind !== 'convert' || expression.type === 'void' || expression.type === 'pointer') {
    return { inner: expression, conversions: [] }
  }
  const { inner, conversions } = withoutConversions(expression.operand)
  return { inner, conversions: [...conversions, expression.type] }
}

/** v++, v--, v += constant, v -= constant. */
function stepOf(expression: Expression, variable: Variable): bigint | undefined {
  if (expression.kind === 'step' && isVariable(expression.target, variable)) return BigInt(expression.by)
  if (expression.kind !== 'compound' || !isVariable(expression.target, variable)) return undefined
  if (expression.value.kind !== 'literal') return undefined
  if (expression.operator === '+') return expression.value.value
  return expression.operator === '-' ? -expression.value.value : undefined
}

function isVariable(target: { readonly kind: string; readonly variable?: Variable }, variable: Variable): boolean {
  return target.kind === 'variable' && target.variable === variable
}

/** The step of a `while` loop that is one of the statements of its body. */
function stepInBody(body: Statement, variable: Variable): bigint | undefined {
  if (body.kind !== 'block') return undefined
  const steps = body.statements
    .map((statement) => (statement.kind === 'expression' ? stepOf(statement.expression, variable) : undefined))
    .filter((step) => step !== undefined)
  return steps.length === 1 ? steps[0] : undefined
}

function mirrored(operator: CompareOperator): CompareOperator {
  const mirror = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const
  return mirror[operator]
}

/** How often the condition holds from `first` on, in steps of `step`; `undefined` when it never ends. */
export function passesOf(operator: CompareOperator, first: bigint, bound: bigint, step: bigint): bigint | undefined {
  const distance = bound - first
  switch (operator) {
    case '<':
    case '<=': {
      const room = operator === '<' ? distance : distance + 1n
      if (room <= 0n) return 0n
      return step > 0n ? (room + step - 1n) / step : undefined
    }
    case '>':
    case '>=':
      return passesOf(operator === '>' ? '<' : '<=', -first, -bound, -step)
    case '!=':
      if (distance === 0n) return 0n
      return step !== 0n && distance % step === 0n && distance / step > 0n ? distance / step : undefined
    case '==':
      return distance === 0n && step !== 0n ? 1n : distance === 0n ? undefined : 0n
  }
}
