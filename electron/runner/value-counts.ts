import { HISTOGRAM_RANGES_MAX, type Histogram, type ValueRange } from '../../shared/histogram.ts'

/** Values of a page; a power of two. */
const PAGE_VALUES = 4096

type Page = Uint32Array | Uint8Array
type PageType = new (values: number) => Page

/** Counts how often each whole number comes, exactly, however often it does: 4 bytes for each value up to the largest. */
export class ValueCounts {
  /** Counts of the values of the first page, which nearly all are. */
  readonly #near = new Float64Array(PAGE_VALUES)
  /** Counts of all others, by value / PAGE_VALUES; pages of values that never came are missing. */
  readonly #far: (Page | undefined)[] = []
  /** How often the count of a value has passed what a page holds. */
  readonly #carried = new Map<number, number>()
  readonly #pageType: PageType
  /** A count on a page that reaches this is 0 again and carried. */
  readonly #pageCounts: number

  /** `pageType` decides how far a page counts before it carries; a run never needs another. */
  constructor(pageType: PageType & { readonly BYTES_PER_ELEMENT: number } = Uint32Array) {
    this.#pageType = pageType
    this.#pageCounts = 256 ** pageType.BYTES_PER_ELEMENT
  }

  /** `value` is whole and 0 or more. */
  note(value: number): void {
    if (value < PAGE_VALUES) this.#near[value] = (this.#near[value] as number) + 1
    else this.#noteFar(value)
  }

  /** At most `rangesMax` ranges, and the rest together. */
  histogram(rangesMax = HISTOGRAM_RANGES_MAX): Histogram {
    const ranges: ValueRange[] = []
    const rest = { firstValue: 0, lastValue: 0, count: 0 }
    for (const range of this.#ranges()) {
      const [first, last, count] = range
      if (ranges.length < rangesMax) {
        ranges.push(range)
        continue
      }
      if (rest.count === 0) rest.firstValue = first
      rest.lastValue = last
      rest.count += (last - first + 1) * count
    }
    return rest.count === 0 ? { ranges } : { ranges, remainder: rest }
  }

  *#ranges(): Generator<ValueRange> {
    const values = Math.max(1, this.#far.length) * PAGE_VALUES
    let first = 0
    let counted = 0
    for (let value = 0; value <= values; value += 1) {
      const count = value < values ? this.#countOf(value) : 0
      if (count === counted) continue
      if (counted > 0) yield [first, value - 1, counted]
      first = value
      counted = count
    }
  }

  #countOf(value: number): number {
    if (value < PAGE_VALUES) return this.#near[value] as number
    const onPage = this.#far[Math.floor(value / PAGE_VALUES)]?.[value % PAGE_VALUES] ?? 0
    return onPage + this.#pageCounts * (this.#carried.get(value) ?? 0)
  }

  #noteFar(value: number): void {
    const page = (this.#far[Math.floor(value / PAGE_VALUES)] ??= new this.#pageType(PAGE_VALUES))
    const place = value % PAGE_VALUES
    page[place] = (page[place] as number) + 1
    if (page[place] === 0) this.#carried.set(value, (this.#carried.get(value) ?? 0) + 1)
  }
}
