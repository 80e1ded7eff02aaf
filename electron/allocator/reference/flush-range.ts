/** A span of pages that grows to cover what it is shown, as the TLB flush ranges of `__purge_vmap_area_lazy` do. */
export class FlushRange {
  #start = Infinity
  #end = -Infinity

  cover(start: number, end: number): void {
    this.#start = Math.min(this.#start, start)
    this.#end = Math.max(this.#end, end)
  }

  get isEmpty(): boolean {
    return this.#start >= this.#end
  }

  get pages(): number {
    return this.isEmpty ? 0 : this.#end - this.#start
  }
}
