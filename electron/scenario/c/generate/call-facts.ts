import type { FunctionSymbol, Program } from '../ast.ts'
import { calleesOf, expressionsWithin, reachableFunctions, startedTasks } from '../ast-parts.ts'
import { builtinSignature } from '../builtins.ts'

/** What the calls between functions mean for the generated code. */
export interface CallFacts {
  /** Functions that a run can come to. */
  readonly reachable: ReadonlySet<FunctionSymbol>
  /** True when any of them starts a task. */
  readonly hasTasks: boolean
  /** Functions whose turn may end inside them. Empty without tasks. */
  readonly suspending: ReadonlySet<FunctionSymbol>
  /** Functions that can call themselves, or come to one that can: their depth of calls is counted. */
  readonly deep: ReadonlySet<FunctionSymbol>
}

export function findCallFacts(program: Program): CallFacts {
  const reachable = reachableFunctions(program)
  const callees = new Map([...reachable].map((symbol) => [symbol, calleesOf(symbol)]))
  const started = startedTasks(program)
  const ending = new Set<FunctionSymbol>()
  for (const symbol of reachable) {
    if (symbol.body === undefined) continue
    for (const expression of expressionsWithin(symbol.body)) {
      if (expression.kind === 'builtin' && builtinSignature(expression.name).isTurn) ending.add(symbol)
    }
  }
  const hasTasks = started.size > 0
  const turns = new Set([...ending, ...started, program.entry])
  return {
    reachable,
    hasTasks,
    suspending: hasTasks ? closeOverCallers(turns, callees) : new Set(),
    deep: closeOverCallers(new Set([...reachable].filter((symbol) => reaches(symbol, symbol, callees))), callees),
  }
}

type Callees = ReadonlyMap<FunctionSymbol, ReadonlySet<FunctionSymbol>>

/** The functions and all that can come to one of them. */
function closeOverCallers(symbols: ReadonlySet<FunctionSymbol>, callees: Callees): ReadonlySet<FunctionSymbol> {
  const closed = new Set(symbols)
  for (let size = -1; size !== closed.size;) {
    size = closed.size
    for (const [symbol, called] of callees) {
      if ([...called].some((callee) => closed.has(callee))) closed.add(symbol)
    }
  }
  return closed
}

function reaches(from: FunctionSymbol, to: FunctionSymbol, callees: Callees): boolean {
  const seen = new Set(callees.get(from))
  for (const symbol of seen) for (const callee of callees.get(symbol) ?? []) seen.add(callee)
  return seen.has(to)
}
