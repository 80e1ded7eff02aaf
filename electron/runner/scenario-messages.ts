import type { Machine } from '../../shared/machine.ts'
import type { ScenarioCheck } from '../../shared/scenario-check.ts'
import type { PreviewRequest, ScenarioPreview } from '../../shared/scenario-preview.ts'

/** What can be asked about a scenario's text, and the answer to each question. */
export interface ScenarioQuestions {
  readonly check: {
    readonly ask: { readonly source: string; readonly machine: Machine }
    readonly answer: ScenarioCheck
  }
  readonly preview: { readonly ask: PreviewRequest; readonly answer: ScenarioPreview }
}
export type QuestionKind = keyof ScenarioQuestions

export type ScenarioOrder = {
  [Kind in QuestionKind]: { readonly id: number; readonly kind: Kind; readonly ask: ScenarioQuestions[Kind]['ask'] }
}[QuestionKind]

/** `failed` is a defect of the lab; what is wrong with a text is part of the answers. */
export type ScenarioAnswer =
  | { readonly id: number; readonly kind: 'answered'; readonly answer: ScenarioQuestions[QuestionKind]['answer'] }
  | { readonly id: number; readonly kind: 'failed'; readonly reason: string }
