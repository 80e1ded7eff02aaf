import { vmapMaxAlloc, type Machine } from '../../shared/machine.ts'
import type { Histogram } from '../../shared/histogram.ts'
import type { RequestOrders } from '../../shared/run.ts'
import { ValueCounts } from './value-counts.ts'

/** Distributions over all vm_map_ram calls of a run, failed ones included. */
export class MapCounts {
  readonly #visitedNodes = new ValueCounts()
  /** Maps by their pages; those of more than VMAP_MAX_ALLOC stand one after it. */
  readonly #byPages: Float64Array
  readonly #maxAlloc: number

  constructor(machine: Machine) {
    this.#maxAlloc = vmapMaxAlloc(machine.wordBits)
    this.#byPages = new Float64Array(this.#maxAlloc + 2)
  }

  mapped(pages: number, visitedNodes: number): void {
    this.#visitedNodes.note(visitedNodes)
    const place = pages <= this.#maxAlloc ? pages : this.#maxAlloc + 1
    this.#byPages[place] = (this.#byPages[place] as number) + 1
  }

  get visitedNodes(): Histogram {
    return this.#visitedNodes.histogram()
  }

  get requestOrders(): RequestOrders {
    const [empty = 0, ...served] = this.#byPages
    const larger = served.pop() ?? 0
    const byOrder = new Array<number>(Math.log2(this.#maxAlloc) + 1).fill(0)
    for (const [position, maps] of served.entries()) {
      const order = Math.ceil(Math.log2(position + 1))
      byOrder[order] = (byOrder[order] ?? 0) + maps
    }
    return { byOrder, larger, empty }
  }
}
