import { onScopeDispose, watch, type WatchSource } from 'vue'

/** While the playhead is moved, nothing is asked that takes a while: every move would cancel it. */
const REST_MS = 120

/** Lets `act` follow a change once nothing has changed for a moment; `changed` hears of every change at once. */
export function watchAtRest(
  sources: readonly WatchSource[],
  act: () => void,
  changed: () => void = () => undefined,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    [...sources],
    () => {
      clearTimeout(timer)
      changed()
      timer = setTimeout(act, REST_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
}
