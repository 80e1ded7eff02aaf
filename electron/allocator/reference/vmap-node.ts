import { areaState, byAddress, mergeNeighbours } from './area.ts'
import type { PageRange, VmapArea } from './area.ts'
import { alignmentPages } from './machine.ts'
import type { ReferenceMachine } from './machine.ts'
import type { ReferenceModel } from './model.ts'

/** MAX_VA_SIZE_PAGES: larger areas have no pool. */
const LARGEST_POOLED_PAGES = 256
const MOST_NODES = 128

/**
 * A `vmap_node` (72210662c5a2): what was freed and not drained, and pools of drained areas, one for each size in pages,
 * which only requests of this node and size can use again.
 */
export class VmapNode {
  readonly #decayOfSmallPools: ReferenceModel['poolDecay']
  /** By size in pages; the front of a pool is its first element. */
  readonly #pools = new Map<number, PageRange[]>()
  #pending: VmapArea[] = []

  constructor(decayOfSmallPools: ReferenceModel['poolDecay']) {
    this.#decayOfSmallPools = decayOfSmallPools
  }

  addPending(area: VmapArea): void {
    this.#pending.push(area)
  }

  /** What is pending, in the order of freeing; afterwards nothing is. */
  collectPending(): VmapArea[] {
    const collected = this.#pending
    this.#pending = []
    return collected
  }

  /** `node_pool_add_va`: false when there is no pool for this size. */
  addToPool({ start, end }: PageRange): boolean {
    const size = end - start
    if (size > LARGEST_POOLED_PAGES) return false
    this.#pools.set(size, [{ start, end }, ...(this.#pools.get(size) ?? [])])
    return true
  }

  /** `node_pool_del_va`: looks at the front only, which goes to the end of its pool when it is not aligned. */
  takeFromPool(size: number, alignBytes: number): number | undefined {
    const pool = this.#pools.get(size)
    const front = pool?.shift()
    if (front === undefined) return undefined
    if (front.start % alignmentPages(alignBytes) === 0) return front.start
    pool?.push(front)
    return undefined
  }

  /** `decay_va_pool_node`: takes a quarter of each pool, or everything; neighbours merged, ascending. */
  decayPools(everything: boolean): PageRange[] {
    const decayed: PageRange[] = []
    for (const pool of this.#pools.values()) {
      decayed.push(...pool.splice(0, everything ? pool.length : this.#decayCount(pool.length)))
    }
    return mergeNeighbours(decayed.sort(byAddress))
  }

  /** What is pending and what each pool holds, as text. */
  state(): string {
    const pools = [...this.#pools].filter(([, pool]) => pool.length > 0).sort(([size], [other]) => size - other)
    const pooled = pools.map(([size, pool]) => `${size}: ${pool.map(({ start }) => start).join()}`)
    return `${this.#pending.map((area) => areaState(area)).join()} ${pooled.join('; ')}`
  }

  #decayCount(poolLength: number): number {
    if (poolLength < 4 && this.#decayOfSmallPools === 'all-below-four') return poolLength
    return Math.floor(poolLength / 4)
  }
}

/** `vmap_init_nodes`; a model without nodes has one, which keeps what is pending and has no use for its pools. */
export function createNodes({ wordBits, nrCpus }: ReferenceMachine, model: ReferenceModel): VmapNode[] {
  const length = model.nodes && wordBits === 64 ? Math.min(nrCpus, MOST_NODES) : 1
  return Array.from({ length }, () => new VmapNode(model.poolDecay))
}
