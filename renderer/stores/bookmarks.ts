import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Bookmark, NewBookmark } from '../../shared/journal.ts'
import { oneAtATime } from '../components/one-at-a-time.ts'
import { lab } from '../lab.ts'
import { useAppStore } from './app.ts'
import { useReplayStore } from './replay.ts'
import { useUndoStore } from './undo.ts'

/** The moments that are kept of the runs in Replay. They belong to the first side: all of them have the same requests. */
export const useBookmarksStore = defineStore('bookmarks', () => {
  const app = useAppStore()
  const replay = useReplayStore()
  const undo = useUndoStore()

  const bookmarks = shallowRef<readonly Bookmark[]>([])
  /** Why the last one was not kept. */
  const refusal = ref<string>()

  const load = oneAtATime(async () => {
    const runIds = replay.runs.map(({ id }) => id)
    const read = runIds.length === 0 ? [] : await lab().listBookmarks(runIds)
    bookmarks.value = read
  })
  watch([() => replay.runs, () => app.journalChanges], () => void load(), { immediate: true })

  const operations = computed(() => bookmarks.value.map(({ operation }) => operation))

  /** Keeps a moment, or changes its note. */
  async function keep({ runId, operation, note }: NewBookmark): Promise<void> {
    const outcome = await lab().keepBookmark({ runId, operation, note })
    refusal.value = outcome.kind === 'refused' ? outcome.reason : undefined
    await load()
  }

  /** Keeps the moment at the playhead; one that is kept already stays as it is. */
  async function add(): Promise<void> {
    const runId = replay.runs[0]?.id
    const operation = replay.operation
    if (runId === undefined || operations.value.includes(operation)) return
    await keep({ runId, operation, note: '' })
  }

  async function remove(bookmark: Bookmark): Promise<void> {
    await lab().deleteBookmark(bookmark.id)
    await load()
    undo.offer('Deleted the bookmark', () => keep(bookmark))
  }

  return { bookmarks, operations, refusal, add, keep, remove }
})
