import { formatCount, formatQuantity } from '../../../shared/format.ts'
import {
  LATER_DIVERGENCES_MAX,
  type Divergence,
  type LaterDivergence,
  type Lockstep,
  type OperationKind,
} from '../../../shared/replay.ts'
import { summarize } from '../free-list-summary.ts'
import type { FollowOptions } from './follow-options.ts'
import { LockstepSide } from './lockstep-side.ts'
import { OperationWatch } from './operation-watch.ts'
import type { Playback } from './playback.ts'
import type { Replay } from './replay.ts'
import { ReplayRefusedError } from './refused.ts'

const OPERATIONS_PER_LOOK = 16_384

/** What is remembered of an operation that is explained later. */
interface Parting {
  readonly operation: number
  readonly map: number
  readonly choices: readonly LockstepSide['choice'][]
  readonly allocatedBefore: readonly number[]
}

/**
 * Follows replays of one scenario under several models from the first operation on, as long as all are asked the same.
 * `undefined` when it was cancelled.
 * @throws {ReplayRefusedError} for replays that have not one machine, scenario and seed.
 */
export function followInLockstep(replays: readonly Replay[], options: FollowOptions): Lockstep | undefined {
  const slices = lockstepInSlices(replays, options)
  for (;;) {
    const { done, value } = slices.next()
    if (done) return value
  }
}

/**
 * The same, left every few thousand operations, so that the replays can be asked something else meanwhile.
 * @throws {ReplayRefusedError} as above.
 */
export function* lockstepInSlices(
  replays: readonly Replay[],
  options: FollowOptions,
): Generator<void, Lockstep | undefined, void> {
  requireOneScenario(replays)
  const pass = new LockstepPass(replays)
  const operations = Math.min(...replays.map((replay) => replay.operations))
  while (pass.next()) {
    if (pass.operation % OPERATIONS_PER_LOOK !== 0) continue
    if (options.cancelled()) return undefined
    options.onProgress(pass.operation, operations)
    yield
  }
  return pass.result()
}

/** Why replays cannot be followed together. */
function requireOneScenario(replays: readonly Replay[]): void {
  const inputs = replays.map(({ spec: { scenarioId, program, parameters, seed, machine } }) =>
    JSON.stringify([scenarioId, program?.source, Object.entries(parameters).sort(), seed, machine]),
  )
  if (replays.length < 2) throw new ReplayRefusedError('A divergence needs at least two models.')
  if (inputs.some((input) => input !== inputs[0])) {
    throw new ReplayRefusedError(
      'These runs are not of one scenario, with one seed, on one machine: nothing can be followed.',
    )
  }
}

class LockstepPass {
  operation = 0
  readonly #replays: readonly Replay[]
  readonly #sides: readonly LockstepSide[]
  readonly #others: readonly LockstepSide[]
  readonly #leader: LockstepSide
  #maps = 0
  #first: Parting | undefined
  #blocksPart: Parting | undefined
  #requestsPart: Lockstep['requestsPart']
  #addressesPart: number | undefined
  #walksPart: number | undefined
  #differentChoices = 0
  #laterTotal = 0
  readonly #later: LaterDivergence[] = []

  constructor(replays: readonly Replay[]) {
    this.#replays = replays
    this.#sides = replays.map((replay) => new LockstepSide(replay.newPlayback()))
    const [leader, ...others] = this.#sides
    if (leader === undefined) throw new Error('there is nothing to follow')
    this.#leader = leader
    this.#others = others
  }

