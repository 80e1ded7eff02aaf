import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { PreviewRequest, ScenarioPreview } from '../../shared/scenario-preview.ts'
import { oneAtATime } from '../components/one-at-a-time.ts'
import { lab } from '../lab.ts'

/** A request for the preview of a scenario. */
export interface PreviewQuestion {
  readonly ref: string
  readonly request: PreviewRequest
}

/** Below this a picture that follows the text flickers. */
const PREVIEW_DELAY_MS = 150

/** The beginning of the open scenario's request stream. The last question's answer wins. */
export const usePreviewStore = defineStore('preview', () => {
  const answer = shallowRef<{ readonly ref: string; readonly preview: ScenarioPreview }>()
  let wanted: PreviewQuestion | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const answerLast = oneAtATime(async () => {
    const asked = wanted
    if (asked === undefined) return
    const preview = await lab().previewScenario(asked.request)
    if (wanted === asked) answer.value = { ref: asked.ref, preview }
  })

  function ask(question: PreviewQuestion): void {
    if (wanted?.ref === question.ref && JSON.stringify(wanted.request) === JSON.stringify(question.request)) return
    wanted = question
    clearTimeout(timer)
    timer = setTimeout(() => void answerLast(), PREVIEW_DELAY_MS)
  }

  /** The scenario goes on under another reference. */
  function refer(from: string, to: string): void {
    if (answer.value?.ref === from) answer.value = { ...answer.value, ref: to }
  }

  return { answer, ask, refer }
})
