import { COUNT_NAMES } from './counts.ts'

/** Longest accepted condition, in UTF-16 units. */
export const CONDITION_LENGTH_MAX = 1000
/** Deepest nesting of parentheses and signs. */
const NESTING_MAX = 100

/** What a condition may ask of an operation. */
export const OPERATION_NAMES = {
  operation: 'number of the operation, 1 for the first',
  cpu: 'where it was made',
  pages: 'pages as asked for, or as mapped',
  page: 'first page of the mapping from VMALLOC_START on, -1 for none',
  block: 'index of the block that has the slots, -1 for none',
  slot: 'first slot in that block, -1 for none',
  visited_nodes: 'blocks of the free list that a map looked at',
  line: 'line of the C text that made the call, 0 for loops and traces',
  failed: '1 for a map that failed, 0 otherwise',
  is_map: '1 for vm_map_ram, 0 otherwise',
  is_unmap: '1 for vm_unmap_ram, 0 otherwise',
  is_vmap: '1 for vmap, 0 otherwise',
  is_vunmap: '1 for vunmap, 0 otherwise',
  is_aliases: '1 for vm_unmap_aliases, 0 otherwise',
} as const

/** What a condition may ask of the state after an operation, besides the counters of a run. */
export const STATE_NAMES = {
  live_blocks: 'vmap blocks allocated and not freed',
  listed_blocks: 'blocks on the free lists of all CPUs',
  list_length: 'blocks on the free list of the CPU that made the operation',
  live_mappings: 'mappings made and not unmapped',
  pending_pages: 'pages freed and not yet drained',
  taken_pages: 'pages of all areas that are not free, pending ones included',
} as const

export type OperationName = keyof typeof OPERATION_NAMES
export type StateName = keyof typeof STATE_NAMES | (typeof COUNT_NAMES)[number]
export type ConditionName = OperationName | StateName

const NAMES: readonly string[] = [...Object.keys(OPERATION_NAMES), ...Object.keys(STATE_NAMES), ...COUNT_NAMES]

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: ConditionName }
  | { readonly kind: 'not' | 'minus'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }

/** From the loosest to the tightest, as in C. */
const OPERATORS = [['||'], ['&&'], ['==', '!='], ['<=', '>=', '<', '>'], ['+', '-'], ['*', '/', '%']] as const
type Operator = (typeof OPERATORS)[number][number]

export interface Condition {
  readonly expression: Expression
  /** Whether it asks for anything of the operation itself, and not of the state alone. */
  readonly asksOperation: boolean
}

/** What is wrong with a condition, and where: `column` counts from 1. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError'
  readonly column: number

  constructor(column: number, problem: string) {
    super(`column ${column}: ${problem}`)
    this.column = column
  }
}

interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end'
  readonly text: string
  readonly column: number
}

const TOKEN = /\s*(?:(\d+)|([A-Za-z_]\w*)|(\|\||&&|[=!<>]=|[-+*/%<>!()]))/y

/** Reads a condition in C's notation, as `live_blocks > 100 && cpu == 1`. @throws {ConditionError} */
export function parseCondition(text: string): Condition {
  if (text.length > CONDITION_LENGTH_MAX) {
    throw new ConditionError(
      CONDITION_LENGTH_MAX + 1,
      `the condition has ${text.length} characters; accepted are ${CONDITION_LENGTH_MAX}`,
    )
  }
  return new ConditionParser(tokensOf(text)).parse()
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let end = 0; ; end = TOKEN.lastIndex) {
    const match = TOKEN.exec(text)
    if (match === null) {
      const rest = text.slice(end).trimStart()
      const column = text.length - rest.length + 1
      if (rest !== '') throw new ConditionError(column, `"${rest[0] ?? ''}" is no part of a condition${hintFor(rest)}`)
      return [...tokens, { kind: 'end', text: '', column }]
    }
    const [whole, number, name, sign] = match
    const found = number ?? name ?? sign ?? ''
    const column = end + whole.length - found.length + 1
    tokens.push({ kind: number ? 'number' : name ? 'name' : 'sign', text: found, column })
  }
}

function hintFor(rest: string): string {
  if (rest.startsWith('=')) return '; "==" compares'
  return rest.startsWith('&') || rest.startsWith('|') ? `; "${(rest[0] ?? '').repeat(2)}" joins two conditions` : ''
}

