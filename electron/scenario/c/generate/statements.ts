import {
  isArray,
  type Declaration,
  type Expression,
  type Loop,
  type Statement,
  type SwitchCase,
  type Variable,
} from '../ast.ts'
import { allExpressions } from '../ast-parts.ts'
import { representationOf, isBig, literalText, zeroText, type Representation } from './representation.ts'
import { costOf } from './cost.ts'
import { ExpressionWriter } from './expressions.ts'
import type { FunctionWriter } from './function-writer.ts'
import { variableName } from './generated-names.ts'
import { findMappedPairs, type MappedPair } from './mapped-pairs.ts'
import type { ArrayType, ScalarType } from '../types.ts'

interface LoopWatch {
  /** In front of the loop. */
  readonly enter: string
  readonly within: (write: () => readonly string[]) => readonly string[]
}

/** Turns checked statements into lines of JavaScript. */
export class StatementWriter {
  readonly #function: FunctionWriter
  readonly #expressions: ExpressionWriter
  readonly #pairs: ReadonlyMap<Statement, MappedPair>

  constructor(functionWriter: FunctionWriter) {
    this.#function = functionWriter
    this.#expressions = new ExpressionWriter(functionWriter)
    // Between a map and its unmap another task may have its turn, or somebody look at the pointer
    const isApart = functionWriter.facts.hasTasks || functionWriter.scope !== undefined
    this.#pairs = isApart ? new Map() : findMappedPairs(functionWriter.symbol)
  }

