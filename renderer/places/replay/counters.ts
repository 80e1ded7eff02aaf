import { COUNT_NAMES, type CountName } from '../../../shared/counts.ts'
import type { TermId } from '../../help/glossary.ts'
import type { ReplayState } from '../../../shared/replay.ts'

/** One line of the counters table: values so far, one a side. */
export interface CounterRow {
  readonly title: string
  /** A name of the kernel's or of the golden files, set in mono. */
  readonly code: boolean
  readonly values: readonly number[]
  /** What it is explained as. */
  readonly term: TermId
}

/** What is read off the state itself, before the counters. */
const OF_STATE: readonly (readonly [title: string, term: TermId, value: (state: ReplayState) => number])[] = [
  ['Blocks allocated and not freed', 'series-live_blocks', ({ liveBlocks }) => liveBlocks],
  ['Blocks listed', 'series-listed_blocks', ({ listedBlocks }) => listedBlocks],
  ['Live mappings', 'live-mappings', ({ liveMappings }) => liveMappings],
  ['Pages of address space taken', 'taken-pages', ({ takenPages }) => takenPages],
  ['Pages pending', 'series-lazy_pages', ({ pendingPages }) => pendingPages],
]

const SHOWN_ALWAYS: readonly CountName[] = ['alloc_vmap_area', 'free_vmap_block', 'nodes_visited']

/** The rows of the table; counters that are 0 on every side are left out, but for those that everyone looks for. */
export function counterRows(states: readonly ReplayState[]): readonly CounterRow[] {
  const ofState = OF_STATE.map(([title, term, value]) => ({ title, term, code: false, values: states.map(value) }))
  const counters = COUNT_NAMES.filter((name) => name !== 'lazy_pages').map((name) => ({
    title: name,
    term: name,
    code: true,
    values: states.map(({ counts }) => counts[name]),
  }))
  const shown = counters.filter(
    ({ title, values }) => SHOWN_ALWAYS.some((name) => name === title) || values.some((value) => value !== 0),
  )
  return [...ofState, ...shown]
}
