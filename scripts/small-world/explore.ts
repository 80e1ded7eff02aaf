import type { KernelModel } from '../../shared/kernel-model.ts'
import type { ListedBlock } from '../../shared/run.ts'
import type { Request } from '../agreement/requests.ts'
import { Rig } from './rig.ts'
import { stepsFrom, type Task, type World } from './world.ts'

/** Some hundred bytes each; more do not fit in the memory that Node takes by default. */
const STATES_MAX = 2_000_000

/** A state of the allocators, by the first sequence that led to it. */
interface Reached {
  readonly before: Reached | undefined
  /** The last step of that sequence. */
  readonly step: readonly Request[]
  readonly task: Task
  /** Where each further step leads; empty while that is not known. */
  readonly next: Reached[]
}

export interface Exploration {
  /** Steps of the longest sequences covered, or `Infinity` when no state is left from which a step was not played. */
  readonly depth: number
  /** Distinct states, the empty space included. */
  readonly states: number
  /** Sequences played: a shortest one to each state, and one step further. */
  readonly played: number
  /** Sequences of that depth or less; each was played, or answers like one that was. Undefined when there is no end. */
  readonly sequences: bigint | undefined
}

/** Told of every sequence played and each CPU's free list after it, shortest first. */
export type Visitor = (requests: readonly Request[], lists: readonly (readonly ListedBlock[])[]) => void

/**
 * Plays every sequence of up to `depth` steps of a world and compares allocator and reference after each step. A sequence is
 * not continued when it leads to a state that another one has led to: what follows would be the same. The state is the
 * reference's; what only the allocator under test remembers, and wrongly, past that point is left to the fuzzer.
 * @throws {Disagreement}
 * @throws {RangeError} when there are more than `STATES_MAX` states.
 */
export function explore(world: World, model: KernelModel, depth: number, visit: Visitor): Exploration {
  const rig = new Rig(world, model)
  const empty: Reached = { before: undefined, step: [], task: rig.task, next: [] }
  const known = new Map([[rig.state, empty]])
  let played = 0
  let level = 0
  let frontier = [empty]
  for (; level < depth && frontier.length > 0; level += 1) {
    const found: Reached[] = []
    for (const from of frontier) {
      const path = requestsTo(from)
      for (const step of stepsFrom(world, from.task, level)) {
        const requests = [...path, ...step]
        visit(requests, rig.play(requests))
        played += 1
        const { state } = rig
        const reached = known.get(state) ?? { before: from, step, task: rig.task, next: [] }
        from.next.push(reached)
        if (known.has(state)) continue
        known.set(state, reached)
        found.push(reached)
        if (known.size > STATES_MAX) throw new RangeError(tooMany(level + 1))
      }
    }
    frontier = found
  }
  const covered = { states: known.size, played }
  return frontier.length === 0
    ? { ...covered, depth: Infinity, sequences: undefined }
    : { ...covered, depth: level, sequences: sequencesFrom(empty, level) }
}

function tooMany(depth: number): string {
  return `There are more than ${STATES_MAX} states after ${depth} steps. Choose a smaller depth.`
}

function requestsTo(reached: Reached): Request[] {
  return reached.before === undefined ? [] : [...requestsTo(reached.before), ...reached.step]
}

/** Sequences of 1 to `depth` steps, counted by the states that they end in. */
function sequencesFrom(empty: Reached, depth: number): bigint {
  let sequences = 0n
  let ending = new Map([[empty, 1n]])
  for (let steps = 1; steps <= depth; steps += 1) {
    const longer = new Map<Reached, bigint>()
    for (const [from, ways] of ending) for (const to of from.next) longer.set(to, (longer.get(to) ?? 0n) + ways)
    for (const ways of longer.values()) sequences += ways
    ending = longer
  }
  return sequences
}
