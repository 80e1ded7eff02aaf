import type { OutlineKind, OutlineNode } from '../../../../shared/scenario-check.ts'
import type { Expression, FunctionSymbol, Loop, Program, Statement } from '../ast.ts'
import { expressionsIn, expressionsOf, reachableFunctions, startedTasks, statementsIn } from '../ast-parts.ts'
import type { BuiltinName } from '../builtins.ts'
import type { Place } from '../diagnostics.ts'
import { excerpt, type SourceText } from '../syntax/source-text.ts'
import type { Estimate } from './estimate-context.ts'
import type { Estimator } from './estimate.ts'
import { known, outlineCounts, UNKNOWN, type Tally } from './tally.ts'

const BUILTIN_KINDS: Readonly<Partial<Record<BuiltinName, OutlineKind>>> = {
  vm_map_ram: 'map',
  vmap: 'map',
  vm_unmap_ram: 'unmap',
  vunmap: 'unmap',
  vm_unmap_aliases: 'aliases',
  set_cpu: 'cpu',
}

/**
 * The loops, calls and branches of a program that have to do with the allocator: of the entry, then of each task, then of the
 * other functions, with what is known of each before a run.
 */
export function outlineOf(program: Program, source: SourceText, estimator: Estimator): readonly OutlineNode[] {
  const total = estimator.entry()
  const estimates = new Map(estimator.estimates())
  const functions = inOrder(program)
  const totals = new Map<FunctionSymbol, Tally>([[program.entry, total]])
  for (const symbol of functions.slice(1)) totals.set(symbol, estimator.visit(symbol))
  // What was seen on the way from the entry says more than what holds for any arguments
  for (const [part, estimate] of estimator.estimates()) if (!estimates.has(part)) estimates.set(part, estimate)
  const tasks = startedTasks(program)
  return functions.map((symbol) => {
    const writer = new OutlineWriter(source, estimates)
    return writer.ofFunction(symbol, tasks.has(symbol) ? 'task' : 'function', totals.get(symbol) ?? UNKNOWN)
  })
}

/** The entry, the functions that run as tasks, and the others, each in the order of the text. */
function inOrder(program: Program): readonly FunctionSymbol[] {
  const { entry } = program
  const tasks = startedTasks(program)
  const rest = [...reachableFunctions(program)]
    .filter((symbol) => symbol !== entry)
    .toSorted((left, right) => Number(tasks.has(right)) - Number(tasks.has(left)) || left.at.from - right.at.from)
  return [entry, ...rest]
}

class OutlineWriter {
  readonly #source: SourceText
  readonly #estimates: ReadonlyMap<Statement | Expression, Estimate>

  constructor(source: SourceText, estimates: ReadonlyMap<Statement | Expression, Estimate>) {
    this.#source = source
    this.#estimates = estimates
  }

  ofFunction({ name, at, body }: FunctionSymbol, kind: 'function' | 'task', tally: Tally): OutlineNode {
    return this.#node(kind, name, at, 1, tally, body ? this.#inStatement(body) : [])
  }

  #inStatement(statement: Statement): readonly OutlineNode[] {
    if (statement.kind === 'loop') return [this.#loop(statement)]
    const children = this.#below(statement)
    if (children.length === 0) return []
    if (statement.kind === 'if')
      return [this.#branch(`if (${this.#text(statement.condition.at)})`, statement.at, children)]
    if (statement.kind === 'switch') {
      return [this.#branch(`switch (${this.#text(statement.value.at)})`, statement.at, children)]
    }
    return children
  }

  #below(statement: Statement): readonly OutlineNode[] {
    return [
      ...expressionsOf(statement).flatMap((expression) => this.#inExpression(expression)),
      ...statementsIn(statement).flatMap((inner) => this.#inStatement(inner)),
    ]
  }

  #loop(loop: Loop): OutlineNode {
    const { passes, tally } = this.#estimates.get(loop) ?? {}
    return this.#node('loop', this.#loopLabel(loop), loop.at, passes, tally, this.#below(loop))
  }

  /** The head of a loop; of `do`, its condition. */
  #loopLabel({ form, at, body, condition }: Loop): string {
    if (form === 'do') return excerpt(`do … while (${condition ? this.#text(condition.at) : ''})`)
    return this.#text({ from: at.from, to: body.at.from })
  }

  #inExpression(expression: Expression): readonly OutlineNode[] {
    const inner = expressionsIn(expression).flatMap((part) => this.#inExpression(part))
    const kind = kindOf(expression)
    return kind === undefined ? inner : [...inner, this.#call(kind, expression)]
  }

  #call(kind: OutlineKind, expression: Expression): OutlineNode {
    return this.#node(kind, this.#text(expression.at), expression.at, 1, this.#estimates.get(expression)?.tally, [])
  }

  /** A part that a run may pass over: what is inside it is known, and what it comes to is not. */
  #branch(label: string, at: Place, children: readonly OutlineNode[]): OutlineNode {
    return this.#node('branch', excerpt(label), at, undefined, undefined, children)
  }

  #node(
    kind: OutlineKind,
    label: string,
    at: Place,
    times: number | undefined,
    tally: Tally | undefined,
    children: readonly OutlineNode[],
  ): OutlineNode {
    const passes = times === undefined ? undefined : known(times)
    return {
      kind,
      label,
      at: this.#source.span(at.from, at.to),
      times: passes,
      counts: outlineCounts(tally ?? UNKNOWN),
      children,
    }
  }

  #text({ from, to }: Place): string {
    return this.#source.phrase(from, to)
  }
}

function kindOf(expression: Expression): OutlineKind | undefined {
  if (expression.kind === 'call') return 'call'
  if (expression.kind === 'task') return 'task'
  return expression.kind === 'builtin' ? BUILTIN_KINDS[expression.name] : undefined
}
