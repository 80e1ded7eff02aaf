import type { PageRange } from './area.ts'

/** The ranges in use, ascending: what `vmap_area_list` was up to 4.10. */
export class SortedRanges {
  readonly #ranges: PageRange[] = []

  at(index: number): PageRange | undefined {
    return index < 0 ? undefined : this.#ranges[index]
  }

  indexOf(range: PageRange): number {
    return this.#ranges.indexOf(range)
  }

  /** All ranges, as text. */
  state(): string {
    return this.#ranges.map(({ start, end }) => `${start}-${end}`).join()
  }

  /** Position of the lowest range that does not end below the page; -1 when there is none. */
  firstNotBelow(page: number): number {
    return this.#ranges.findIndex((range) => range.end >= page)
  }

  insert(range: PageRange): void {
    const position = this.#ranges.findLastIndex((other) => other.start < range.start) + 1
    const below = this.at(position - 1)
    const above = this.at(position)
    if ((below !== undefined && below.end > range.start) || (above !== undefined && above.start < range.end)) {
      throw new Error(`range ${range.start}..${range.end} overlaps a neighbour`)
    }
    this.#ranges.splice(position, 0, range)
  }

  /** Removes the ranges that make up this one, ascending; tells of each one, and of the one then left below it. */
  remove({ start, end }: PageRange, removed: (range: PageRange, below: PageRange | undefined) => void): void {
    const position = this.#ranges.findIndex((range) => range.start === start)
    let page = start
    while (page < end) {
      const range = this.at(position)
      if (range?.start !== page || range.end > end) throw new Error(`range ${start}..${end} is not in use as a whole`)
      this.#ranges.splice(position, 1)
      removed(range, this.at(position - 1))
      page = range.end
    }
  }
}