class ConditionParser {
  readonly #tokens: readonly Token[]
  #place = 0
  #depth = 0
  #asksOperation = false

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  parse(): Condition {
    const expression = this.#binary(0)
    const { kind, text, column } = this.#token
    if (kind !== 'end') throw new ConditionError(column, `an operator is expected before "${text}"`)
    return { expression, asksOperation: this.#asksOperation }
  }

  get #token(): Token {
    return this.#tokens[Math.min(this.#place, this.#tokens.length - 1)] as Token
  }

  /** Operators of the same level from left to right, their operands from the next tighter level. */
  #binary(level: number): Expression {
    const operators: readonly string[] | undefined = OPERATORS[level]
    if (operators === undefined) return this.#unary()
    let left = this.#binary(level + 1)
    while (this.#token.kind === 'sign' && operators.includes(this.#token.text)) {
      const operator = this.#token.text as Operator
      this.#place += 1
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) }
    }
    return left
  }

  #unary(): Expression {
    const { kind, text, column } = this.#token
    if (kind === 'sign' && (text === '!' || text === '-')) {
      this.#place += 1
      const operand = this.#nested(column, () => this.#unary())
      return { kind: text === '!' ? 'not' : 'minus', operand }
    }
    return this.#primary()
  }

  #primary(): Expression {
    const { kind, text, column } = this.#token
    this.#place += 1
    if (kind === 'number') return { kind, value: safeNumber(text, column) }
    if (kind === 'name') return { kind, name: this.#name(text, column) }
    if (text !== '(') {
      const found = kind === 'end' ? 'the condition ends here' : `"${text}" stands here`
      throw new ConditionError(column, `a number, a name or "(" is expected; ${found}`)
    }
    const inner = this.#nested(column, () => this.#binary(0))
    const after = this.#token
    if (after.text !== ')') throw new ConditionError(after.column, `")" is expected for the "(" in column ${column}`)
    this.#place += 1
    return inner
  }

  #name(text: string, column: number): ConditionName {
    if (!NAMES.includes(text)) {
      throw new ConditionError(column, `"${text}" is not known; accepted are: ${NAMES.join(', ')}`)
    }
    if (text in OPERATION_NAMES) this.#asksOperation = true
    return text as ConditionName
  }

  #nested(column: number, parse: () => Expression): Expression {
    this.#depth += 1
    if (this.#depth > NESTING_MAX) {
      throw new ConditionError(column, `this nests deeper than ${NESTING_MAX} levels; accepted are ${NESTING_MAX}`)
    }
    const expression = parse()
    this.#depth -= 1
    return expression
  }
}

function safeNumber(text: string, column: number): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new ConditionError(column, `${text} is too large; accepted are numbers up to ${Number.MAX_SAFE_INTEGER}`)
}

/** A function that evaluates a condition, 0 being false; `read` answers with what gives a name's value. */
export function compileExpression(expression: Expression, read: (name: ConditionName) => () => number): () => number {
  switch (expression.kind) {
    case 'number': {
      const { value } = expression
      return () => value
    }
    case 'name':
      return read(expression.name)
    case 'not': {
      const operand = compileExpression(expression.operand, read)
      return () => Number(operand() === 0)
    }
    case 'minus': {
      const operand = compileExpression(expression.operand, read)
      return () => -operand()
    }
    case 'binary': {
      const { operator, left, right } = expression
      return compileBinary(operator, compileExpression(left, read), compileExpression(right, read))
    }
  }
}

function compileBinary(operator: Operator, left: () => number, right: () => number): () => number {
  switch (operator) {
    case '||':
      return () => Number(left() !== 0 || right() !== 0)
    case '&&':
      return () => Number(left() !== 0 && right() !== 0)
    case '==':
      return () => Number(left() === right())
    case '!=':
      return () => Number(left() !== right())
    case '<':
      return () => Number(left() < right())
    case '<=':
      return () => Number(left() <= right())
    case '>':
      return () => Number(left() > right())
    case '>=':
      return () => Number(left() >= right())
    case '+':
      return () => left() + right()
    case '-':
      return () => left() - right()
    case '*':
      return () => left() * right()
    case '/':
      return () => whole(left() / right())
    case '%':
      return () => whole(left() % right())
  }
}

/** Without its fraction. Division by 0 gives 0, so that a search goes on. */
function whole(quotient: number): number {
  return Number.isFinite(quotient) ? Math.trunc(quotient) : 0
}
