import type { KernelModel } from '../../shared/kernel-model.ts'
import type { ListedBlock } from '../../shared/run.ts'
import type { Request } from '../agreement/requests.ts'
import { Pair } from './pair.ts'
import type { Task, World } from './world.ts'

/** A pair is given up after this many requests, so that what shows a difference can be shrunk to a short trace. */
const HISTORY_MAX = 20_000

/** Names a map that cannot be made. */
const REFUSED_ID = 1_000_000

/** The allocator and the reference disagree, or the allocator broke an invariant; `requests` leads there. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement'
  readonly requests: readonly Request[]

  constructor(difference: string, requests: readonly Request[]) {
    super(difference)
    this.requests = requests
  }
}

/** Plays sequences of requests one after the other, each from an empty vmalloc space. */
export class Rig {
  readonly #world: World
  readonly #model: KernelModel
  readonly #emptyState: string
  /** Unmaps of what is live, by id. */
  readonly #live = new Map<number, Request>()
  #cpu = 0
  #pair: Pair

  constructor(world: World, model: KernelModel) {
    this.#world = world
    this.#model = model
    this.#pair = new Pair(world.machine, model)
    this.#emptyState = this.#pair.state
  }

  /** All that answers from now on depend on, the CPU aside, as text. */
  get state(): string {
    return this.#pair.state
  }

  get task(): Task {
    return { cpu: this.#cpu, live: [...this.#live.values()] }
  }

  /** Plays a sequence that begins on CPU 0; each CPU's free list after it. @throws {Disagreement} */
  play(requests: readonly Request[]): readonly (readonly ListedBlock[])[] {
    try {
      this.#startOver()
      for (const request of requests) this.#issue(request)
      return this.#pair.compare()
    } catch (error) {
      throw new Disagreement(String(error), this.#pair.history)
    }
  }

  /**
   * Unmaps all and asks for more than there is, which makes a kernel take back all it can. Where that does not lead to the
   * state of an empty space, and from time to time, there is a new pair; to make one costs more than to empty it.
   */
  #startOver(): void {
    const { machine } = this.#world
    if (this.#pair.history.length === 0) return
    if (this.#cpu !== 0) this.#issue({ letter: 'c', cpu: 0 })
    for (const request of this.#live.values()) this.#issue(request)
    this.#issue({ letter: 'm', id: REFUSED_ID, pages: machine.vmallocPages + machine.wordBits })
    if (this.#pair.state === this.#emptyState && this.#pair.history.length < HISTORY_MAX) return
    this.#pair = new Pair(machine, this.#model)
  }

  #issue(request: Request): void {
    const page = this.#pair.issue(request)
    switch (request.letter) {
      case 'c':
        this.#cpu = request.cpu
        return
      case 'm':
      case 'v':
        if (page === undefined || page < 0) return
        this.#live.set(request.id, { letter: request.letter === 'm' ? 'u' : 'f', id: request.id })
        return
      case 'u':
      case 'f':
        this.#live.delete(request.id)
        return
      case 'a':
    }
  }
}
