import type { AddressSpace } from './address-space.ts'
import { areaState, byAddress } from './area.ts'
import type { VmapArea } from './area.ts'
import type { VmapNode } from './vmap-node.ts'

/** The areas in use (`busy` in the kernel's trees), by start page. New ones come from a node's pool or from the space. */
export class AreaTable {
  readonly #space: AddressSpace
  readonly #nodes: readonly VmapNode[]
  readonly #busy = new Map<number, VmapArea>()

  constructor(space: AddressSpace, nodes: readonly VmapNode[]) {
    this.#space = space
    this.#nodes = nodes
  }

  /** A busy area of `size` pages at a multiple of `alignBytes`, asked for on this CPU; undefined when none is found. */
  allocate(cpu: number, size: number, alignBytes: number, use: VmapArea['use']): VmapArea | undefined {
    // `node_alloc`: wherever the area comes from, it remembers the node.
    const node = cpu % this.#nodes.length
    const start = this.#nodes[node]?.takeFromPool(size, alignBytes) ?? this.#space.allocate(size, alignBytes)
    if (start === undefined) return undefined
    const area: VmapArea = { start, end: start + size, use, node }
    this.#busy.set(start, area)
    return area
  }

  /** `find_unlink_vmap_area`: the area is no longer found; its addresses stay taken. */
  unlink(area: VmapArea): void {
    if (this.#busy.get(area.start) !== area) throw new Error(`area ${area.start}..${area.end} is freed twice`)
    this.#busy.delete(area.start)
  }

  /** `find_vmap_area`: the busy area that starts at this page. Throws when it is not of this use and size. */
  find(page: number, use: VmapArea['use'], pages?: number): VmapArea {
    const area = this.#busy.get(page)
    if (area?.use !== use || (pages !== undefined && area.end - area.start !== pages)) {
      throw new Error(`no ${use} ${pages === undefined ? '' : `of ${pages} pages `}at page ${page}`)
    }
    return area
  }

  /** All areas and the addresses that are free, as text. */
  state(): string {
    const busy = [...this.#busy.values()].sort(byAddress)
    return `${busy.map((area) => areaState(area)).join()} ${this.#space.state()}`
  }
}
