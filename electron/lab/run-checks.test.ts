import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { patch2015Runs } from '../../shared/published.ts'
import { verdictOfCheck } from '../../shared/run-check.ts'
import type { RunProgress, RunSpec } from '../../shared/run.ts'
import { Lab, LabError } from '../lab.ts'

let folder: string
let lab: Lab
let progress: RunProgress[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vmap-lab-checks-'))
  progress = []
  const journalPath = join(folder, 'journal.sqlite')
  lab = new Lab({ journalPath, onCheckProgress: (told) => progress.push(told) })
})

afterEach(async () => {
  await lab.close()
  rmSync(folder, { recursive: true })
})

async function made(iters: number, change: Partial<RunSpec> = {}): Promise<readonly number[]> {
  const runs = patch2015Runs()
    .slice(0, 2)
    .map((spec) => ({ ...spec, ...change, parameters: { iters } }))
  const { runIds, finished } = await lab.startExperiment({ title: 'x', question: '', runs })
  await finished
  return runIds
}

/** Changes what was recorded, as nothing in the lab can. */
function tamper(sql: string): void {
  const file = new Database(join(folder, 'journal.sqlite'))
  file.exec(`DROP TRIGGER run_ended_stays; DROP TRIGGER run_inputs_stay; DROP TRIGGER counts_update; ${sql}`)
  file.close()
}

function verdict(runId: number) {
  const run = lab.journal.openRun(runId)
  const [check] = run?.checks ?? []
  return run && check && verdictOfCheck(run, check)
}

describe('runs that are made again', () => {
  it('are reproduced, each time, and stay as they were', async () => {
    const runIds = await made(50)
    const before = lab.journal.openRun(runIds[0]!)
    const checks = await lab.checks.check(runIds)
    expect(checks.map(({ runId }) => runId)).toEqual(runIds)
    await lab.checks.check([runIds[0]!])
    expect(verdict(runIds[0]!)).toMatchObject({ kind: 'reproduced' })
    const { checks: kept, ...after } = lab.journal.openRun(runIds[0]!)!
    expect(kept).toHaveLength(2)
    expect(after).toEqual(before)
    expect(lab.journal.openExperiment(1)?.records[1]?.checks).toHaveLength(1)
  })

  it('say what is different from the record', async () => {
    const [runId = 0] = await made(50)
    tamper("UPDATE run SET digest = '0123456789abcdef'; UPDATE counts SET alloc_vmap_area = alloc_vmap_area + 1;")
    await lab.checks.check([runId])
    expect(verdict(runId)).toMatchObject({ kind: 'different' })
    expect(verdict(runId)?.differences.map(({ label }) => label)).toEqual(['Digest', 'alloc_vmap_area'])
  })

  it('that cannot be made any more say why', async () => {
    const [runId = 0] = await made(50)
    tamper("UPDATE run SET scenario_id = 'gone';")
    await lab.checks.check([runId])
    expect(verdict(runId)).toMatchObject({ kind: 'failed', sentence: expect.stringContaining('gone') as unknown })
  })

  it('can be cancelled, and leave no check then', async () => {
    const { runIds, finished } = await lab.startExperiment({
      title: 'x',
      question: '',
      runs: patch2015Runs().slice(0, 1),
    })
    await finished
    const [runId = 0] = runIds
    tamper(`UPDATE run SET parameters = '{"iters":10000000}';`)
    const checking = lab.checks.check([runId])
    await vi.waitFor(() => expect(progress.length).toBeGreaterThan(0))
    await expect(lab.checks.check([runId])).rejects.toThrow(/being made again already/)
    lab.checks.cancel()
    expect(await checking).toEqual([])
    expect(lab.journal.openRun(runId)?.checks).toBeUndefined()
  })

  it('have to be there and finished', async () => {
    await expect(lab.checks.check([77])).rejects.toThrow(LabError)
    const { experimentId, runIds, finished } = await lab.startExperiment({
      title: 'x',
      question: '',
      runs: patch2015Runs()
        .slice(0, 1)
        .map((spec) => ({ ...spec, parameters: { iters: 10_000_000 } })),
    })
    lab.cancelExperiment(experimentId)
    await finished
    await expect(lab.checks.check(runIds)).rejects.toThrow(/Run 1 is cancelled and has no result/)
  })
})
