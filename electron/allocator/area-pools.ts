import { grown } from '../../shared/typed-arrays.ts'
import { NONE } from './area-table.ts'

/** Pools exist for areas of 1 to this many pages. */
export const POOLED_PAGES_MAX = 256

/** Of a pool of fewer entries than this, integer division by it leaves nothing to decay. */
const DECAY_DIVISOR = 4

/** For each node and each size, a list of drained areas that keep their address space. Areas are linked by id. */
export class AreaPools {
  /** Linux 6.19; before, a counter wraps and takes all of a pool of fewer than four entries. */
  readonly #keepsSmallPools: boolean
  readonly #first: Int32Array
  readonly #last: Int32Array
  readonly #lengths: Int32Array
  #next = new Int32Array(0)

  constructor(nodes: number, keepsSmallPools: boolean) {
    this.#keepsSmallPools = keepsSmallPools
    const pools = nodes * (POOLED_PAGES_MAX + 1)
    this.#first = new Int32Array(pools).fill(NONE)
    this.#last = new Int32Array(pools).fill(NONE)
    this.#lengths = new Int32Array(pools)
  }

  /** The area at the front of a pool, or `NONE`. */
  first(node: number, pages: number): number {
    return this.#first[this.#pool(node, pages)] as number
  }

  removeFirst(node: number, pages: number): void {
    this.#removeFirst(this.#pool(node, pages))
  }

  addFirst(node: number, pages: number, area: number): void {
    const pool = this.#pool(node, pages)
    this.#link(area, this.#first[pool] as number)
    this.#first[pool] = area
    if (this.#last[pool] === NONE) this.#last[pool] = area
    this.#lengths[pool] = (this.#lengths[pool] as number) + 1
  }

  addLast(node: number, pages: number, area: number): void {
    const pool = this.#pool(node, pages)
    const last = this.#last[pool] as number
    this.#link(area, NONE)
    if (last === NONE) this.#first[pool] = area
    else this.#next[last] = area
    this.#last[pool] = area
    this.#lengths[pool] = (this.#lengths[pool] as number) + 1
  }

  /** Takes out, from the front of each of a node's pools, what decays with a drain. */
  decay(node: number, everything: boolean): number[] {
    const decayed: number[] = []
    for (let pages = 1; pages <= POOLED_PAGES_MAX; pages += 1) {
      const pool = this.#pool(node, pages)
      const length = this.#lengths[pool] as number
      if (length === 0) continue
      const all = everything || (length < DECAY_DIVISOR && !this.#keepsSmallPools)
      for (let left = all ? length : Math.floor(length / DECAY_DIVISOR); left > 0; left -= 1) {
        decayed.push(this.#first[pool] as number)
        this.#removeFirst(pool)
      }
    }
    return decayed
  }

  get state() {
    return { first: this.#first, last: this.#last, lengths: this.#lengths, next: this.#next }
  }

  set state({ first, last, lengths, next }) {
    this.#first.set(first)
    this.#last.set(last)
    this.#lengths.set(lengths)
    this.#next = next
  }

  #removeFirst(pool: number): void {
    const next = this.#next[this.#first[pool] as number] as number
    this.#first[pool] = next
    if (next === NONE) this.#last[pool] = NONE
    this.#lengths[pool] = (this.#lengths[pool] as number) - 1
  }

  #link(area: number, next: number): void {
    if (area >= this.#next.length) this.#next = grown(this.#next, 2 ** Math.ceil(Math.log2(area + 2)))
    this.#next[area] = next
  }

  #pool(node: number, pages: number): number {
    return node * (POOLED_PAGES_MAX + 1) + pages
  }
}
