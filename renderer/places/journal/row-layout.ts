import type { JournalMatches } from '../../../shared/journal.ts'

/** Pixels; the styles of the list give its rows these heights. */
export const EXPERIMENT_ROW_PX = 46
export const RUN_ROW_PX = 22

/** Where a row stands: an experiment's own row, or the run at `run` of those that were found of it. */
export interface RowPlace {
  /** Position of the experiment among those found. */
  readonly experiment: number
  /** `undefined` for the experiment's own row. */
  readonly run?: number
}

/** The places and heights of all rows of a list, most of which are not there: an experiment, then its runs. */
export class RowLayout {
  readonly rowCount: number
  readonly heightPx: number
  /** By experiment, the index of its own row; then the number of rows. */
  readonly #firstRows: Uint32Array

  constructor({ runCounts }: Pick<JournalMatches, 'runCounts'>) {
    this.#firstRows = new Uint32Array(runCounts.length + 1)
    let rows = 0
    for (const [position, count] of runCounts.entries()) {
      this.#firstRows[position] = rows
      rows += 1 + count
    }
    this.#firstRows[runCounts.length] = rows
    this.rowCount = rows
    this.heightPx = runCounts.length * EXPERIMENT_ROW_PX + (rows - runCounts.length) * RUN_ROW_PX
  }

  /** The row's index, counted over experiments and runs. */
  rowOf({ experiment, run }: RowPlace): number {
    return (this.#firstRows[experiment] ?? this.rowCount) + (run === undefined ? 0 : run + 1)
  }

  /** What stands in a row. @throws {RangeError} when there is no such row. */
  placeOf(row: number): RowPlace {
    if (row < 0 || row >= this.rowCount) throw new RangeError(`There is no row ${row} of ${this.rowCount}`)
    const experiment = this.#lastWhere((position) => (this.#firstRows[position] ?? Infinity) <= row)
    const first = this.#firstRows[experiment] ?? 0
    return row === first ? { experiment } : { experiment, run: row - first - 1 }
  }

  /** From the top of the list; of the row after the last one, the list's height. */
  topPx(row: number): number {
    if (row >= this.rowCount) return this.heightPx
    const { experiment, run } = this.placeOf(row)
    const runsBefore = (this.#firstRows[experiment] ?? 0) - experiment + (run ?? 0)
    const experimentsBefore = experiment + (run === undefined ? 0 : 1)
    return experimentsBefore * EXPERIMENT_ROW_PX + runsBefore * RUN_ROW_PX
  }

  /** The rows that are in sight, the last one not included. */
  rowsBetween(topPx: number, bottomPx: number): readonly [first: number, end: number] {
    return [this.#rowAt(topPx), Math.min(this.rowCount, this.#rowAt(bottomPx) + 1)]
  }

  #rowAt(px: number): number {
    if (this.rowCount === 0) return 0
    let [low, high] = [0, this.rowCount - 1]
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.topPx(middle) <= px) low = middle
      else high = middle - 1
    }
    return low
  }

  /** Of the experiments' positions, the last one that meets a condition which all before it meet too. */
  #lastWhere(meets: (position: number) => boolean): number {
    let [low, high] = [0, this.#firstRows.length - 2]
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (meets(middle)) low = middle
      else high = middle - 1
    }
    return low
  }
}
