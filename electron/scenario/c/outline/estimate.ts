import { isArray, type BuiltinCall, type Call, type Expression, type FunctionSymbol, type Program } from '../ast.ts'
import type { StartTask, Statement, Variable } from '../ast.ts'
import { isExpression, startedTasks } from '../ast-parts.ts'
import { ModifiedVariables } from '../modified-variables.ts'
import type { WordBits } from '../types.ts'
import { builtinTally, builtinValue } from './builtin-estimates.ts'
import type { Estimate, EstimateContext, EstimateState, Exit, Sighting } from './estimate-context.ts'
import { KnownValues, type Effects, type Value } from './known-values.ts'
import { LoopEstimator } from './loop-estimate.ts'
import { either, NOTHING, plus, UNKNOWN, type Tally } from './tally.ts'

/** Statements that are looked at before the rest counts as unknown: some milliseconds. */
const STEPS_MAX = 5000
const DEPTH_MAX = 40

/**
 * Goes through a program before it runs, as if every map succeeded, and counts what it will ask of the allocator. Loops that
 * do the same in every pass are gone through once. What depends on random numbers or on the kernel model stays unknown.
 */
export class Estimator implements Effects, EstimateContext {
  readonly modified = new ModifiedVariables()
  readonly known: KnownValues
  tally: Tally = NOTHING
  exit: Exit = 'none'
  stepsLeft = STEPS_MAX
  readonly wordBits: WordBits
  readonly #program: Program
  readonly #vmapMaxAlloc: number
  readonly #loops = new LoopEstimator(this)
  #sightings: Sighting | undefined
  #returned: Value
  #depth = 0

  /** @param parameters values of the parameters, by variable. */
  constructor(program: Program, parameters: ReadonlyMap<Variable, bigint>, vmapMaxAlloc: number) {
    this.#program = program
    this.wordBits = program.wordBits
    this.#vmapMaxAlloc = vmapMaxAlloc
    this.known = new KnownValues(program.wordBits, this)
    for (const { variable, initial } of program.globals) {
      if (!isArray(variable.type)) this.known.assign(variable, initial[0] ?? 0n)
    }
    for (const [variable, value] of parameters) this.known.assign(variable, value)
    // With tasks, what one has not changed another one may have
    if (startedTasks(program).size > 0) this.#forgetModified()
  }

  /** What a run asks for. */
  entry(): Tally {
    return this.#visited(this.#program.entry)
  }

  /** What a function asks for when nothing is known of its arguments and of what was before. */
  visit(symbol: FunctionSymbol): Tally {
    this.#forgetModified()
    this.known.forget(symbol.parameters)
    return this.#visited(symbol)
  }

  /** Of every loop and call that was come to. */
  estimates(): ReadonlyMap<Statement | Expression, Estimate> {
    const estimates = new Map<Statement | Expression, Estimate>()
    for (let seen = this.#sightings; seen !== undefined; seen = seen.earlier) {
      const { passes, tally } = seen
      const later = estimates.get(seen.part)
      estimates.set(seen.part, {
        passes: merged(passes, later?.passes, agreed),
        tally: merged(tally, later?.tally, either),
      })
    }
    return estimates
  }

  see(part: Statement | Expression, seen: Partial<Estimate>): void {
    this.#sightings = { part, ...seen, earlier: this.#sightings }
  }

