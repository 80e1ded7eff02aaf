import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { JournalWorkProgress } from '../../shared/journal.ts'
import { lab } from '../lab.ts'

/** Quicker work shows no progress: a bar that flashes by only disturbs. */
const SHOWN_AFTER_MS = 500

/** Work on the journal's file that is under way, from whichever window, and whether it takes long enough to be shown. */
export const useJournalWorkStore = defineStore('journal-work', () => {
  const now = shallowRef<JournalWorkProgress>()
  const isLong = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function listen(): void {
    lab().on('journalWork', (progress) => {
      if (now.value === undefined && progress !== undefined)
        timer = setTimeout(() => (isLong.value = true), SHOWN_AFTER_MS)
      if (progress === undefined) {
        clearTimeout(timer)
        isLong.value = false
      }
      now.value = progress
    })
  }

  const shown = computed(() => (isLong.value ? now.value : undefined))
  return { shown, listen, cancel: () => lab().cancelJournalWork() }
})
