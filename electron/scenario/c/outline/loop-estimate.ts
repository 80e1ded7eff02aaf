import type { Expression, Loop, Statement, Variable } from '../ast.ts'
import { allExpressions, allStatements, expressionsWithin } from '../ast-parts.ts'
import { wrapped } from '../types.ts'
import { asCountedLoop, passesOf, type CountedLoop } from './counted-loop.ts'
import type { Estimator, EstimateState } from './estimate.ts'
import { NOTHING, plus, times, UNKNOWN, type Tally } from './tally.ts'

/** Passes that are gone through one by one when nothing is known of them together. */
const PASSES_MAX = 4096
/** The same when all but the slots is known. */
const PASSES_FOR_SLOTS_MAX = 64

/** Estimates loops: all passes at once where they are alike, else pass by pass. */
export class LoopEstimator {
  readonly #estimator: Estimator

  constructor(estimator: Estimator) {
    this.#estimator = estimator
  }

  loop(loop: Loop): void {
    loop.initial.forEach((statement) => this.#estimator.statement(statement))
    const before = this.#estimator.state()
    const atOnce = this.#allAtOnce(loop)
    if (atOnce === undefined) {
      this.#estimator.restore(before)
      this.#passByPass(loop)
      return
    }
    const { passes, tally } = atOnce
    const isKnown = !Number.isNaN(tally.slots) && !Number.isNaN(tally.operations)
    const limit = Number.isNaN(tally.operations) ? PASSES_MAX : PASSES_FOR_SLOTS_MAX
    if (isKnown || passes > limit || !this.#improves(loop, before)) this.#estimator.see(loop, { passes, tally })
  }

  /** Goes pass by pass after all. False, and back where it was, when that takes too long or says no more. */
  #improves(loop: Loop, before: EstimateState): boolean {
    const after = this.#estimator.state()
    const reserve = Math.floor(this.#estimator.stepsLeft / 2)
    this.#estimator.stepsLeft -= reserve
    this.#estimator.restore(before)
    this.#passByPass(loop)
    const isBetter = this.#estimator.stepsLeft > 0 && !Number.isNaN(this.#estimator.tally.slots)
    this.#estimator.stepsLeft = Math.max(0, this.#estimator.stepsLeft) + reserve
    if (!isBetter) this.#estimator.restore(after)
    return isBetter
  }

  /** One pass in which nothing is known of what passes change, so that it stands for each of them. */
  #allAtOnce(loop: Loop): { passes: number; tally: Tally } | undefined {
    const estimator = this.#estimator
    const counted = asCountedLoop(loop)
    const modified = modifiedIn(loop, estimator)
    const range = counted && this.#range(loop, counted, modified)
    if (counted === undefined || range === undefined) return undefined
    estimator.known.forget(modified)
    const tally = onePass(estimator, loop.body)
    if (estimator.exit === 'continue') estimator.exit = 'none'
    if (estimator.exit !== 'none') return undefined
    estimator.tally = plus(estimator.tally, times(tally, range.passes))
    estimator.known.forget(modified)
    estimator.known.assign(counted.variable, range.last)
    return { passes: range.passes, tally }
  }

  /** How many passes there are, and the value of the variable after them. */
  #range(
    loop: Loop,
    counted: CountedLoop,
    modified: ReadonlySet<Variable>,
  ): { passes: number; last: bigint } | undefined {
    const { variable, step, operator, bound, conversions, stepsInCondition } = counted
    const first = this.#estimator.known.get(variable)
    const limit = bound === undefined ? 0n : this.#boundOf(bound, modified)
    if (typeof first !== 'bigint' || limit === undefined || !isSteppedOnce(loop, variable, this.#estimator)) return undefined
    const passes = passesOf(operator, first, limit, step)
    if (passes === undefined || passes > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
    const last = first + step * (stepsInCondition ? passes + 1n : passes)
    const types = [variable.type, ...conversions]
    const { wordBits } = this.#estimator
    const fits = (value: bigint): boolean =>
      types.every((type) => typeof type === 'string' && type !== 'pages' && type !== 'pointer' && wrapped(value, type, wordBits) === value)
    return fits(first) && fits(last) ? { passes: Number(passes), last } : undefined
  }

  #boundOf(bound: NonNullable<CountedLoop['bound']>, modified: ReadonlySet<Variable>): bigint | undefined {
    for (const inner of allExpressions(bound)) {
      if (inner.kind === 'read' && inner.target.kind === 'variable' && modified.has(inner.target.variable)) return undefined
      if (inner.kind === 'call' || inner.kind === 'assign' || inner.kind === 'step' || inner.kind === 'compound') return undefined
      if (inner.kind === 'builtin' && !['ilog2', 'min', 'max'].includes(inner.name)) return undefined
    }
    const value = this.#estimator.known.value(bound)
    return typeof value === 'bigint' ? value : undefined
  }

  #passByPass(loop: Loop): void {
    const estimator = this.#estimator
    const { form, condition, update, body } = loop
    for (let passes = 0; ; passes += 1) {
      const goesOn = condition === undefined || (form === 'do' && passes === 0) ? true : estimator.known.truth(condition)
      if (goesOn === false) {
        estimator.see(loop, { passes })
        return
      }
      if (goesOn === undefined || passes >= PASSES_MAX || estimator.stepsLeft <= 0) {
        this.#giveUp(loop)
        return
      }
      const tally = onePass(estimator, body)
      estimator.see(loop, { tally })
      estimator.tally = plus(estimator.tally, tally)
      const { exit } = estimator
      if (exit === 'break' || exit === 'return') {
        if (exit === 'break') estimator.exit = 'none'
        estimator.see(loop, { passes: passes + 1 })
        return
      }
      estimator.exit = 'none'
      if (update) estimator.known.value(update)
    }
  }

  /** After a loop of which not all is known: its body is looked at for what can be said of any pass. */
  #giveUp(loop: Loop): void {
    const estimator = this.#estimator
    const modified = modifiedIn(loop, estimator)
    estimator.known.forget(modified)
    estimator.see(loop, { passes: NaN, tally: onePass(estimator, loop.body) })
    estimator.exit = 'none'
    estimator.known.forget(modified)
    estimator.tally = UNKNOWN
  }
}

/** What a body asks for, apart from what was asked for before. */
function onePass(estimator: Estimator, body: Statement): Tally {
  const before = estimator.tally
  estimator.tally = NOTHING
  estimator.statement(body)
  const { tally } = estimator
  estimator.tally = before
  return tally
}

function modifiedIn(loop: Loop, { modified }: Estimator): ReadonlySet<Variable> {
  return modified.inStatement(loop)
}

/**
 * True when the step that the loop is counted by is the only change of its variable, and every pass comes to it: a
 * `continue` would pass over a step inside the body.
 */
function isSteppedOnce(loop: Loop, variable: Variable, estimator: Estimator): boolean {
  const { body, condition, update } = loop
  const changes = (expression: Expression): boolean => estimator.modified.inExpression(expression).has(variable)
  const inBody = [...expressionsWithin(body)].filter(isChange).filter(changes)
  const inHead = [condition, update].filter((part) => part !== undefined && changes(part))
  if (inBody.length + inHead.length !== 1) return false
  return inBody.length === 0 || ![...allStatements(body)].some(({ kind }) => kind === 'continue')
}

/** Expressions that change a variable themselves, and not by one inside them. */
function isChange({ kind }: Expression): boolean {
  return kind === 'assign' || kind === 'compound' || kind === 'step' || kind === 'call'
}
