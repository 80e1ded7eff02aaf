import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'

/** Follows a value when there is time for it, so that what costs more to draw never holds up what is waited for. */
export function useDeferred<Value>(source: () => Value): Readonly<Ref<Value>> {
  const followed = shallowRef(source())
  let asked: number | undefined
  watch(source, () => {
    asked ??= requestIdleCallback(() => {
      asked = undefined
      followed.value = source()
    })
  })
  onScopeDispose(() => {
    if (asked !== undefined) cancelIdleCallback(asked)
  })
  return followed
}
