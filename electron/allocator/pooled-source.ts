import { grown } from '../../shared/typed-arrays.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { lazyLimitPages } from './lazy-limit.ts'
import type { Machine } from '../../shared/machine.ts'
import type { AddressSpace } from './address-space.ts'
import { alignPagesOf, alignUp } from './alignment.ts'
import { AreaPools, POOLED_PAGES_MAX } from './area-pools.ts'
import type { AreaSource, Drain } from './area-source.ts'
import { NONE, type AreaTable } from './area-table.ts'
import { byAddress, giveBackInOrder, giveBackMerged } from './drain-order.ts'

const NODES_MAX = 128

/** Vmap nodes of a machine; with one there are no pools. */
export function vmapNodes({ wordBits, nrCpus }: Machine): number {
  return wordBits === 64 ? Math.min(nrCpus, NODES_MAX) : 1
}

/**
 * Linux 6.9 and later (72210662c5a2): vmap nodes before the address space. A node has pools of drained areas by size, from
 * which its CPUs are served first. Space in a pool is seen by nobody else until it decays.
 */
export class PooledSource implements AreaSource {
  readonly #space: AddressSpace
  readonly #table: AreaTable
  readonly #nodes: number
  readonly #pools: AreaPools
  readonly #drainOrder: KernelModel['drainOrder']
  readonly #lazyLimitPages: number
  readonly #startOffset: number
  /** Node that an area was asked for on; it goes back to this node's pool. */
  #nodeOf = new Int16Array(0)

  constructor(space: AddressSpace, table: AreaTable, machine: Machine, model: KernelModel) {
    this.#space = space
    this.#table = table
    this.#nodes = vmapNodes(machine)
    this.#pools = new AreaPools(this.#nodes, model.nodePools === 'keeping')
    this.#drainOrder = model.drainOrder
    this.#lazyLimitPages = lazyLimitPages(machine, model)
    this.#startOffset = machine.vmallocStartPage % machine.bbmapBits
  }

  take(pages: number, alignBytes: number, cpu: number): number {
    const node = cpu % this.#nodes
    const pooled = this.#takePooled(node, pages, alignPagesOf(alignBytes))
    const area = pooled === NONE ? this.#space.take(pages, alignBytes) : pooled
    if (area !== NONE) this.#remember(area, node)
    return area
  }

  drain({ areas, pages, afterFailure }: Drain): void {
    for (let node = 0; node < this.#nodes; node += 1) {
      giveBackMerged(this.#space, this.#table, Int32Array.from(this.#pools.decay(node, afterFailure)))
    }
    const work = this.#byNode(areas)
    // The first nodes are left to helper threads, which are done after the others
    const helped = Math.max(0, Math.min(Math.floor(pages / this.#lazyLimitPages), work.length) - 1)
    for (const node of [...work.slice(helped), ...work.slice(0, helped)]) this.#process(node, afterFailure)
  }

  get state() {
    return { space: this.#space.state, pools: this.#pools.state, nodeOf: this.#nodeOf }
  }

  set state({ space, pools, nodeOf }) {
    this.#space.state = space
    this.#pools.state = pools
    this.#nodeOf = nodeOf
  }

  /** Only the first entry of the pool is examined; one that does not fit goes to the end. */
  #takePooled(node: number, pages: number, alignPages: number): number {
    if (pages > POOLED_PAGES_MAX) return NONE
    const area = this.#pools.first(node, pages)
    if (area === NONE) return NONE
    this.#pools.removeFirst(node, pages)
    const startPage = this.#table.startPage[area] as number
    if (alignUp(startPage, alignPages, this.#startOffset) === startPage) return area
    this.#pools.addLast(node, pages, area)
    return NONE
  }

  /** Groups areas by their node, in order of node. */
  #byNode(areas: Int32Array): Int32Array[] {
    const groups: number[][] = Array.from({ length: this.#nodes }, () => [])
    for (const area of areas) groups[this.#nodeOf[area] as number]?.push(area)
    return groups.filter((group) => group.length > 0).map((group) => Int32Array.from(group))
  }

  /** Keeps the small areas of a node in its pools, lowest first; the others go back to the address space. */
  #process(freed: Int32Array, afterFailure: boolean): void {
    const isPooled = (area: number): boolean => !afterFailure && (this.#table.pages[area] as number) <= POOLED_PAGES_MAX
    for (const area of byAddress(this.#table, freed.filter(isPooled))) {
      this.#pools.addFirst(this.#nodeOf[area] as number, this.#table.pages[area] as number, area)
    }
    const others = freed.filter((area) => !isPooled(area))
    giveBackInOrder(this.#space, this.#table, others, this.#drainOrder)
  }

  #remember(area: number, node: number): void {
    if (area >= this.#nodeOf.length) this.#nodeOf = grown(this.#nodeOf, this.#table.capacity)
    this.#nodeOf[area] = node
  }
}
