import type { AddressSpace } from './address-space.ts'
import { byAddress } from './area.ts'
import type { VmapArea } from './area.ts'
import type { Counts } from './counts.ts'
import { inDrainOrder } from './drain-order.ts'
import { FlushRange } from './flush-range.ts'
import { lazyMaxPages } from './machine.ts'
import type { ReferenceMachine } from './machine.ts'
import type { ReferenceModel } from './model.ts'
import type { VmapNode } from './vmap-node.ts'

interface Purge {
  /** Makes blocks pending that are worth throwing away. */
  purgeFragments?: () => void
  /** Takes all out of the nodes' pools and puts nothing in: after a failed allocation. */
  emptyPools?: boolean
  /** Pages to flush besides those drained. */
  noted?: FlushRange
}

/** Lazy freeing: freed areas stay in the address space until a drain returns them all. */
export class PendingAreas {
  readonly #space: AddressSpace
  readonly #nodes: readonly VmapNode[]
  readonly #counts: Counts
  readonly #model: ReferenceModel
  readonly #maxPages: number
  #purging = false
  #workerWoken = false

  constructor(
    machine: ReferenceMachine,
    model: ReferenceModel,
    counts: Counts,
    space: AddressSpace,
    nodes: readonly VmapNode[],
  ) {
    this.#space = space
    this.#nodes = nodes
    this.#counts = counts
    this.#model = model
    this.#maxPages = Math.floor(lazyMaxPages(machine.nrCpus) * model.lazyFactor)
  }

  /**
   * `free_vmap_area_noflush`: the area becomes pending. Past the limit all that is pending is drained: up to 5.10 at
   * once, unless a purge is running already, for `try_purge_vmap_area_lazy` then gives up and nothing makes good for
   * it; since 6.1 by a worker, woken once.
   */
  add(area: VmapArea): void {
    this.#nodes[area.node]?.addPending(area)
    this.#counts.lazy_pages += area.end - area.start
    if (this.#counts.lazy_pages <= this.#maxPages) return
    if (this.#model.thresholdDrain === 'worker') this.#workerWoken = true
    else if (!this.#purging) this.#thresholdDrain()
  }

  /** `drain_vmap_area_work`, due after each operation: it runs when it was woken, even if a purge left it nothing. */
  runWorker(): void {
    if (!this.#workerWoken) return
    this.#workerWoken = false
    this.#thresholdDrain()
  }

  /** Between two operations no purge is running and no worker is waiting. */
  state(): string {
    return this.#nodes.map((node) => node.state()).join('; ')
  }

  #thresholdDrain(): void {
    this.#counts.purge_on_lazy_threshold += 1
    this.purge()
  }

  /** `__purge_vmap_area_lazy` and what its callers do under `vmap_purge_lock` before it. */
  purge({ purgeFragments, emptyPools = false, noted = new FlushRange() }: Purge = {}): void {
    this.#purging = true
    purgeFragments?.()
    this.#drain(emptyPools, noted)
    this.#purging = false
  }

  /**
   * Decays pools and collects what is pending, node by node; one TLB flush over all of it and what the caller noted;
   * then returns the areas. For each full lazy limit beyond the first a worker helps, on the first nodes with work;
   * here the workers run after the others.
   */
  #drain(emptyPools: boolean, noted: FlushRange): void {
    const work: { node: VmapNode; freed: VmapArea[] }[] = []
    for (const node of this.#nodes) {
      for (const range of node.decayPools(emptyPools)) this.#space.free(range)
      const freed = node.collectPending()
      for (const area of freed) noted.cover(area.start, area.end)
      if (freed.length > 0) work.push({ node, freed })
    }
    this.#flush(noted)

    const fullLimits = Math.floor(this.#counts.lazy_pages / this.#maxPages)
    const helpers = Math.max(0, Math.min(fullLimits, work.length) - 1)
    for (const { node, freed } of [...work.slice(helpers), ...work.slice(0, helpers)]) {
      this.#returnAreas(node, freed, emptyPools)
    }
    this.#counts.lazy_pages = 0
  }

  /** `purge_vmap_node`: to the node's pools what they take, lowest address first, the rest to the address space. */
  #returnAreas(node: VmapNode, freed: readonly VmapArea[], emptyPools: boolean): void {
    const poolable = this.#nodes.length > 1 && !emptyPools ? freed.toSorted(byAddress) : []
    const pooled = new Set(poolable.filter((area) => node.addToPool(area)))
    const rest = freed.filter((area) => !pooled.has(area))
    for (const range of inDrainOrder(rest, this.#model.drainOrder)) this.#space.free(range)
  }

  #flush(range: FlushRange): void {
    if (range.isEmpty) return
    this.#counts.tlb_flushes += 1
    this.#counts.tlb_flush_pages += range.pages
  }
}
