import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'

/** A heading of a page of the guide; empty for its top. */
export interface GuideSpot {
  readonly page: string
  readonly anchor: string
}

/** What of the guide is shown beside the work, and the way back. */
export const useGuideStore = defineStore('guide', () => {
  const open = ref(false)
  const visited = shallowRef<readonly GuideSpot[]>([])
  const position = ref(-1)
  const spot = computed(() => visited.value[position.value])

  /** Opens a page; an empty name stands for the page at hand. */
  function show(page: string, anchor = ''): void {
    const wanted = { page: page === '' ? (spot.value?.page ?? '') : page, anchor }
    open.value = true
    if (spot.value?.page === wanted.page && spot.value.anchor === wanted.anchor) return
    visited.value = [...visited.value.slice(0, position.value + 1), wanted]
    position.value = visited.value.length - 1
  }

  /** -1: back; 1: forward again. */
  function go(step: 1 | -1): void {
    if (visited.value[position.value + step] !== undefined) position.value += step
  }

  const canGoBack = computed(() => position.value > 0)
  const canGoForward = computed(() => position.value < visited.value.length - 1)

  return { open, spot, canGoBack, canGoForward, show, go }
})
