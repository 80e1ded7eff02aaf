import type { Counts } from './counts.ts'
import type { Histogram } from './histogram.ts'
import type { Machine } from './machine.ts'
import type { ModelChoice } from './model-choice.ts'
import type { ParameterValues } from './scenario.ts'

/** A scenario written in C. */
export interface ScenarioProgram {
  /** What it is called where a ready scenario has its title; at most `SCENARIO_NAME_LENGTH_MAX` characters. */
  readonly title: string
  /** At most `SCENARIO_LENGTH_MAX` characters. */
  readonly source: string
}

/** The scenario id of every run of a program. */
export const PROGRAM_ID = 'program'

/** The scenario id of every run of a recorded trace; the text of its program is a `TraceReference`. */
export const TRACE_ID = 'trace'

/** Everything that determines a run's result: one scenario × parameters × seed × machine × kernel model. */
export interface RunSpec extends ModelChoice {
  /** A ready scenario's id, `PROGRAM_ID` or `TRACE_ID`. */
  readonly scenarioId: string
  /** The C text that the run is of, with parameters of its own, or a trace. Absent for a ready scenario. */
  readonly program?: ScenarioProgram
  readonly parameters: ParameterValues
  readonly seed: number
  /** A preset's id, or `custom`. */
  readonly machineId: string
  readonly machine: Machine
}

/** A spec without its program's text, which a list of runs does without. */
export type RunOutline = Omit<RunSpec, 'program'> & { readonly program?: Pick<ScenarioProgram, 'title'> }

/** What a run's scenario is called: the program's title, or the ready scenario's id. */
export function scenarioName({ scenarioId, program }: Pick<RunOutline, 'scenarioId' | 'program'>): string {
  return program?.title ?? scenarioId
}

/** One listed vmap block: [block index, free slots, dirty slots]. */
export type ListedBlock = readonly [index: number, freeSlots: number, dirtySlots: number]

/** One CPU's free list at the end of a run, HEAD to TAIL, bounded in size whatever its length. */
export interface FreeListSummary {
  readonly cpu: number
  /** Blocks on the list. */
  readonly length: number
  /** The first blocks from HEAD; all of them when `length` is at most `FREE_LIST_BLOCKS_MAX`. */
  readonly head: readonly ListedBlock[]
  /** The last blocks before TAIL, in list order; empty when `head` holds all. */
  readonly tail: readonly ListedBlock[]
  /** Largest number of free slots in each of at most `FREE_LIST_COLUMNS_MAX` equal spans of the list, HEAD first. */
  readonly freeSlotsMax: readonly number[]
}

export const FREE_LIST_BLOCKS_MAX = 64
export const FREE_LIST_COLUMNS_MAX = 2048

/**
 * What is sampled over a run. Runs recorded by earlier versions have `live_blocks`, `listed_blocks` and `lazy_pages` alone.
 * - `live_blocks`: vmap blocks allocated and not freed.
 * - `listed_blocks`: blocks on the free lists of all CPUs.
 * - `used_pages`: pages of areas allocated and not freed: whole blocks, big maps, ordinary areas with their guard page.
 * - `lazy_pages`: pages freed and not yet drained; with `used_pages`, the address space that is taken.
 * - `mapped_pages`: pages of live mappings as they were asked for, of vm_map_ram and vmap.
 * - `visited_nodes`: free-list blocks that a vm_map_ram looked at, second walks and failures included. A point has the least,
 *   most and last of its maps; one without maps repeats the last map before it, or 0.
 * - `purges`: purges so far: purge_on_alloc_failure + purge_on_lazy_threshold + unmap_aliases.
 */
export const SERIES_NAMES = [
  'live_blocks',
  'listed_blocks',
  'used_pages',
  'lazy_pages',
  'mapped_pages',
  'visited_nodes',
  'purges',
] as const
export type SeriesName = (typeof SERIES_NAMES)[number]

/** At most this many points a series, whatever the length of the run. */
export const SERIES_POINTS_MAX = 4096

/**
 * A quantity over the operations of a run. Point i covers operations [i * operationsPerPoint, (i + 1) * operationsPerPoint);
 * the last point may cover fewer.
 */
export interface Series {
  readonly name: SeriesName
  readonly operationsPerPoint: number
  readonly min: readonly number[]
  readonly max: readonly number[]
  readonly last: readonly number[]
}

/** How many vm_map_ram calls, failed ones included, asked for how much. */
export interface RequestOrders {
  /** `byOrder[n]`: maps of 2^n slots, the pages rounded up to a power of two, up to VMAP_MAX_ALLOC pages. */
  readonly byOrder: readonly number[]
  /** Maps of more than VMAP_MAX_ALLOC pages, which take an area of their own. */
  readonly larger: number
  /** Maps of 0 pages. */
  readonly empty: number
}

export interface RunResult {
  readonly counts: Counts
  /** Allocator calls made. */
  readonly operations: number
  /** Most blocks allocated and not freed at the same time. */
  readonly liveBlocksMax: number
  /** One entry per CPU whose list is not empty. */
  readonly freeLists: readonly FreeListSummary[]
  readonly series: readonly Series[]
  /**
   * By the number of free-list blocks that a vm_map_ram looked at, second walks included, how many calls did; failed calls
   * and those that looked at none are counted too. Absent, like `requestOrders`, in runs recorded by earlier versions.
   */
  readonly visitedNodes?: Histogram
  readonly requestOrders?: RequestOrders
  /** 64-bit digest of the event stream, 16 hexadecimal digits: equal digests mean equal results, call by call. */
  readonly digest: string
  readonly elapsedMs: number
}

export type RunStatus = 'running' | 'finished' | 'cancelled' | 'interrupted' | 'failed'

/** Progress of one run; at most 20 a second. */
export interface RunProgress {
  readonly runId: number
  readonly operationsDone: number
  /** `undefined` when the length of the scenario is not known. */
  readonly operationsTotal: number | undefined
  readonly elapsedMs: number
}

/** Blocks still listed at the end: the leak that the 2015 patch is about. */
export function blocksListed(result: Pick<RunResult, 'freeLists'>): number {
  return result.freeLists.reduce((sum, list) => sum + list.length, 0)
}
