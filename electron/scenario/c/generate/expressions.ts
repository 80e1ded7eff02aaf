import type { ArrayArgument, Call, Compare, Expression, FunctionSymbol, StartTask, Target } from '../ast.ts'
import { allExpressions, isExpression } from '../ast-parts.ts'
import type { Place } from '../diagnostics.ts'
import type { ScalarType } from '../types.ts'
import { builtinText } from './builtin-calls.ts'
import type { FunctionWriter } from './function-writer.ts'
import { functionName, variableName } from './generated-names.ts'
import { checkedOperation } from './operations.ts'
import {
  convertText,
  isBig,
  literalText,
  representationOf,
  wrapText,
  zeroText,
  type Representation,
} from './representation.ts'

type ElementTarget = Extract<Target, { kind: 'element' }>

/** Turns checked expressions into the text of JavaScript expressions. What is written is evaluated from left to right. */
export class ExpressionWriter {
  readonly #function: FunctionWriter

  constructor(functionWriter: FunctionWriter) {
    this.#function = functionWriter
  }

  /** The text of a value, in its type's representation. */
  value(expression: Expression): string {
    switch (expression.kind) {
      case 'literal':
        return literalText(expression.value, this.#kept(expression.type))
      case 'opaque':
        return '0'
      case 'read':
        return this.#read(expression.target)
      case 'unary': {
        const kept = this.#kept(expression.type)
        const text = `${expression.operator}${this.value(expression.operand)}`
        return expression.operator === '~' && kept !== 'u32' && kept !== 'u64' ? `(${text})` : wrapText(text, kept)
      }
      case 'not':
        return `(${this.condition(expression.operand)} ? 0 : 1)`
      case 'compare':
      case 'logical':
        return `(${this.condition(expression)} ? 1 : 0)`
      case 'arithmetic':
        return this.#operation(expression.operator, expression.left, expression.right, expression)
      case 'shift':
        return this.#operation(expression.operator, expression.left, expression.count, expression)
      case 'conditional': {
        const { condition, then, otherwise } = expression
        return `(${this.condition(condition)} ? ${this.value(then)} : ${this.value(otherwise)})`
      }
      case 'convert':
        return this.#convert(expression.operand, expression.type, expression.at)
      case 'assign':
        return this.#store(expression.target, () => this.value(expression.value), this.#endsTurn(expression.value))
      case 'compound':
        return this.#compound(expression)
      case 'step':
        return this.#step(expression)
      case 'comma':
        return `(${this.effect(expression.left)}, ${this.value(expression.right)})`
      case 'call':
        return this.#call(expression)
      case 'task':
        return this.#task(expression)
      case 'builtin':
        return builtinText(expression, this.#function, (argument) => this.value(argument))
    }
  }

  /** The text of an expression of which only the effect counts. */
  effect(expression: Expression): string {
    if (expression.kind === 'step') return this.#step({ ...expression, result: 'after' })
    if (expression.kind === 'convert' && expression.type === 'void') return this.effect(expression.operand)
    return this.value(expression)
  }

  /** The text of a JavaScript condition: true where C's value is not 0. */
  condition(expression: Expression): string {
    if (expression.kind === 'literal') return expression.value === 0n ? 'false' : 'true'
    if (expression.kind === 'not') return `!(${this.condition(expression.operand)})`
    if (expression.kind === 'compare') return this.#compare(expression)
    if (expression.kind === 'logical') {
      return `(${this.condition(expression.left)} ${expression.operator} ${this.condition(expression.right)})`
    }
    return `${this.value(expression)} !== ${zeroText(this.#kept(expression.type as ScalarType))}`
  }

  #kept(type: ScalarType): Representation {
    return representationOf(type, this.#function.wordBits)
  }

  #compare({ operator, left, right, at }: Compare): string {
    const isPointer = left.type === 'pointer'
    if (isPointer && left.kind !== 'literal' && right.kind !== 'literal') {
      const same = `m.same(${this.value(left)}, ${this.value(right)}, ${this.#function.site(at)})`
      return operator === '==' ? same : `!${same}`
    }
    const text = operator === '==' ? '===' : operator === '!=' ? '!==' : operator
    return `${this.value(left)} ${text} ${this.value(right)}`
  }

  #operation(
    operator: Parameters<typeof checkedOperation>[0],
    left: Expression,
    right: Expression,
    { type, at }: { readonly type: ScalarType; readonly at: Place },
  ): string {
    const kept = this.#kept(type)
    const operand = { text: this.value(right), kept: this.#kept(right.type as ScalarType), literal: literalOf(right) }
    return checkedOperation(operator, this.value(left), operand, kept, this.#function.site(at))
  }

  #convert(operand: Expression, type: ScalarType | 'void', at: Place): string {
    if (type === 'void') return this.effect(operand)
    const from = this.#kept(operand.type as ScalarType)
    const text = this.value(operand)
    if (from === 'handle' && type !== 'bool') {
      const method = this.#function.wordBits === 64 ? 'wideAddress' : 'address'
      return `m.${method}(${text}, ${this.#function.site(at)})`
    }
    return convertText(text, from, this.#kept(type))
  }

  #read(target: Target): string {
    if (target.kind === 'element') return this.#get(target, this.#index(target))
    const name = variableName(target.variable)
    if (!this.#function.maybeUnset.has(target.variable)) return name
    return `m.set(${name}, ${this.#function.site(target.at)})`
  }

  #index({ index, array, at }: ElementTarget): string {
    const text = this.value(index)
    if (!isBig(this.#kept(index.type as ScalarType))) return text
    return `m.wideIndex(${text}, ${variableName(array)}, ${this.#function.site(at)})`
  }

  #get(target: ElementTarget, index: string): string {
    const method = isBig(this.#kept(target.type)) ? 'wideGet' : 'get'
    return `m.${method}(${variableName(target.array)}, ${index}, ${this.#function.site(target.at)})`
  }

  #put(target: ElementTarget, index: string, value: string): string {
    const method = isBig(this.#kept(target.type)) ? 'widePut' : 'put'
    return `m.${method}(${variableName(target.array)}, ${index}, ${value}, ${this.#function.site(target.at)})`
  }

  /**
   * target = value. When another task may run while the value is made, the value comes first: the index of an element then
   * is what it is at the moment of the assignment.
   */
  #store(target: Target, value: () => string, valueFirst: boolean): string {
    if (target.kind === 'variable') return `(${variableName(target.variable)} = ${value()})`
    if (!valueFirst) return this.#put(target, this.#index(target), value())
    const held = this.#function.temporary()
    return `(${held} = ${value()}, ${this.#put(target, this.#index(target), held)})`
  }

  #compound({ target, operator, operandType, value, at }: Extract<Expression, { kind: 'compound' }>): string {
    const valueFirst = this.#endsTurn(value)
    const held = valueFirst ? this.#function.temporary() : undefined
    const operand = {
      text: held ?? this.value(value),
      kept: this.#kept(value.type as ScalarType),
      literal: literalOf(value),
    }
    const kept = this.#kept(target.type)
    const wide = this.#kept(operandType)
    const text = this.#modify(target, (current) => {
      const result = checkedOperation(
        operator,
        convertText(current, kept, wide),
        operand,
        wide,
        this.#function.site(at),
      )
      return convertText(result, wide, kept)
    })
    return held === undefined ? text : `(${held} = ${this.value(value)}, ${text})`
  }

  #step({ target, by, result, type }: Extract<Expression, { kind: 'step' }>): string {
    const kept = this.#kept(type)
    const one = isBig(kept) ? '1n' : '1'
    const [forth, back] = by === 1 ? ['+', '-'] : ['-', '+']
    const stepped = this.#modify(target, (current) => wrapText(`${current} ${forth} ${one}`, kept))
    // Stepping back wraps around just as well, so the old value needs no place of its own
    return result === 'after' ? stepped : wrapText(`${stepped} ${back} ${one}`, kept)
  }

  /** target = change(target), with the index of an element computed once. */
  #modify(target: Target, change: (current: string) => string): string {
    if (target.kind === 'variable') return `(${variableName(target.variable)} = ${change(this.#read(target))})`
    const index = this.#function.temporary()
    return `(${index} = ${this.#index(target)}, ${this.#put(target, index, change(this.#get(target, index)))})`
  }

  #call({ callee, args, at }: Call): string {
    const passed = this.#arguments(callee, args)
    if (this.#function.facts.deep.has(callee))
      passed.push(this.#function.facts.deep.has(this.#function.symbol) ? 'd + 1' : '0')
    if (this.#function.scope) passed.push(this.#function.scope.frame(this.#function.site(at)))
    const call = `${functionName(callee)}(${passed.join(', ')})`
    return this.#function.facts.suspending.has(callee) ? `(yield* ${call})` : call
  }

  #task({ callee, cpu, args, at }: StartTask): string {
    const passed = this.#arguments(callee, args)
    if (this.#function.facts.deep.has(callee)) passed.push('0')
    if (this.#function.scope) passed.push('m.newTask()')
    const held = [this.value(cpu), ...passed]
    return `m.task(${functionName(callee)}, ${this.#function.site(at)}, ${held.join(', ')})`
  }

  #arguments(callee: FunctionSymbol, args: readonly (Expression | ArrayArgument)[]): string[] {
    return args
      .filter((_, index) => callee.parameters[index]?.type !== 'pages')
      .map((argument) => (isExpression(argument) ? this.value(argument) : variableName(argument.array)))
  }

  /** True when a turn may end while an expression is evaluated. */
  #endsTurn(expression: Expression): boolean {
    if (!this.#function.suspends) return false
    return allExpressions(expression).some(({ kind }) => kind === 'builtin' || kind === 'call')
  }
}

function literalOf(expression: Expression): bigint | undefined {
  return expression.kind === 'literal' ? expression.value : undefined
}