  state(): EstimateState {
    return { values: this.known.snapshot(), tally: this.tally, exit: this.exit, sightings: this.#sightings }
  }

  restore({ values, tally, exit, sightings }: EstimateState): void {
    this.known.restore(values)
    this.tally = tally
    this.exit = exit
    this.#sightings = sightings
  }

  /** Goes through a statement, unless the ones before it are left for good. */
  statement(statement: Statement): void {
    if (this.exit !== 'none') return
    this.stepsLeft -= 1
    if (this.stepsLeft < 0) {
      this.tally = UNKNOWN
      this.known.forget(this.modified.inStatement(statement))
      return
    }
    switch (statement.kind) {
      case 'block':
        statement.statements.forEach((inner) => this.statement(inner))
        return
      case 'declare':
        for (const { variable, initial } of statement.declarations) {
          const [value] = (initial ?? []).map((expression) => this.known.value(expression))
          this.known.assign(variable, isArray(variable.type) ? undefined : value)
        }
        return
      case 'expression':
        this.known.value(statement.expression)
        return
      case 'if':
        this.#if(statement)
        return
      case 'loop':
        this.#loops.loop(statement)
        return
      case 'switch':
        this.#switch(statement)
        return
      case 'break':
      case 'continue':
        this.exit = statement.kind
        return
      case 'return':
        this.#returned = statement.value && this.known.value(statement.value)
        this.exit = 'return'
    }
  }

  /** Goes every way from here. After ways that are left differently, nothing is known of what is asked for. */
  fork(ways: readonly (() => Value)[]): Value {
    const before = this.state()
    const ends = ways.map((way) => {
      this.restore({ ...before, sightings: this.#sightings })
      return { value: way(), ...this.state() }
    })
    const [first] = ends
    if (first === undefined) return undefined
    this.restore({ ...first, sightings: this.#sightings })
    for (const end of ends.slice(1)) {
      this.known.keepCommon(end.values)
      this.tally = end.exit === first.exit ? either(this.tally, end.tally) : UNKNOWN
    }
    if (ends.some(({ exit }) => exit === 'none')) this.exit = 'none'
    return ends.every(({ value }) => value === first.value) ? first.value : undefined
  }

  call(call: Call): Value {
    const args = call.args.map((argument) => (isExpression(argument) ? this.known.value(argument) : undefined))
    const before = this.tally
    this.tally = NOTHING
    const value = this.#apply(call.callee, args)
    this.see(call, { passes: 1, tally: this.tally })
    this.tally = plus(before, this.tally)
    return value
  }

  task(task: StartTask): void {
    this.known.value(task.cpu)
    const args = task.args.map((argument) => (isExpression(argument) ? this.known.value(argument) : undefined))
    const before = this.tally
    this.tally = NOTHING
    this.#apply(task.callee, args)
    this.see(task, { passes: 1, tally: this.tally })
    this.tally = plus(before, this.tally)
  }

  builtin(call: BuiltinCall, args: readonly Value[]): Value {
    const asked = builtinTally(call.name, args, this.#vmapMaxAlloc)
    this.see(call, { passes: 1, tally: asked })
    this.tally = plus(this.tally, asked)
    return builtinValue(call.name, args)
  }

  #visited(symbol: FunctionSymbol): Tally {
    this.tally = NOTHING
    this.exit = 'none'
    if (symbol.body !== undefined) this.statement(symbol.body)
    return this.tally
  }

  /** A function on arguments; calls that nest too deep are not followed. */
  #apply(callee: FunctionSymbol, args: readonly Value[]): Value {
    if (callee.body === undefined || this.#depth >= DEPTH_MAX) {
      this.tally = UNKNOWN
      this.known.forget(this.modified.inFunction(callee))
      return undefined
    }
    const held = callee.parameters.map((parameter) => this.known.get(parameter))
    callee.parameters.forEach((parameter, index) => this.known.assign(parameter, args[index]))
    this.#returned = undefined
    this.#depth += 1
    this.statement(callee.body)
    this.#depth -= 1
    this.exit = 'none'
    callee.parameters.forEach((parameter, index) => this.known.assign(parameter, held[index]))
    return this.#returned
  }

  #if({ condition, then, otherwise }: Extract<Statement, { kind: 'if' }>): void {
    const truth = this.known.truth(condition)
    const way = (statement: Statement | undefined) => (): undefined => {
      if (statement) this.statement(statement)
    }
    if (truth === undefined) this.fork([way(then), way(otherwise)])
    else way(truth ? then : otherwise)()
  }

  #switch({ value, cases }: Extract<Statement, { kind: 'switch' }>): void {
    const label = this.known.value(value)
    const from = (start: number) => (): undefined => {
      for (const { statements } of cases.slice(start)) statements.forEach((statement) => this.statement(statement))
      if (this.exit === 'break') this.exit = 'none'
    }
    const fallback = cases.findIndex((found) => found.label === 'default')
    const otherwise = fallback === -1 ? cases.length : fallback
    if (label === undefined) {
      this.fork([...cases.keys(), ...(fallback === -1 ? [otherwise] : [])].map(from))
    } else {
      const found = cases.findIndex((candidate) => candidate.label === label)
      from(found === -1 ? otherwise : found)()
    }
  }

  #forgetModified(): void {
    for (const symbol of this.#program.functions) this.known.forget(this.modified.inFunction(symbol))
  }
}

/** What is known of either, or what both come to. */
function merged<Known>(
  left: Known | undefined,
  right: Known | undefined,
  how: (left: Known, right: Known) => Known,
): Known | undefined {
  return left === undefined || right === undefined ? (left ?? right) : how(left, right)
}

function agreed(left: number, right: number): number {
  return left === right ? left : NaN
}
