import type { KernelModel } from '../../shared/kernel-model.ts'
import type { AddressSpace } from './address-space.ts'
import type { AreaTable } from './area-table.ts'
import { giveBackInOrder } from './drain-order.ts'

/** What is given back after a flush, and why. */
export interface Drain {
  /** Area ids in the order in which they were freed. */
  readonly areas: Int32Array
  /** Pages of all of them. */
  readonly pages: number
  /** An allocation failed: nothing may be kept back. */
  readonly afterFailure: boolean
}

/** Where the allocator gets its areas from and where drained ones go: the address space, or pools in front of it. */
export interface AreaSource {
  /** As `AddressSpace.take`, for a task on `cpu`. */
  take(pages: number, alignBytes: number, cpu: number): number
  drain(drain: Drain): void
  /** Everything that changes, as plain data. */
  state: unknown
}

/** The address space itself: every release before 6.9, and every machine with one vmap node. */
export class DirectSource implements AreaSource {
  readonly #space: AddressSpace
  readonly #table: AreaTable
  readonly #drainOrder: KernelModel['drainOrder']

  constructor(space: AddressSpace, table: AreaTable, drainOrder: KernelModel['drainOrder']) {
    this.#space = space
    this.#table = table
    this.#drainOrder = drainOrder
  }

  take(pages: number, alignBytes: number): number {
    return this.#space.take(pages, alignBytes)
  }

  drain({ areas }: Drain): void {
    giveBackInOrder(this.#space, this.#table, areas, this.#drainOrder)
  }

  get state(): unknown {
    return this.#space.state
  }

  set state(state: unknown) {
    this.#space.state = state
  }
}
