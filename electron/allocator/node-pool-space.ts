import { grown } from '../../shared/typed-arrays.ts'
import { lazyMaxPages, type Machine } from '../../shared/machine.ts'
import type { AddressSpace, Drain } from './address-space.ts'
import { alignPagesOf, alignUp } from './alignment.ts'
import { NONE, type AreaTable } from './area-table.ts'
import { AreaPools, POOLED_PAGES_MAX } from './area-pools.ts'
import { FreeTreeSpace } from './free-tree-space.ts'
import { giveBackMerged, sortByAddress } from './merged-drain-space.ts'

const NODES_MAX = 128

/**
 * Linux 6.9 and later (72210662c5a2): vmap nodes before the tree of free ranges. A node has pools of drained areas by size,
 * from which its CPUs are served first. Space in a pool is seen by nobody else until it decays.
 */
export class NodePoolSpace implements AddressSpace {
  readonly #tree: FreeTreeSpace
  readonly #table: AreaTable
  readonly #nodes: number
  readonly #pools: AreaPools
  readonly #lazyMaxPages: number
  readonly #startOffset: number
  /** Node that an area was asked for on; it goes back to this node's pool. */
  #nodeOf = new Int16Array(0)

  constructor(table: AreaTable, machine: Machine, keepsSmallPools: boolean) {
    this.#table = table
    this.#tree = new FreeTreeSpace(table, machine, true)
    this.#nodes = machine.wordBits === 64 ? Math.min(machine.nrCpus, NODES_MAX) : 1
    this.#pools = new AreaPools(this.#nodes, keepsSmallPools)
    this.#lazyMaxPages = lazyMaxPages(machine.nrCpus)
    this.#startOffset = machine.vmallocStartPage % machine.bbmapBits
  }

  take(pages: number, alignBytes: number, cpu: number): number {
    if (this.#nodes === 1) return this.#tree.take(pages, alignBytes)
    const node = cpu % this.#nodes
    const pooled = this.#takePooled(node, pages, alignPagesOf(alignBytes))
    const area = pooled === NONE ? this.#tree.take(pages, alignBytes) : pooled
    if (area !== NONE) this.#remember(area, node)
    return area
  }

  giveBack({ areas, length, pages, afterFailure }: Drain): void {
    const pending = Int32Array.from(areas.subarray(0, length))
    sortByAddress(pending, this.#table.startPage)
    if (this.#nodes === 1) {
      for (const area of pending.reverse()) this.#tree.giveBackArea(area)
      return
    }
    for (let node = 0; node < this.#nodes; node += 1) {
      giveBackMerged(this.#tree, Int32Array.from(this.#pools.decay(node, afterFailure)))
    }
    const work = this.#byNode(pending)
    // The first nodes are left to helper threads, which are done after the others
    const helped = Math.min(Math.max(1, Math.floor(pages / this.#lazyMaxPages)), work.length) - 1
    for (const node of [...work.slice(Math.max(0, helped)), ...work.slice(0, Math.max(0, helped))]) {
      this.#process(node, afterFailure)
    }
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

  /** Groups areas, sorted by address, by their node, in order of node. */
  #byNode(areas: Int32Array): number[][] {
    const groups: number[][] = Array.from({ length: this.#nodes }, () => [])
    for (const area of areas) groups[this.#nodeOf[area] as number]?.push(area)
    return groups.filter((group) => group.length > 0)
  }

  /** Keeps the small areas of a node in its pools; the others go back to the tree, highest first. */
  #process(areas: readonly number[], afterFailure: boolean): void {
    const returned: number[] = []
    for (const area of areas) {
      const pages = this.#table.pages[area] as number
      if (pages <= POOLED_PAGES_MAX && !afterFailure) this.#pools.addFirst(this.#nodeOf[area] as number, pages, area)
      else returned.push(area)
    }
    for (const area of returned.reverse()) this.#tree.giveBackArea(area)
  }

  #remember(area: number, node: number): void {
    if (area >= this.#nodeOf.length) this.#nodeOf = grown(this.#nodeOf, this.#table.capacity)
    this.#nodeOf[area] = node
  }
}
