import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import type { ListEnds } from '../../shared/free-list-text.ts'
import type { ListedBlock } from '../../shared/run.ts'

/** A block of a list, or one that has just left it and fades. */
export interface FadingBlock {
  readonly block: ListedBlock
  readonly isGone: boolean
}

/** The blocks that are shown now, with those that left at the places where they were shown before. */
export function withGone(
  before: readonly ListedBlock[],
  now: readonly ListedBlock[],
  gone: readonly number[],
): readonly FadingBlock[] {
  const listed = new Set(now.map(([index]) => index))
  const left = new Set(gone.filter((index) => !listed.has(index)))
  const shown: FadingBlock[] = now.map((block) => ({ block, isGone: false }))
  before.forEach((block, place) => {
    if (!left.has(block[0])) return
    const neighbour = before[place - 1]?.[0]
    const at = shown.findIndex((one) => one.block[0] === neighbour)
    shown.splice(neighbour === undefined || at < 0 ? Math.min(place, shown.length) : at + 1, 0, { block, isGone: true })
  })
  return shown
}

const FADE_MS = 260

/** Both ends of a list, with the blocks that its last change took off it until they have faded. */
export function useFading(
  ends: ComputedRef<ListEnds>,
  gone: () => readonly number[],
): ComputedRef<readonly (readonly FadingBlock[])[]> {
  /** The ends as they were before; `undefined` once everything that left has faded. */
  const before = shallowRef<ListEnds>()
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(ends, (_, old) => {
    clearTimeout(timer)
    before.value = gone().length === 0 ? undefined : old
    if (before.value !== undefined) timer = setTimeout(() => (before.value = undefined), FADE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return computed(() =>
    (['first', 'last'] as const).map((end) => withGone(before.value?.[end] ?? [], ends.value[end], gone())),
  )
}
