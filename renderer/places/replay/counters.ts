import { COUNT_NAMES, type CountName } from '../../../shared/counts.ts'
import type { ReplayState } from '../../../shared/replay.ts'

/** One line of the counters table: values so far, one a side. */
export interface CounterRow {
  readonly title: string
  /** A name of the kernel's or of the golden files, set in mono. */
  readonly code: boolean
  readonly values: readonly number[]
}

/** What is read off the state itself, before the counters. */
const OF_STATE: readonly (readonly [title: string, value: (state: ReplayState) => number])[] = [
  ['Blocks allocated and not freed', ({ liveBlocks }) => liveBlocks],
  ['Blocks listed', ({ listedBlocks }) => listedBlocks],
  ['Live mappings', ({ liveMappings }) => liveMappings],
  ['Pages of address space taken', ({ takenPages }) => takenPages],
  ['Pages pending', ({ pendingPages }) => pendingPages],
]

const SHOWN_ALWAYS: readonly CountName[] = ['alloc_vmap_area', 'free_vmap_block', 'nodes_visited']

/** The rows of the table; counters that are 0 on every side are left out, but for those that everyone looks for. */
export function counterRows(states: readonly ReplayState[]): readonly CounterRow[] {
  const ofState = OF_STATE.map(([title, value]) => ({ title, code: false, values: states.map(value) }))
  const counters = COUNT_NAMES.filter((name) => name !== 'lazy_pages').map((name) => ({
    title: name,
    code: true,
    values: states.map(({ counts }) => counts[name]),
  }))
  const shown = counters.filter(
    ({ title, values }) => SHOWN_ALWAYS.some((name) => name === title) || values.some((value) => value !== 0),
  )
  return [...ofState, ...shown]
}
