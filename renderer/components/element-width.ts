import { onBeforeUnmount, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

/** The content width of an element in whole CSS pixels, 0 until it is laid out. */
export function useElementWidth(element: Readonly<Ref<HTMLElement | null>>): Readonly<ShallowRef<number>> {
  const width = shallowRef(0)
  const observer = new ResizeObserver(([entry]) => {
    width.value = Math.floor(entry?.contentRect.width ?? 0)
  })
  watch(
    element,
    (now) => {
      observer.disconnect()
      if (now !== null) observer.observe(now)
    },
    { immediate: true, flush: 'post' },
  )
  onBeforeUnmount(() => observer.disconnect())
  return width
}
