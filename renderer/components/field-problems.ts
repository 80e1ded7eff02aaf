import { computed, inject, onScopeDispose, provide, shallowRef, watch, type ComputedRef, type InjectionKey } from 'vue'

type Report = (field: symbol, wrong: boolean) => void

const REPORT: InjectionKey<Report> = Symbol('field problems')

/** Counts the fields below the calling component that hold something unusable, which nothing may be started with. */
export function provideFieldProblems(): ComputedRef<number> {
  const wrongFields = shallowRef<ReadonlySet<symbol>>(new Set())
  provide(REPORT, (field, wrong) => {
    const next = new Set(wrongFields.value)
    if (wrong) next.add(field)
    else next.delete(field)
    wrongFields.value = next
  })
  return computed(() => wrongFields.value.size)
}

/** Reports a field for as long as it exists and holds something unusable. */
export function useFieldProblem(wrong: () => boolean): void {
  const report = inject(REPORT, undefined)
  if (report === undefined) return
  const field = Symbol('field')
  watch(wrong, (now) => report(field, now), { immediate: true })
  onScopeDispose(() => report(field, false))
}
