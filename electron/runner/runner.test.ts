import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patch2015Runs } from '../../shared/published.ts'
import type { RunProgress, RunSpec } from '../../shared/run.ts'
import { Runner } from './index.ts'

const [exhaust] = patch2015Runs() as [RunSpec]
const endless: RunSpec = { ...exhaust, parameters: { iters: 10_000_000 } }

let runner: Runner
/** With threads of its own, for what happens while the first one's are taken. */
let other: Runner
let progress: RunProgress[]
let onFirstProgress: (progress: RunProgress) => void

beforeEach(() => {
  progress = []
  onFirstProgress = () => undefined
  const workerUrl = new URL('run-worker.ts', import.meta.url)
  other = new Runner({ workerUrl })
  runner = new Runner({
    workerUrl,
    onProgress: (told) => {
      progress.push(told)
      if (progress.length === 1) onFirstProgress(told)
    },
  })
})

afterEach(() => Promise.all([runner.close(), other.close()]))

describe('Runner', () => {
  it('uses as many threads as it may, and never more than there are processors', () => {
    const workersOf = (threads: number): number =>
      new Runner({ workerUrl: new URL('run-worker.ts', import.meta.url), threads: () => threads }).workers
    expect(workersOf(1)).toBe(1)
    expect(workersOf(0)).toBe(runner.workers)
    expect(workersOf(10_000)).toBe(runner.workers)
  })

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

  it('ends a thread that does not hear of the cancelling, and goes on with another', async () => {
    const deaf = "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { for (;;); })"
    const stubborn = new Runner({ workerUrl: new URL(`data:text/javascript,${deaf}`) })
    const runs = [1, 2, 3, 4].map((id) => stubborn.run(id, exhaust))
    for (const id of [1, 2, 3, 4]) stubborn.cancel(id)
    expect(await Promise.all(runs)).toEqual(runs.map(() => ({ kind: 'cancelled' })))
    const next = stubborn.run(5, exhaust)
    stubborn.cancel(5)
    await expect(next).resolves.toEqual({ kind: 'cancelled' })
    await stubborn.close()
  })

  it('cancels a run that waits, and leaves the others alone', async () => {
    const running = Array.from({ length: runner.workers }, (_, id) => runner.run(id, exhaust))
    const waiting = runner.run(99, exhaust)
    runner.cancel(99)
    await expect(waiting).resolves.toEqual({ kind: 'cancelled' })
    const outcomes = await Promise.all(running)
    expect(outcomes.every((outcome) => outcome.kind === 'finished')).toBe(true)
  })

  it('holds a paused run until it is resumed, and counts no time meanwhile', async () => {
    const spec: RunSpec = { ...exhaust, parameters: { iters: 20_000 } }
    const unpaused = await runner.run(1, spec)
    if (unpaused.kind !== 'finished') throw new Error(`the run was ${unpaused.kind}`)
    progress = []
    onFirstProgress = ({ runId }) => {
      runner.pause(runId)
    }
    const startedMs = performance.now()
    let ended = false
    const paused = runner.run(2, spec).finally(() => (ended = true))
    // Two runs of the same length one after the other: far more than what the paused one had left
    await other.run(3, spec)
    await other.run(4, spec)
    expect(ended).toBe(false)
    const toldWhilePaused = progress.filter(({ runId }) => runId === 2).length
    const pausedMs = performance.now() - startedMs
    runner.resume(2)
    const outcome = await paused
    if (outcome.kind !== 'finished') throw new Error(`the run was ${outcome.kind}`)
    expect(outcome.result.digest).toBe(unpaused.result.digest)
    expect(outcome.result.elapsedMs).toBeLessThan(performance.now() - startedMs - pausedMs / 2)
    // It stopped within a look or two of being told to
    expect(toldWhilePaused).toBeLessThanOrEqual(2)
  })

  it('cancels a paused run, and pauses one before it starts', async () => {
    const running = Array.from({ length: runner.workers }, (_, id) => runner.run(id, endless))
    const waiting = runner.run(50, endless)
    for (const id of [...running.keys(), 50]) runner.pause(id)
    for (const id of running.keys()) runner.cancel(id)
    expect((await Promise.all(running)).map(({ kind }) => kind)).toEqual(running.map(() => 'cancelled'))
    // Now it has a thread and still makes nothing
    progress = []
    await other.run(51, exhaust)
    expect(progress.filter(({ runId }) => runId === 50)).toEqual([])
    runner.cancel(50)
    await expect(waiting).resolves.toEqual({ kind: 'cancelled' })
  })

  it('closes while runs are paused', async () => {
    const runs = Array.from({ length: runner.workers }, (_, id) => runner.run(id, endless))
    await new Promise<void>((resolve) => {
      onFirstProgress = () => {
        resolve()
      }
    })
    for (const id of runs.keys()) runner.pause(id)
    await runner.close()
    expect(await Promise.all(runs)).toEqual(runs.map(() => ({ kind: 'cancelled' })))
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