  lines(statement: Statement): readonly string[] {
    switch (statement.kind) {
      case 'block':
        return block(this.#inside(() => this.list(statement.statements)))
      case 'declare':
        return statement.declarations.flatMap((declaration) => this.#declare(declaration))
      case 'expression':
        return [`${this.#expressions.effect(statement.expression)};`]
      case 'if':
        return [
          `if (${this.#expressions.condition(statement.condition)})`,
          ...this.#body(statement.then),
          ...(statement.otherwise ? ['else', ...this.#body(statement.otherwise)] : []),
        ]
      case 'loop':
        return this.#loop(statement)
      case 'switch':
        return [
          `switch (${this.#expressions.value(statement.value)})`,
          ...block(statement.cases.flatMap((found) => this.#case(found, statement.value))),
        ]
      case 'break':
      case 'continue':
        return [`${statement.kind};`]
      case 'return':
        return [statement.value ? `return ${this.#expressions.value(statement.value)};` : 'return;']
    }
  }

  /** Statements one after the other. */
  list(statements: readonly Statement[]): readonly string[] {
    return statements.flatMap((statement, index) => {
      const before = statements[index - 1]
      if (before !== undefined && this.#pairs.has(before)) return []
      const pair = this.#pairs.get(statement)
      if (pair === undefined) return this.lines(statement)
      // The variable may still be assigned to
      return [...(statement.kind === 'declare' ? [`let ${variableName(pair.variable)} = 0;`] : []), this.#pair(pair)]
    })
  }

  /** A map and its unmap, whose pointer nobody looks at. */
  #pair({ map, unmap }: MappedPair): string {
    const [, count] = map.args
    const text = count ? this.#expressions.value(count) : '0'
    return `m.mapAndUnmap(${text}, ${this.#function.site(map.at)}, ${this.#function.site(unmap.at)});`
  }

  /** A statement in braces of its own. */
  #body(statement: Statement): readonly string[] {
    return statement.kind === 'block' ? this.lines(statement) : block(this.#inside(() => this.lines(statement)))
  }

  #declare(declaration: Declaration): readonly string[] {
    const lines = this.#declaration(declaration)
    if (declaration.variable.type !== 'pages') this.#function.scope?.declare(declaration.variable)
    return lines
  }

  #declaration({ variable, initial }: Declaration): readonly string[] {
    const name = variableName(variable)
    if (variable.type === 'pages') return []
    if (isArray(variable.type)) {
      const values = (initial ?? []).map((value) => this.#expressions.value(value))
      return arrayLines(name, variable.type, this.#kept(variable.type.element), initial && values, 'unset')
    }
    const [value] = initial ?? []
    const isChecked = this.#function.maybeUnset.has(variable) || this.#function.scope !== undefined
    if (value === undefined) {
      // Where nothing looks whether it is set, a first value keeps the engine at one kind of number
      return [isChecked ? `let ${name};` : `let ${name} = ${zeroText(this.#kept(variable.type))};`]
    }
    const text = this.#expressions.value(value)
    // In C a variable can be read in its own first value, where it is not set, and be set there
    return isChecked || sets(value, variable) ? [`let ${name};`, `${name} = ${text};`] : [`let ${name} = ${text};`]
  }

  #loop(loop: Loop): readonly string[] {
    return this.#inside(() => {
      const before = loop.initial.flatMap((statement) => this.lines(statement))
      const watch = this.#watchLoop(loop)
      const lines = [...before, ...(watch ? [watch.enter] : []), ...this.#repeated(loop, watch)]
      return before.length === 0 && watch === undefined ? lines : block(lines)
    })
  }

  #repeated({ form, condition, update, body, at }: Loop, watch: LoopWatch | undefined): readonly string[] {
    const test = condition ? this.#expressions.condition(condition) : ''
    const next = update ? this.#expressions.effect(update) : ''
    const cost = costOf(body) + (condition ? 1 : 0)
    const lines = watch ? watch.within(() => this.#body(body)) : this.#body(body)
    const inside = block([`if ((fuel -= ${cost}) < 0) fuel = m.tick(${this.#function.site(at)});`, ...lines])
    switch (form) {
      case 'do':
        return ['do', ...inside, `while (${test});`]
      case 'while':
        return [`while (${test})`, ...inside]
      case 'for':
        return [`for (; ${test}; ${next})`, ...inside]
    }
  }

  /** Counts the iterations of a loop where somebody watches. */
  #watchLoop({ at }: Loop): LoopWatch | undefined {
    const { scope } = this.#function
    if (scope === undefined) return undefined
    const iteration = this.#function.temporary()
    const begin = this.#function.temporary()
    return {
      enter: `${iteration} = 0;`,
      within: (write) => [
        `${iteration} += 1;`,
        `${begin} = m.operationsMade();`,
        ...scope.pass({ at, iteration, begin }, write),
      ],
    }
  }

  #inside(write: () => readonly string[]): readonly string[] {
    return this.#function.scope?.inside(write) ?? write()
  }

  #case({ label, statements }: SwitchCase, value: Expression): readonly string[] {
    const head = label === 'default' ? 'default:' : `case ${literalText(label, this.#kept(value.type as ScalarType))}:`
    // A case does not see what another one declares, which need not have been executed
    return [head, ...this.#inside(() => this.list(statements)).map((line) => `  ${line}`)]
  }

  #kept(type: ScalarType): Representation {
    return representationOf(type, this.#function.wordBits)
  }
}

/** Whether an expression gives a variable a value, as `n = 1` does; functions do not reach the variables of others. */
function sets(expression: Expression, variable: Variable): boolean {
  return allExpressions(expression).some(
    (inner) =>
      (inner.kind === 'assign' || inner.kind === 'compound' || inner.kind === 'step') &&
      inner.target.kind === 'variable' &&
      inner.target.variable === variable,
  )
}

function block(lines: readonly string[]): readonly string[] {
  return ['{', ...lines.map((line) => `  ${line}`), '}']
}

/** An array: with the given first elements and 0 behind them, or with none, which are then 0 (`zero`) or not set. */
export function arrayLines(
  name: string,
  { length = 0 }: ArrayType,
  kept: Representation,
  values: readonly string[] | undefined,
  without: 'zero' | 'unset',
): readonly string[] {
  const make = isBig(kept) ? 'wideArray' : 'array'
  const isSet = values !== undefined || without === 'zero'
  return [
    `const ${name} = m.${make}(${length}, ${isSet});`,
    // A new array that is set is filled with 0
    ...(values ?? []).flatMap((value, index) => (value === zeroText(kept) ? [] : [`${name}[${index}] = ${value};`])),
  ]
}
