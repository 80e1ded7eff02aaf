import type { FunctionSymbol, Variable } from '../ast.ts'
import type { Place } from '../diagnostics.ts'
import { variableName } from './generated-names.ts'

/** The variables that can be seen at a call, and the loops around it, the outermost first. */
export interface WatchedScope {
  readonly functionName: string
  readonly variables: readonly Variable[]
  readonly loops: readonly Place[]
}

interface WatchedLoop {
  readonly at: Place
  /** Names of the locals that hold the iteration, and the operations made before it. */
  readonly iteration: string
  readonly begin: string
}

/**
 * Follows what is in scope while a function is written, so that each call of the allocator can offer it to whoever watches.
 * The generated text hands a function that reads the variables; nothing is read unless it is asked for.
 */
export class ScopeWriter {
  readonly #symbol: FunctionSymbol
  readonly #scopes: WatchedScope[]
  #variables: readonly Variable[]
  #loops: readonly WatchedLoop[] = []

  /** `scopes` are those of the whole program; generated code knows one by its position. */
  constructor(symbol: FunctionSymbol, scopes: WatchedScope[]) {
    this.#symbol = symbol
    this.#scopes = scopes
    this.#variables = symbol.parameters.filter(({ type }) => type !== 'pages')
  }

  declare(variable: Variable): void {
    this.#variables = [...this.#variables, variable]
  }

  /** What is declared meanwhile goes out of scope then. */
  inside<Written>(write: () => Written): Written {
    const before = this.#variables
    const written = write()
    this.#variables = before
    return written
  }

  /** The body of a loop. */
  pass<Written>(loop: WatchedLoop, write: () => Written): Written {
    const before = this.#loops
    this.#loops = [...before, loop]
    const written = write()
    this.#loops = before
    return written
  }

  /** The text of a frame: where the function is, and how its variables and loops are read. */
  frame(site: number): string {
    const { name: functionName } = this.#symbol
    this.#scopes.push({ functionName, variables: this.#variables, loops: this.#loops.map(({ at }) => at) })
    const read = [
      ...this.#variables.map(variableName),
      ...this.#loops.flatMap(({ iteration, begin }) => [iteration, begin]),
    ]
    return `m.frame(s, ${this.#scopes.length - 1}, ${site}, () => [${read.join(', ')}])`
  }
}
