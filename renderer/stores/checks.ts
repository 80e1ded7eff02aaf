import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Machine } from '../../shared/machine.ts'
import type { ScenarioCheck } from '../../shared/scenario-check.ts'
import { oneAtATime } from '../components/one-at-a-time.ts'
import { lab } from '../lab.ts'
import { shownCheck, type ShownCheck } from '../places/bench/editor/shown-check.ts'

/** A text that the checker is asked about. */
export interface CheckedText {
  readonly ref: string
  readonly text: string
  readonly machine: Machine
}

export interface Checked extends CheckedText {
  readonly check: ScenarioCheck
  readonly shown: ShownCheck
}

/** Lets a burst of changes end (a paste, a held key) and is not felt while typing. */
export const CHECK_DELAY_MS = 15

/** What the checker says of each scenario of the next experiment. A newer text's answer wins. */
export const useChecksStore = defineStore('checks', () => {
  const answers = shallowRef<ReadonlyMap<string, Checked>>(new Map())
  let wanted: readonly CheckedText[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const answerAll = oneAtATime(async () => {
    for (const asked of wanted.filter(isOpen)) {
      const check = await lab().checkScenario(asked.text, asked.machine)
      const still = wanted.some((now) => now.ref === asked.ref && isSame(now, asked))
      if (!still) continue
      const shown = shownCheck(check, answers.value.get(asked.ref)?.shown)
      answers.value = new Map(answers.value).set(asked.ref, { ...asked, check, shown })
    }
  })

  function isOpen(asked: CheckedText): boolean {
    const answer = answers.value.get(asked.ref)
    return answer === undefined || !isSame(answer, asked)
  }

  /** Asks for these texts and forgets all others. The first one is answered first. */
  function ask(texts: readonly CheckedText[]): void {
    wanted = texts
    const refs = new Set(texts.map(({ ref }) => ref))
    const kept = [...answers.value].filter(([ref]) => refs.has(ref))
    if (kept.length < answers.value.size) answers.value = new Map(kept)
    clearTimeout(timer)
    if (wanted.some(isOpen)) timer = setTimeout(() => void answerAll(), CHECK_DELAY_MS)
  }

  /** A scenario goes on under another reference, with what is known of it until its text is checked. */
  function refer(from: string, to: string): void {
    const answer = answers.value.get(from)
    if (answer !== undefined) answers.value = new Map(answers.value).set(to, { ...answer, ref: to })
  }

  return { answers, ask, refer }
})

function isSame(left: CheckedText, right: CheckedText): boolean {
  return left.text === right.text && JSON.stringify(left.machine) === JSON.stringify(right.machine)
}
