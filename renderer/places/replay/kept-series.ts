import { ref, watch, type Ref } from 'vue'
import { SERIES_NAMES, type SeriesName } from '../../../shared/run.ts'
import { readStored, writeStored } from '../../storage.ts'

const KEY = 'replay-series'

/** The series under the transport bar; the second may be left out. */
export interface ShownSeries {
  readonly first: SeriesName
  readonly second: SeriesName | 'none'
}

export const DEFAULT_SERIES: ShownSeries = { first: 'listed_blocks', second: 'used_pages' }

const isSeries = (value: unknown): value is SeriesName => (SERIES_NAMES as readonly unknown[]).includes(value)

/** What was kept, as far as there are such series. */
export function seriesOf(stored: unknown): ShownSeries {
  if (typeof stored !== 'object' || stored === null) return DEFAULT_SERIES
  const { first, second } = stored as Readonly<Record<string, unknown>>
  return {
    first: isSeries(first) ? first : DEFAULT_SERIES.first,
    second: second === 'none' || isSeries(second) ? second : DEFAULT_SERIES.second,
  }
}

/** The series that the user chose, also after the next start. */
export function useKeptSeries(): Ref<ShownSeries> {
  const shown = ref(seriesOf(readStored(KEY)))
  watch(shown, (chosen) => writeStored(KEY, chosen))
  return shown
}
