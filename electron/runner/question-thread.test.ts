import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_MACHINE_ID, MACHINE_PRESETS } from '../../shared/machine.ts'
import { findScenario } from '../scenario/presets.ts'
import { QuestionThread } from './index.ts'
import type { ScenarioQuestions } from './scenario-messages.ts'

const { machine } = MACHINE_PRESETS.find(({ id }) => id === DEFAULT_MACHINE_ID)!
const { source } = findScenario('exhaust')!.info

let thread: QuestionThread<ScenarioQuestions>
beforeEach(() => {
  thread = new QuestionThread({ workerUrl: new URL('scenario-worker.ts', import.meta.url), does: 'reads scenarios' })
})
afterEach(() => thread.close())

describe('the thread that reads scenarios', () => {
  it('answers each question with its own answer', async () => {
    const wrong = source.replace('int n', 'int m')
    const [right, error, preview] = await Promise.all([
      thread.ask('check', { source, machine }),
      thread.ask('check', { source: wrong, machine }),
      thread.ask('preview', { source, machine, parameters: { iters: 1 }, seed: 1 }),
    ])
    expect(right).toMatchObject({ diagnostics: [], parameters: [{ name: 'iters', default: 1000 }] })
    expect(error.diagnostics[0]).toMatchObject({ severity: 'error', line: 5 })
    expect(preview).toMatchObject({ operationsTotal: 252, ended: true })
  })

  it('goes on after a defect, and after it was closed', async () => {
    const nothing = { ...machine, wordBits: NaN } as unknown as typeof machine
    await expect(thread.ask('check', { source, machine: nothing })).rejects.toThrow()
    expect(await thread.ask('check', { source, machine })).toMatchObject({ diagnostics: [] })
    const unanswered = expect(thread.ask('check', { source, machine })).rejects.toThrow(
      'The thread that reads scenarios stopped before it had answered.',
    )
    await thread.close()
    await unanswered
    expect(await thread.ask('check', { source, machine })).toMatchObject({ diagnostics: [] })
  })
})
