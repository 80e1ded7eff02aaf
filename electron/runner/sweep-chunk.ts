import type { RunRange } from '../../shared/sweep.ts'
import { SWEEP_COLUMNS, SWEEP_FIGURES, type SweepChunk } from '../../shared/sweep-columns.ts'
import type { SweepPoints } from './sweep-points.ts'

/** A chunk goes to the journal when it has taken so long: often enough to lose little, seldom enough for the disk. */
const CHUNK_MS = 400

export interface MadeChunk {
  readonly chunk: SweepChunk
  /** Why the run after those of the chunk failed. */
  readonly failure?: string
}

/** Makes the runs of a range from its first on until its time is over, one fails, or the sweep is cancelled. */
export function makeChunk(points: SweepPoints, { first, count }: RunRange, clock: () => number): MadeChunk {
  const columns = SWEEP_COLUMNS.map(() => new Float64Array(count))
  const untilMs = clock() + CHUNK_MS
  let runs = 0
  let failure: string | undefined
  while (runs < count && (runs === 0 || clock() < untilMs)) {
    try {
      const end = points.make(first + runs)
      if (end.kind === 'cancelled') break
      const digest = [end.digest.slice(0, 8), end.digest.slice(8)].map((word) => Number.parseInt(word, 16))
      const values = [...SWEEP_FIGURES.map((figure) => end.figures[figure]), ...digest]
      columns.forEach((column, place) => (column[runs] = values[place] ?? NaN))
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error)
      break
    }
    runs += 1
  }
  const chunk = { first, runs, columns: columns.map((column) => column.slice(0, runs)) }
  return { chunk, ...(failure !== undefined && { failure }) }
}
