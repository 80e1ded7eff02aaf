import type { Loop, Statement } from '../ast.ts'
import { wrapped } from '../types.ts'
import { passesOf } from './counted-loop.ts'
import type { EstimateContext, EstimateState } from './estimate-context.ts'
import { findLoopFacts, type LoopFacts } from './loop-facts.ts'
import { NOTHING, plus, times, UNKNOWN, type Tally } from './tally.ts'

/** Passes that are gone through one by one when nothing is known of them together. */
const PASSES_MAX = 4096
/** The same when all but the slots is known. */
const PASSES_FOR_SLOTS_MAX = 64

/** Estimates loops: all passes at once where they are alike, else pass by pass. */
export class LoopEstimator {
  readonly #estimator: EstimateContext
  readonly #facts = new Map<Loop, LoopFacts>()

  constructor(estimator: EstimateContext) {
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
    const facts = this.#factsOf(loop)
    const range = this.#range(facts)
    if (facts.counted === undefined || range === undefined) return undefined
    estimator.known.forget(facts.modified)
    const tally = onePass(estimator, loop.body)
    if (estimator.exit === 'continue') estimator.exit = 'none'
    if (estimator.exit !== 'none') return undefined
    estimator.tally = plus(estimator.tally, times(tally, range.passes))
    estimator.known.forget(facts.modified)
    estimator.known.assign(facts.counted.variable, range.last)
    return { passes: range.passes, tally }
  }

  /** How many passes there are, and the value of the variable after them. */
  #range({ counted }: LoopFacts): { passes: number; last: bigint } | undefined {
    if (counted === undefined) return undefined
    const { variable, step, operator, bound, conversions, stepsInCondition } = counted
    const { known, wordBits } = this.#estimator
    const first = known.get(variable)
    const limit = bound === undefined ? 0n : known.value(bound)
    if (typeof first !== 'bigint' || typeof limit !== 'bigint') return undefined
    const passes = passesOf(operator, first, limit, step)
    if (passes === undefined || passes > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
    const last = first + step * (stepsInCondition ? passes + 1n : passes)
    const isInRange = [counted.type, ...conversions].every(
      (type) => wrapped(first, type, wordBits) === first && wrapped(last, type, wordBits) === last,
    )
    return isInRange ? { passes: Number(passes), last } : undefined
  }

  #factsOf(loop: Loop): LoopFacts {
    const found = this.#facts.get(loop) ?? findLoopFacts(loop, this.#estimator.modified)
    this.#facts.set(loop, found)
    return found
  }

  #passByPass(loop: Loop): void {
    const estimator = this.#estimator
    const { form, condition, update, body } = loop
    for (let passes = 0; ; passes += 1) {
      const goesOn =
        condition === undefined || (form === 'do' && passes === 0) ? true : estimator.known.truth(condition)
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
    const { modified } = this.#factsOf(loop)
    estimator.known.forget(modified)
    estimator.see(loop, { passes: NaN, tally: onePass(estimator, loop.body) })
    estimator.exit = 'none'
    estimator.known.forget(modified)
    estimator.tally = UNKNOWN
  }
}

/** What a body asks for, apart from what was asked for before. */
function onePass(estimator: EstimateContext, body: Statement): Tally {
  const before = estimator.tally
  estimator.tally = NOTHING
  estimator.statement(body)
  const { tally } = estimator
  estimator.tally = before
  return tally
}
