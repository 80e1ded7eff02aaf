import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useFailuresStore } from './failures.ts'
import { useToastsStore } from './toasts.ts'

interface Step {
  readonly undo: () => Promise<void>
}

/** Older changes are done again by hand. */
export const UNDO_STEPS_MAX = 50

/** What can be taken back: each change with a toast that offers it, and the last one by a key. */
export const useUndoStore = defineStore('undo', () => {
  const toasts = useToastsStore()
  const failures = useFailuresStore()
  const steps = shallowRef<readonly Step[]>([])

  /** Says what was done and offers to take it back. */
  function offer(text: string, undo: () => Promise<void>): void {
    const step = { undo }
    steps.value = [...steps.value, step].slice(-UNDO_STEPS_MAX)
    toasts.show(text, { label: 'Undo', run: () => void takeBack(step) })
  }

  /** Takes a change back once, by toast or key. */
  async function takeBack(step: Step | undefined): Promise<void> {
    if (step === undefined || !steps.value.includes(step)) return
    steps.value = steps.value.filter((other) => other !== step)
    try {
      await step.undo()
    } catch (error) {
      failures.show(error)
    }
  }

  return { steps, offer, undoLast: () => takeBack(steps.value.at(-1)) }
})
