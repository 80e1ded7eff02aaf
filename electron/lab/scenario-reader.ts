import { machineProblem, type Machine } from '../../shared/machine.ts'
import type { ScenarioCheck } from '../../shared/scenario-check.ts'
import type { PreviewRequest, ScenarioPreview } from '../../shared/scenario-preview.ts'
import { QuestionThread } from '../runner/index.ts'
import type { ScenarioQuestions } from '../runner/scenario-messages.ts'

/** Checks and previews scenario texts on two threads: what is typed is checked at once, however long a preview takes. */
export class ScenarioReader {
  readonly #checks: QuestionThread<ScenarioQuestions>
  readonly #previews: QuestionThread<ScenarioQuestions>

  constructor(workerUrl: URL) {
    const options = { workerUrl, does: 'reads scenarios' }
    this.#checks = new QuestionThread(options)
    this.#previews = new QuestionThread(options)
  }

  check(source: string, machine: Machine): Promise<ScenarioCheck> {
    const problem = machineProblem(machine)
    if (problem === undefined) return this.#checks.ask('check', { source, machine })
    return Promise.resolve(withoutMachine(problem))
  }

  preview(request: PreviewRequest): Promise<ScenarioPreview> {
    const problem = machineProblem(request.machine)
    if (problem === undefined) return this.#previews.ask('preview', request)
    return Promise.resolve({ requests: [], operationsTotal: undefined, ended: false, problem: sentence(problem) })
  }

  async close(): Promise<void> {
    await Promise.all([this.#checks.close(), this.#previews.close()])
  }
}

/** What a text means depends on the machine: nothing can be said of it on one that there cannot be. */
function withoutMachine(problem: string): ScenarioCheck {
  const start = { from: 0, to: 0, line: 1, column: 1, endLine: 1, endColumn: 1 }
  const diagnostic = { severity: 'error', message: sentence(problem), ...start } as const
  return { diagnostics: [diagnostic], parameters: [], usesSeed: false, outline: [] }
}

function sentence(problem: string): string {
  return `The machine cannot be simulated: ${problem}.`
}
