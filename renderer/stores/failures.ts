import { defineStore } from 'pinia'
import { ref } from 'vue'
import { reasonOf } from '../lab.ts'

/** What went wrong and no part of the window showed in its own place. Stays until it is dismissed. */
export const useFailuresStore = defineStore('failures', () => {
  const reason = ref<string>()

  function show(error: unknown): void {
    reason.value = reasonOf(error)
  }

  function dismiss(): void {
    reason.value = undefined
  }

  return { reason, show, dismiss }
})
