import type { RunRange } from '../../shared/sweep.ts'

/** Most runs a thread is given at once. */
const RANGE_RUNS_MAX = 4096

/** The runs of a sweep that nobody has been given yet, in order. */
export class SweepQueue {
  #ranges: RunRange[]

  /** `ranges` are ascending and apart. */
  constructor(ranges: readonly RunRange[]) {
    this.#ranges = [...ranges]
  }

  get runs(): number {
    return this.#ranges.reduce((sum, { count }) => sum + count, 0)
  }

  /** The next runs for one of `threads`: fewer towards the end, so that all threads end together. */
  take(threads: number): RunRange | undefined {
    const [next] = this.#ranges
    if (next === undefined) return undefined
    const count = Math.min(next.count, RANGE_RUNS_MAX, Math.ceil(this.runs / (2 * threads)))
    const rest = { first: next.first + count, count: next.count - count }
    this.#ranges.splice(0, 1, ...(rest.count > 0 ? [rest] : []))
    return { first: next.first, count }
  }

  /** What was taken and not made goes back to the front. */
  putBack(range: RunRange): void {
    if (range.count > 0) this.#ranges.unshift(range)
  }
}
