import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Lab } from '../../electron/lab.ts'
import { DEFAULT_MACHINE_ID } from '../../shared/machine.ts'
import { MACHINE } from './workload.ts'

const SEEDS = 10_000
const MAPS = 10_000
const MODELS = ['v4.0', 'v4.1'] as const

/** A sweep as window and command line make it: on all threads, every chunk in a journal on disk. */
export async function sweepMs() {
  const folder = mkdtempSync(join(tmpdir(), 'vmap-lab-bench-'))
  const lab = new Lab({ journalPath: join(folder, 'journal.sqlite') })
  try {
    const startedMs = performance.now()
    const { finished } = await lab.sweeps.start({
      ...{ title: 'Random', question: '', scenarioId: 'random', parameters: { iters: MAPS }, axes: [] },
      machines: [{ machineId: DEFAULT_MACHINE_ID, machine: MACHINE }],
      ...{ models: MODELS.map((modelId) => ({ modelId })), seeds: { first: 0, count: SEEDS } },
    })
    const workers = lab.sweeps.progress()?.workers ?? 0
    const { status, failure } = await finished
    if (status !== 'finished') throw new Error(`the sweep is ${status}: ${failure ?? 'no reason was given'}`)
    const ms = performance.now() - startedMs
    return { seeds: SEEDS, models: MODELS.length, maps: MAPS, pairs: SEEDS * MODELS.length * MAPS, workers, ms }
  } finally {
    await lab.close()
    rmSync(folder, { recursive: true })
  }
}
