import type { SeriesName } from '../../shared/run.ts'

/** What a chart of a series says. */
export interface SeriesWords {
  readonly title: string
  /** What is counted, in a few words. */
  readonly counted: string
  /** One of what is counted. */
  readonly unit: string
}

export const SERIES_WORDS: Readonly<Record<SeriesName, SeriesWords>> = {
  live_blocks: { title: 'Live blocks', counted: 'allocated, not freed', unit: 'block' },
  listed_blocks: { title: 'Listed blocks', counted: 'on the free lists of all CPUs', unit: 'block' },
  used_pages: { title: 'Address space in use', counted: 'pages of areas that are not freed', unit: 'page' },
  lazy_pages: { title: 'Pending address space', counted: 'pages freed and not yet drained', unit: 'page' },
  mapped_pages: { title: 'Mapped pages', counted: 'of live mappings, as asked for', unit: 'page' },
  visited_nodes: { title: 'Longest walks', counted: 'most blocks walked by a map', unit: 'block' },
  purges: { title: 'Purges and drains', counted: 'so far', unit: 'purge' },
}
