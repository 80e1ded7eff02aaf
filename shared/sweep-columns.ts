import { COUNT_LABELS, COUNT_NAMES, type CountName } from './counts.ts'

/** What is kept of each run of a sweep beside its digest: whole numbers, one column each. */
export const SWEEP_FIGURES = [...COUNT_NAMES, 'blocks_listed', 'live_blocks_max', 'operations'] as const
export type SweepFigure = (typeof SWEEP_FIGURES)[number]

/** The 64-bit digest as two words. */
export const DIGEST_COLUMNS = ['digest_high', 'digest_low'] as const

/** All columns of a run, in the order in which a chunk holds them. */
export const SWEEP_COLUMNS = [...SWEEP_FIGURES, ...DIGEST_COLUMNS] as const
export type SweepColumn = (typeof SWEEP_COLUMNS)[number]

/** Runs [first, first + runs) of a sweep; `columns[c]` holds `runs` values of `SWEEP_COLUMNS[c]`. */
export interface SweepChunk {
  readonly first: number
  readonly runs: number
  readonly columns: readonly Float64Array[]
}

const FURTHER: Readonly<Record<Exclude<SweepFigure, CountName>, { label: string; help: string }>> = {
  blocks_listed: { label: 'Blocks left listed', help: 'Blocks on a free list when the run ended.' },
  live_blocks_max: { label: 'Most blocks at once', help: 'Most blocks allocated and not freed at the same time.' },
  operations: { label: 'Operations', help: 'Allocator calls made.' },
}

/** What a figure counts, for tables, tips and the command line. */
export function figureWords(figure: SweepFigure): { readonly label: string; readonly help: string } {
  return { ...COUNT_LABELS, ...FURTHER }[figure]
}

/** 16 hexadecimal digits of the two words. */
export function digestOf(high: number, low: number): string {
  return [high, low].map((word) => word.toString(16).padStart(8, '0')).join('')
}
