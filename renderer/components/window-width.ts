import { onScopeDispose, ref, type Ref } from 'vue'

/** Width of the window in CSS pixels, as it changes. */
export function useWindowWidth(): Ref<number> {
  const width = ref(window.innerWidth)
  const update = (): void => {
    width.value = window.innerWidth
  }
  window.addEventListener('resize', update)
  onScopeDispose(() => {
    window.removeEventListener('resize', update)
  })
  return width
}
