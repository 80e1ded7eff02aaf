import type { Machine } from '../../shared/machine.ts'
import type { ScenarioCheck } from '../../shared/scenario-check.ts'
import type { PreviewRequest, ScenarioPreview } from '../../shared/scenario-preview.ts'

/** What can be asked about a scenario's text, and the answer to each question. What is wrong with a text is part of the answers. */
export interface ScenarioQuestions {
  readonly check: {
    readonly ask: { readonly source: string; readonly machine: Machine }
    readonly answer: ScenarioCheck
  }
  readonly preview: { readonly ask: PreviewRequest; readonly answer: ScenarioPreview }
}
