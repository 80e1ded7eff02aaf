import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { z } from 'zod'
import { COMPARED_RUNS_MAX, type RunSummary } from '../../shared/journal.ts'
import { formatCount } from '../../shared/format.ts'
import { lab, reasonOf } from '../lab.ts'
import {
  EMPTY,
  layoutOf,
  moved,
  nextSort,
  orderedRuns,
  shownMetrics,
  toggled,
  withoutRuns,
  withRuns,
  type Comparison,
} from '../places/compare/comparison.ts'
import { readStored, writeStored } from '../storage.ts'
import { useAppStore } from './app.ts'

const STORAGE_KEY = 'comparison'
const ids = z.array(z.int().positive()).max(COMPARED_RUNS_MAX)
const storedSchema = z.object({
  version: z.literal(1),
  comparison: z.object({
    runIds: ids,
    baselineId: z.int().positive().optional(),
    pinnedIds: ids,
    differencesOnly: z.boolean(),
    hiddenMetrics: z.array(z.string()),
    sort: z.object({ by: z.string(), descending: z.boolean() }).optional(),
    layout: z.enum(['auto', 'rows', 'columns']),
  }),
})

/** The runs that are compared, and how they are shown; kept over a restart. */
export const useCompareStore = defineStore('compare', () => {
  const app = useAppStore()
  const comparison = shallowRef<Comparison>(readComparison())
  watch(comparison, (now) => writeStored(STORAGE_KEY, { version: 1, comparison: now }))

  /** As read from the journal, in the order in which they were added. */
  const read = shallowRef<readonly RunSummary[]>([])
  const failure = ref<string>()
  const selectedId = ref<number>()

  const runs = computed(() => orderedRuns(comparison.value, read.value))
  const baseline = computed(() => read.value.find(({ id }) => id === comparison.value.baselineId))
  const metrics = computed(() => shownMetrics(comparison.value, read.value))
  const layout = computed(() => layoutOf(comparison.value, read.value.length))

  let asked = 0

  async function load(): Promise<void> {
    asked += 1
    const mine = asked
    try {
      const found = await lab().summarizeRuns(comparison.value.runIds)
      if (mine !== asked) return
      read.value = found
      failure.value = undefined
    } catch (error) {
      if (mine === asked) failure.value = reasonOf(error)
    }
  }

  watch([() => comparison.value.runIds, () => app.journalChanges], load, { immediate: true })

  function change(part: Partial<Comparison>): void {
    comparison.value = { ...comparison.value, ...part }
  }

  /** Adds runs; answers why not when there would be too many, or how many are not in the journal. */
  async function add(runIds: readonly number[]): Promise<string | undefined> {
    const next = withRuns(comparison.value, runIds)
    if (next.runIds.length > COMPARED_RUNS_MAX) {
      return `${formatCount(next.runIds.length)} runs are too many; up to ${formatCount(COMPARED_RUNS_MAX)} can be compared at once.`
    }
    const known = new Set((await lab().summarizeRuns(runIds)).map(({ id }) => id))
    const missing = runIds.filter((id) => !known.has(id))
    comparison.value = withRuns(comparison.value, [...known])
    if (missing.length === 0) return undefined
    return `There is no run ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''} in the journal.`
  }

  /** Compares these runs and no others. */
  function compare(runIds: readonly number[]): void {
    comparison.value = {
      ...withRuns({ ...comparison.value, runIds: [], pinnedIds: [], baselineId: undefined }, runIds),
    }
  }

  /** Answers how to bring them back. */
  function remove(runIds: readonly number[]): () => void {
    const before = comparison.value
    comparison.value = withoutRuns(before, runIds)
    return () => {
      comparison.value = before
    }
  }

  function move(id: number, by: 1 | -1): void {
    comparison.value = moved(comparison.value, id, by)
  }

  function toggleBaseline(id: number): void {
    change({ baselineId: comparison.value.baselineId === id ? undefined : id })
  }

  function togglePinned(id: number): void {
    change({ pinnedIds: toggled(comparison.value.pinnedIds, id) })
  }

  function sortBy(by: string): void {
    change({ sort: nextSort(comparison.value.sort, by) })
  }

  return {
    comparison,
    /** In the order in which they were added. */
    added: read,
    runs,
    baseline,
    metrics,
    layout,
    failure,
    selectedId,
    change,
    add,
    compare,
    remove,
    move,
    toggleBaseline,
    togglePinned,
    sortBy,
  }
})

function readComparison(): Comparison {
  const stored = storedSchema.safeParse(readStored(STORAGE_KEY))
  if (!stored.success) return EMPTY
  const { baselineId, sort, ...kept } = stored.data.comparison
  return { ...kept, baselineId, sort }
}
