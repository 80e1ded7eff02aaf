import { SERIES_NAMES, SERIES_POINTS_MAX, type Series, type SeriesName } from '../../shared/run.ts'
import type { Gauge } from './gauge.ts'

/**
 * Keeps series of a run within `SERIES_POINTS_MAX` points, whatever its length: when they are full, neighbouring points are
 * merged and each then covers twice as many operations. No extreme is lost, because the gauges follow every change.
 */
export class Sampler {
  operationsPerPoint = 1
  readonly #columns: readonly Column[]
  /** Points that are complete. */
  #points = 0
  /** Operations in the point that is being filled. */
  #operations = 0

  constructor(gauges: Readonly<Record<SeriesName, Gauge>>) {
    this.#columns = SERIES_NAMES.map((name) => new Column(name, gauges[name]))
  }

  /** How many operations may be made before `advance` is called. */
  get operationsToPointEnd(): number {
    return this.operationsPerPoint - this.#operations
  }

  /** Says that `operations` more have been made, at most `operationsToPointEnd`. */
  advance(operations: number): void {
    this.#operations += operations
    if (this.#operations < this.operationsPerPoint) return
    for (const column of this.#columns) column.close(this.#points)
    this.#operations = 0
    this.#points += 1
    if (this.#points === SERIES_POINTS_MAX) this.#mergeNeighbours()
  }

  /** The series so far; a point that is partly filled is the last one. */
  series(): Series[] {
    const partial = this.#operations > 0
    const points = this.#points + (partial ? 1 : 0)
    return this.#columns.map((column) => {
      if (partial) column.write(this.#points)
      return column.series(points, this.operationsPerPoint)
    })
  }

  #mergeNeighbours(): void {
    this.#points /= 2
    this.operationsPerPoint *= 2
    for (const column of this.#columns) column.mergeNeighbours(this.#points)
  }
}

/** The points of one quantity. */
class Column {
  readonly #name: SeriesName
  readonly #gauge: Gauge
  readonly #min = new Float64Array(SERIES_POINTS_MAX)
  readonly #max = new Float64Array(SERIES_POINTS_MAX)
  readonly #last = new Float64Array(SERIES_POINTS_MAX)

  constructor(name: SeriesName, gauge: Gauge) {
    this.#name = name
    this.#gauge = gauge
  }

  write(point: number): void {
    this.#min[point] = this.#gauge.lowest
    this.#max[point] = this.#gauge.highest
    this.#last[point] = this.#gauge.current
  }

  close(point: number): void {
    this.write(point)
    this.#gauge.begin()
  }

  /** Makes `points` of twice as many. */
  mergeNeighbours(points: number): void {
    for (let point = 0; point < points; point += 1) {
      const first = 2 * point
      const second = first + 1
      this.#min[point] = Math.min(this.#min[first] as number, this.#min[second] as number)
      this.#max[point] = Math.max(this.#max[first] as number, this.#max[second] as number)
      this.#last[point] = this.#last[second] as number
    }
  }

  series(points: number, operationsPerPoint: number): Series {
    const [min, max, last] = [new Array<number>(points), new Array<number>(points), new Array<number>(points)]
    for (let point = 0; point < points; point += 1) {
      const value = this.#last[point] as number
      const lowest = this.#min[point] as number
      const highest = this.#max[point] as number
      // Where nothing came, the last value that did stands for the point
      min[point] = lowest <= highest ? lowest : value
      max[point] = lowest <= highest ? highest : value
      last[point] = value
    }
    return { name: this.#name, operationsPerPoint, min, max, last }
  }
}
