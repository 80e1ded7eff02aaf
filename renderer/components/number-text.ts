import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { formatCount } from '../../shared/format.ts'
import { useFieldProblem } from './field-problems.ts'

export interface NumberRange {
  readonly min: number
  readonly max: number
}

/** A whole number as it is typed, with or without thousands separators; `undefined` when it is none or out of range. */
export function typedNumber(text: string, { min, max }: NumberRange): number | undefined {
  const digits = text.replaceAll(/[\s,_]/g, '').replace('\u2212', '-')
  const number = Number(digits)
  return /^-?\d+$/.test(digits) && number >= min && number <= max ? number : undefined
}

export function rangeWords({ min, max }: NumberRange): string {
  return `${formatCount(min)} to ${formatCount(max)}`
}

/** What a field for a whole number needs: its text, the number that this is, and how keys and focus change it. */
export interface NumberText {
  readonly text: Ref<string>
  readonly typed: ComputedRef<number | undefined>
  readonly enter: () => void
  readonly leave: () => void
  readonly step: (by: number) => void
}

/** Connects the text of a field with a number. The text is the user's while the field has the focus. */
export function useNumberText(value: Ref<number>, range: () => NumberRange): NumberText {
  const text = ref(formatCount(value.value))
  const focused = ref(false)
  const typed = computed(() => typedNumber(text.value, range()))
  useFieldProblem(() => typed.value === undefined)

  watch(value, (now) => {
    if (!focused.value) text.value = formatCount(now)
  })
  watch(typed, (now) => {
    if (now !== undefined && now !== value.value) value.value = now
  })

  return {
    text,
    typed,
    enter() {
      focused.value = true
    },
    leave() {
      focused.value = false
      if (typed.value !== undefined) text.value = formatCount(typed.value)
    },
    step(by) {
      const { min, max } = range()
      text.value = formatCount(Math.min(max, Math.max(min, (typed.value ?? value.value) + by)))
    },
  }
}
