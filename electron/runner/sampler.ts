import { SERIES_NAMES, SERIES_POINTS_MAX, type Series } from '../../shared/run.ts'

/** The quantities that are sampled; an Allocator offers them. */
export interface Sampled {
  readonly liveBlocks: number
  readonly listedBlocks: number
  readonly lazyPages: number
}

const QUANTITIES = SERIES_NAMES.length

/**
 * Keeps series of a run within `SERIES_POINTS_MAX` points, whatever its length: when they are full, neighbouring points are
 * merged and each then covers twice as many operations. No extreme is lost, because `observe` is called at every change.
 */
export class Sampler {
  operationsPerPoint = 1
  readonly #source: Sampled
  readonly #min = new Float64Array(SERIES_POINTS_MAX * QUANTITIES)
  readonly #max = new Float64Array(SERIES_POINTS_MAX * QUANTITIES)
  readonly #last = new Float64Array(SERIES_POINTS_MAX * QUANTITIES)
  /** Points that are complete. */
  #points = 0
  /** Operations in the point that is being filled. */
  #operations = 0
  /** Extremes of the point that is being filled, one a quantity. */
  readonly #lowest = new Float64Array(QUANTITIES)
  readonly #highest = new Float64Array(QUANTITIES)
  readonly #current = new Float64Array(QUANTITIES)

  constructor(source: Sampled) {
    this.#source = source
    this.#open()
  }

  /** How many operations may be made before `advance` is called. */
  get operationsToPointEnd(): number {
    return this.operationsPerPoint - this.#operations
  }

  /** Takes in the present values; to be called after every change of one of them. */
  observe(): void {
    this.#read()
    for (let quantity = 0; quantity < QUANTITIES; quantity += 1) {
      const value = this.#current[quantity] as number
      if (value < (this.#lowest[quantity] as number)) this.#lowest[quantity] = value
      if (value > (this.#highest[quantity] as number)) this.#highest[quantity] = value
    }
  }

  /** Says that `operations` more have been made, at most `operationsToPointEnd`. */
  advance(operations: number): void {
    this.#operations += operations
    if (this.#operations < this.operationsPerPoint) return
    this.#close()
    if (this.#points === SERIES_POINTS_MAX) this.#mergeNeighbours()
  }

  /** The series so far; a point that is partly filled is the last one. */
  series(): Series[] {
    const partial = this.#operations > 0
    if (partial) this.#write(this.#points)
    const points = this.#points + (partial ? 1 : 0)
    return SERIES_NAMES.map((name, quantity) => ({
      name,
      operationsPerPoint: this.operationsPerPoint,
      min: column(this.#min, quantity, points),
      max: column(this.#max, quantity, points),
      last: column(this.#last, quantity, points),
    }))
  }

  #read(): void {
    this.#current[0] = this.#source.liveBlocks
    this.#current[1] = this.#source.listedBlocks
    this.#current[2] = this.#source.lazyPages
  }

  /** A point starts from the values that the one before left. */
  #open(): void {
    this.#operations = 0
    this.#read()
    this.#lowest.set(this.#current)
    this.#highest.set(this.#current)
  }

  #write(point: number): void {
    this.#read()
    this.#min.set(this.#lowest, point * QUANTITIES)
    this.#max.set(this.#highest, point * QUANTITIES)
    this.#last.set(this.#current, point * QUANTITIES)
  }

  #close(): void {
    this.#write(this.#points)
    this.#points += 1
    this.#open()
  }

  #mergeNeighbours(): void {
    for (let cell = 0; cell < (this.#points / 2) * QUANTITIES; cell += 1) {
      const quantity = cell % QUANTITIES
      const first = ((cell - quantity) / QUANTITIES) * 2 * QUANTITIES + quantity
      const second = first + QUANTITIES
      this.#min[cell] = Math.min(this.#min[first] as number, this.#min[second] as number)
      this.#max[cell] = Math.max(this.#max[first] as number, this.#max[second] as number)
      this.#last[cell] = this.#last[second] as number
    }
    this.#points /= 2
    this.operationsPerPoint *= 2
  }
}

function column(table: Float64Array, quantity: number, points: number): number[] {
  return Array.from({ length: points }, (_, point) => table[point * QUANTITIES + quantity] as number)
}
