import { isDeepStrictEqual } from 'node:util'
import { Allocator } from '../../electron/allocator/allocator.ts'
import { ReferenceAllocator } from '../../electron/allocator/reference/index.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import type { Machine } from '../../shared/machine.ts'
import type { ListedBlock } from '../../shared/run.ts'
import { CheckedAllocator } from '../agreement/checked-allocator.ts'
import { referenceOf } from '../agreement/reference-of.ts'
import { Caller, type Request } from '../agreement/requests.ts'

/** The allocator, every call checked, and the reference, which are asked the same. */
export class Pair {
  /** All that was asked so far. */
  readonly history: Request[] = []
  readonly #fast: Allocator
  readonly #plain: ReferenceAllocator
  readonly #callers: readonly [Caller, Caller]
  readonly #cpus: readonly number[]

  constructor(machine: Machine, model: KernelModel) {
    this.#fast = new Allocator(machine, model)
    this.#plain = new ReferenceAllocator(machine, referenceOf(model))
    this.#callers = [new Caller(new CheckedAllocator(this.#fast)), new Caller(this.#plain)]
    this.#cpus = Array.from({ length: machine.nrCpus }, (_, cpu) => cpu)
  }

  /** All that answers from now on depend on, by the reference. */
  get state(): string {
    return this.#plain.state()
  }

  /** Asks both; the page of a map. Throws when they answer differently. */
  issue(request: Request): number | undefined {
    this.history.push(request)
    const [page, plainPage] = [this.#callers[0].issue(request), this.#callers[1].issue(request)]
    if (page !== plainPage) throw new Error(`addr ${page ?? ''} differs from the reference: ${plainPage ?? ''}`)
    return page
  }

  /** Each CPU's free list, HEAD to TAIL. Throws when the last request left anything else than in the reference. */
  compare(): readonly (readonly ListedBlock[])[] {
    const lists = this.#plain.freeLists()
    const views: readonly (readonly [string, unknown, unknown])[] = [
      ['visited', this.#fast.visitedNodes, this.#plain.visitedNodes],
      ['counts', this.#fast.counts, this.#plain.counts],
      ['free_lists', this.#cpus.map((cpu) => [...this.#fast.freeList(cpu)]), lists],
    ]
    const differing = views.find(([, left, right]) => !isDeepStrictEqual(left, right))
    if (differing !== undefined) throw new Error(`${differing[0]} differs from the reference`)
    return lists
  }
}
