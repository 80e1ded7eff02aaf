import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patch2015Runs } from '../../shared/published.ts'
import type { RunProgress, RunSpec } from '../../shared/run.ts'
import { Runner } from './index.ts'

const [exhaust] = patch2015Runs() as [RunSpec]
const endless: RunSpec = { ...exhaust, parameters: { iters: 10_000_000 } }

let runner: Runner
let progress: RunProgress[]
let onFirstProgress: (progress: RunProgress) => void

beforeEach(() => {
  progress = []
  onFirstProgress = () => undefined
  runner = new Runner({
    workerUrl: new URL('run-worker.ts', import.meta.url),
    onProgress: (told) => {
      progress.push(told)
      if (progress.length === 1) onFirstProgress(told)
    },
  })
})

afterEach(() => runner.close())

describe('Runner', () => {
  it('makes more runs than it has workers, each once, with equal results', async () => {
    const outcomes = await Promise.all(Array.from({ length: runner.workers * 3 }, (_, id) => runner.run(id, exhaust)))
    const digests = outcomes.map((outcome) => (outcome.kind === 'finished' ? outcome.result.digest : outcome.kind))
    expect(new Set(digests).size).toBe(1)
    expect(digests[0]).toMatch(/^[0-9a-f]{16}$/)
  })

  it('tells progress and cancels a run that is under way', async () => {
    onFirstProgress = ({ runId }) => {
      runner.cancel(runId)
    }
    await expect(runner.run(7, endless)).resolves.toEqual({ kind: 'cancelled' })
    expect(progress[0]).toMatchObject({ runId: 7, operationsTotal: 2_520_000_000 })
  })

  it('cancels a run that waits, and leaves the others alone', async () => {
    const running = Array.from({ length: runner.workers }, (_, id) => runner.run(id, exhaust))
    const waiting = runner.run(99, exhaust)
    runner.cancel(99)
    await expect(waiting).resolves.toEqual({ kind: 'cancelled' })
    const outcomes = await Promise.all(running)
    expect(outcomes.every((outcome) => outcome.kind === 'finished')).toBe(true)
  })

  it('passes a refusal on as a failed run', async () => {
    const outcome = await runner.run(1, { ...exhaust, modelId: 'v9.9' })
    expect(outcome).toEqual({ kind: 'failed', reason: 'There is no kernel model v9.9.' })
  })

  it('settles everything when it closes', async () => {
    const runs = Array.from({ length: runner.workers + 2 }, (_, id) => runner.run(id, endless))
    await runner.close()
    expect(await Promise.all(runs)).toEqual(runs.map(() => ({ kind: 'cancelled' })))
    await expect(runner.run(5, exhaust)).resolves.toEqual({ kind: 'cancelled' })
  })
})
