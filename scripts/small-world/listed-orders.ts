import type { KernelModel } from '../../shared/kernel-model.ts'
import { vmapMaxAlloc, type Machine } from '../../shared/machine.ts'
import type { ListedBlock } from '../../shared/run.ts'
import type { Request } from '../agreement/requests.ts'

/** What 68ac546f26 brought about, in words for the terminal. */
export const ORDERS_CLAIM = `The order of a listed block is that of the largest map it can still serve: min(floor(log2(free)), log2(VMAP_MAX_ALLOC)).
Where new blocks enter at the TAIL and the first fit is taken, the orders on each CPU's free list rise strictly from HEAD to
TAIL, whatever is mapped, unmapped, purged or refused. So there is at most one listed block per order, and a list has at
most log2(VMAP_MAX_ALLOC) + 1 blocks: 6 with 32-bit words, 7 with 64-bit words. Lists of several CPUs may repeat an order.`

/**
 * Whether `ORDERS_CLAIM` covers a model. The reason is this. Let block A stand before block B on a list. B was made for a map
 * that A could not serve, and every map that B served was larger than what A had free at that time, hence than what A has free
 * now, because free slots only become fewer; so A is of a lower order than VMAP_MAX_ALLOC. Maps take powers of two: with a the
 * order of A, each was a multiple of 2^(a+1), and so is the size of a block, hence what B has free. B is listed, so that is not
 * nothing, and B's order is above a. Unmaps change no free slots, and purges only take blocks away.
 */
export function ordersMustRise({ newBlockAt, search }: KernelModel): boolean {
  return newBlockAt === 'tail' && search === 'first-fit'
}

/** A free list, and a sequence that led to it. */
export interface SeenList {
  readonly requests: readonly Request[]
  /** Requests without changes of CPU. */
  readonly steps: number
  /** Free slots of the blocks from HEAD to TAIL. */
  readonly free: readonly number[]
}

/** The orders on the free lists after every sequence that is played, shortest first. */
export class ListedOrders {
  /** Blocks on the longest list. */
  longestList = 0
  /** The first list with two blocks of one order. */
  repeated: SeenList | undefined
  /** The first list whose orders do not rise strictly from HEAD to TAIL. */
  unsorted: SeenList | undefined
  readonly #maxAlloc: number

  constructor({ wordBits }: Machine) {
    this.#maxAlloc = vmapMaxAlloc(wordBits)
  }

  look(requests: readonly Request[], lists: readonly (readonly ListedBlock[])[]): void {
    for (const list of lists) {
      this.longestList = Math.max(this.longestList, list.length)
      const free = list.map(([, slots]) => slots)
      const orders = free.map((slots) => Math.floor(Math.log2(Math.min(slots, this.#maxAlloc))))
      if (risesStrictly(orders)) continue
      const seen = { requests, steps: requests.filter(({ letter }) => letter !== 'c').length, free }
      this.unsorted ??= seen
      if (new Set(orders).size < orders.length) this.repeated ??= seen
    }
  }
}

function risesStrictly(numbers: readonly number[]): boolean {
  return numbers.every((number, position) => position === 0 || number > (numbers[position - 1] as number))
}