  /** Makes one operation on every side; false when one has no more, or when they are not asked the same. */
  next(): boolean {
    if (!this.#read()) return false
    for (const side of this.#sides) side.make()
    this.operation = this.#leader.playback.operation
    const isMap = this.#leader.playback.kind === 'map'
    if (isMap) this.#maps += 1
    this.#compareBlocks()
    if (isMap) this.#compareChoices()
    this.#compareAddresses()
    return true
  }

  result(): Lockstep {
    const models = this.#replays.map(({ spec }) => spec.modelId)
    return {
      ...{ models, slotsPerBlock: this.#leader.playback.allocator.machine.bbmapBits, operations: this.operation },
      ...{ requestsPart: this.#requestsPart, problems: this.#replays.map(({ problem }) => problem) },
      first: this.#first && this.#explain(this.#first),
      blocksPart: this.#blocksPart && this.#explain(this.#blocksPart),
      ...{ addressesPart: this.#addressesPart, walksPart: this.#walksPart, differentChoices: this.#differentChoices },
      ...{ later: this.#later, laterTotal: this.#laterTotal },
    }
  }

  /** Reads the next request on every side; false when there is none that all are asked. */
  #read(): boolean {
    let have = 0
    for (const { playback } of this.#sides) if (playback.read()) have += 1
    if (have === this.#sides.length && this.#others.every(({ playback }) => isSame(playback, this.#leader.playback))) {
      return true
    }
    if (have > 0) this.#noteParting()
    return false
  }

  #noteParting(): void {
    const operation = this.operation + 1
    const ended = this.#replays.filter((replay) => replay.operations < operation)
    // A run that was cut short says nothing about what it would have been asked
    if (ended.some(({ result }) => result === undefined)) return
    const requests = this.#sides.map(({ playback }) =>
      playback.operation === operation ? requestText(playback) : 'nothing, its run has ended',
    )
    this.#requestsPart = { operation, requests }
  }

  #compareBlocks(): void {
    const differs = this.#others.some((side) => !side.didAs(this.#leader))
    if (differs && this.#first === undefined) this.#blocksPart ??= this.#parting()
    this.#noteLater('purge', ({ hasPurged }) => hasPurged)
  }

  #compareChoices(): void {
    if (this.#others.some((side) => !side.choseAs(this.#leader))) {
      this.#differentChoices += 1
      this.#first ??= this.#parting()
    }
    const walked = this.#leader.playback.allocator.visitedNodes
    if (this.#others.some(({ playback }) => playback.allocator.visitedNodes !== walked))
      this.#walksPart ??= this.operation
    this.#noteLater('new-block', ({ isNew }) => isNew)
    this.#noteLater('failure', ({ playback }) => playback.hasFailed)
  }

  #compareAddresses(): void {
    const { startPage } = this.#leader.playback
    if (this.#others.some(({ playback }) => playback.startPage !== startPage)) this.#addressesPart ??= this.operation
  }

  /** Notes what some sides do and others do not, from the first divergence on. */
  #noteLater(kind: LaterDivergence['kind'], does: (side: LockstepSide) => boolean): void {
    if (this.#first === undefined) return
    const count = this.#sides.reduce((sum, side) => sum + Number(does(side)), 0)
    if (count === 0 || count === this.#sides.length || this.#first.operation === this.operation) return
    this.#laterTotal += 1
    if (this.#later.length >= LATER_DIVERGENCES_MAX) return
    const sides = this.#sides.flatMap((side, place) => (does(side) ? [place] : []))
    this.#later.push({ operation: this.operation, kind, sides })
  }

  #parting(): Parting {
    const choices = this.#sides.map(({ choice }) => choice)
    const allocatedBefore = this.#sides.map(({ allocated, isNew }) => allocated - Number(isNew))
    return { operation: this.operation, map: this.#maps, choices, allocatedBefore }
  }

  /** Makes the operation again where it can be watched. */
  #explain({ operation, map, choices, allocatedBefore }: Parting): Divergence {
    const sides = this.#replays.map((replay, place) => {
      const before = replay.newPlayback()
      replay.bring(before, operation - 1)
      const watched = replay.newPlayback()
      replay.bring(watched, operation - 1)
      const last = new OperationWatch(watched).next((made) => replay.lineOf(made))
      const choice = choices[place]
      if (last === undefined || choice === undefined) throw new Error(`operation ${operation} is not there any more`)
      const { cpu, served } = last
      const { allocator } = before
      return {
        ...{ modelId: replay.spec.modelId, choice, last, allocatedBefore: allocatedBefore[place] ?? 0 },
        before: summarize(cpu, allocator.freeListLength(cpu), allocator.freeList(cpu)),
        position: served && !served.isNew ? allocator.view.listPosition(served.block) : undefined,
      }
    })
    return { operation, map, sides }
  }
}

function isSame(left: Playback, right: Playback): boolean {
  return left.kind === right.kind && left.argument === right.argument && left.cpu === right.cpu
}

const CALLS: Readonly<Record<OperationKind, string>> = {
  map: 'vm_map_ram',
  unmap: 'vm_unmap_ram',
  vmap: 'vmap',
  vunmap: 'vunmap',
  aliases: 'vm_unmap_aliases',
}

/** "vm_map_ram of 8 pages on CPU 0"; an unmap names the operation that made the mapping. */
function requestText({ kind, argument, cpu, operation }: Playback): string {
  const call = CALLS[kind]
  switch (kind) {
    case 'map':
    case 'vmap':
      return `${call} of ${formatQuantity(argument, 'page')} on CPU ${cpu}`
    case 'unmap':
    case 'vunmap':
      return `${call} of what operation ${formatCount(operation - argument)} mapped, on CPU ${cpu}`
    case 'aliases':
      return `${call} on CPU ${cpu}`
  }
}
