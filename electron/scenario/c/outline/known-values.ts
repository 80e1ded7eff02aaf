import type {
  Arithmetic,
  BuiltinCall,
  Call,
  Compare,
  Convert,
  Expression,
  Not,
  Shift,
  StartTask,
  Target,
  Unary,
  Variable,
} from '../ast.ts'
import { expressionsIn } from '../ast-parts.ts'
import { arithmeticValue, compareValues, shiftValue } from '../check/fold.ts'
import { isInteger, wrapped, type IntegerType, type WordBits } from '../types.ts'

/** A value before the run: an integer (NULL is 0), some mapping, or nothing that is known. */
export type Value = bigint | 'mapping' | undefined

/** What evaluating an expression can do besides giving a value. */
export interface Effects {
  call(call: Call): Value
  builtin(call: BuiltinCall, args: readonly Value[]): Value
  task(task: StartTask): void
  /** Goes both ways when only a run can tell which one it takes; the value when both give the same. */
  fork(ways: readonly (() => Value)[]): Value
}

/** The values that variables are known to have at one point of a program, and what expressions give there. */
export class KnownValues {
  readonly #wordBits: WordBits
  readonly #effects: Effects
  #values = new Map<Variable, Value>()

  constructor(wordBits: WordBits, effects: Effects) {
    this.#wordBits = wordBits
    this.#effects = effects
  }

  get(variable: Variable): Value {
    return this.#values.get(variable)
  }

  assign(variable: Variable, value: Value): void {
    if (value === undefined) this.#values.delete(variable)
    else this.#values.set(variable, value)
  }

  forget(variables: Iterable<Variable>): void {
    for (const variable of variables) this.#values.delete(variable)
  }

  snapshot(): ReadonlyMap<Variable, Value> {
    return new Map(this.#values)
  }

  restore(snapshot: ReadonlyMap<Variable, Value>): void {
    this.#values = new Map(snapshot)
  }

  /** Keeps what two ways agree on. */
  keepCommon(other: ReadonlyMap<Variable, Value>): void {
    for (const [variable, value] of this.#values) if (other.get(variable) !== value) this.#values.delete(variable)
  }

  /** Whether a condition holds. */
  truth(expression: Expression): boolean | undefined {
    const value = this.value(expression)
    return value === undefined ? undefined : value !== 0n
  }

  value(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return expression.value
      case 'read':
        return this.#read(expression.target)
      case 'assign':
        return this.#assign(expression.target, this.value(expression.value))
      case 'compound': {
        const { target, operator, operandType, value, type } = expression
        const left = this.#wrapped(this.#read(target), operandType)
        const result = this.#operation(operator, left, this.value(value), operandType)
        return this.#assign(target, this.#wrapped(result, type))
      }
      case 'step': {
        const { target, by, result, type } = expression
        const before = this.#read(target)
        const after = typeof before === 'bigint' ? this.#wrapped(before + BigInt(by), type) : undefined
        this.#assign(target, after)
        return result === 'before' ? before : after
      }
      case 'logical':
        return this.#logical(expression)
      case 'conditional': {
        const truth = this.truth(expression.condition)
        const { then, otherwise } = expression
        if (truth !== undefined) return this.value(truth ? then : otherwise)
        return this.#effects.fork([() => this.value(then), () => this.value(otherwise)])
      }
      case 'comma':
        this.value(expression.left)
        return this.value(expression.right)
      case 'call':
        return this.#effects.call(expression)
      case 'task':
        this.#effects.task(expression)
        return undefined
      case 'builtin': {
        const args = expression.args.map((argument) => this.value(argument))
        return this.#effects.builtin(expression, args)
      }
      case 'opaque':
        return undefined
      case 'unary':
      case 'not':
      case 'convert':
      case 'arithmetic':
      case 'shift':
      case 'compare':
        return this.#pure(expression)
    }
  }

  #pure(expression: Unary | Not | Convert | Arithmetic | Shift | Compare): Value {
    const [left, right] = expressionsIn(expression).map((inner) => this.value(inner))
    switch (expression.kind) {
      case 'unary':
        if (typeof left !== 'bigint') return undefined
        return this.#wrapped(expression.operator === '-' ? -left : ~left, expression.type)
      case 'not':
        return left === undefined ? undefined : left === 0n ? 1n : 0n
      case 'convert':
        if (expression.type === 'bool' && left === 'mapping') return 1n
        return expression.type === 'void' || expression.type === 'pointer' ? left : this.#wrapped(left, expression.type)
      case 'arithmetic':
      case 'shift':
        return this.#operation(expression.operator, left, right, expression.type)
      case 'compare':
        return comparison(expression.operator, left, right)
    }
  }

  #logical({ operator, left, right }: Extract<Expression, { kind: 'logical' }>): Value {
    const decided = operator === '||'
    const truth = this.truth(left)
    const whole = (): Value => {
      const rightTruth = this.truth(right)
      return rightTruth === undefined ? undefined : rightTruth ? 1n : 0n
    }
    if (truth === decided) return decided ? 1n : 0n
    if (truth !== undefined) return whole()
    return this.#effects.fork([whole, () => (decided ? 1n : 0n)])
  }

  #read(target: Target): Value {
    if (target.kind === 'variable') return this.get(target.variable)
    this.value(target.index)
    return undefined
  }

  #assign(target: Target, value: Value): Value {
    if (target.kind === 'variable') this.assign(target.variable, value)
    else this.value(target.index)
    return value
  }

  #operation(
    operator: Extract<Expression, { kind: 'compound' }>['operator'],
    left: Value,
    right: Value,
    type: IntegerType,
  ): Value {
    if (typeof left !== 'bigint' || typeof right !== 'bigint') return undefined
    if (operator === '<<' || operator === '>>') return shiftValue(operator, left, right, type, this.#wordBits)
    return arithmeticValue(operator, left, right, type, this.#wordBits)
  }

  #wrapped(value: Value, type: Expression['type']): Value {
    return typeof value === 'bigint' && isInteger(type) ? wrapped(value, type, this.#wordBits) : undefined
  }
}

function comparison(operator: Compare['operator'], left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') return compareValues(operator, left, right) ? 1n : 0n
  // A mapping is not NULL
  const isTested = (left === 'mapping' && right === 0n) || (left === 0n && right === 'mapping')
  return isTested ? (operator === '!=' ? 1n : 0n) : undefined
}
