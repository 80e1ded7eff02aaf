import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { missingRanges } from '../../shared/sweep.ts'
import { Journal } from './index.ts'
import { newJournalPath } from './journal.fixture.ts'
import { newSweep, sweepChunk } from './new-sweep.fixture.ts'

const open = (path: string, labVersion = '0.1.0'): Journal => Journal.open(path, { labVersion })

describe('sweeps', () => {
  it('are recorded with their definition, and their figures chunk by chunk', () => {
    const journal = open(newJournalPath())
    const id = journal.sweeps.start(newSweep(30))
    journal.sweeps.add(id, sweepChunk(20, 10))
    journal.sweeps.add(id, sweepChunk(0, 5))
    expect(journal.sweeps.open(id)).toMatchObject({
      ...{ id, title: 'A sweep', status: 'running', runs: 30, runsDone: 15, source: 'text' },
      definition: newSweep(30).definition,
    })
    const column = journal.sweeps.column(id, 'vm_map_ram_failed', { first: 3, count: 20 })
    expect([...column]).toEqual([301, 401, ...new Array<number>(15).fill(NaN), 2001, 2101, 2201])
    expect(journal.sweeps.open(id + 1)).toBeUndefined()
    journal.close()
  })

  it('take a run once, within their runs, and only while they are running', () => {
    const journal = open(newJournalPath())
    const id = journal.sweeps.start(newSweep(30))
    journal.sweeps.add(id, sweepChunk(10, 10))
    for (const [first, runs] of [
      ...[[10, 10] as const, [5, 6] as const, [19, 1] as const, [12, 2] as const],
      [25, 6] as const,
    ]) {
      expect(() => {
        journal.sweeps.add(id, sweepChunk(first, runs))
      }).toThrow(/recorded once|UNIQUE/)
    }
    journal.sweeps.end(id, 'cancelled')
    expect(() => {
      journal.sweeps.add(id, sweepChunk(0, 1))
    }).toThrow('while the sweep is running')
    expect(journal.sweeps.open(id)).toMatchObject({ status: 'cancelled', runsDone: 10 })
    journal.close()
  })

  it('are resumed with exactly what is missing, unless they are finished, running, or of another version', () => {
    const path = newJournalPath()
    const journal = open(path)
    const id = journal.sweeps.start(newSweep(30))
    journal.sweeps.add(id, sweepChunk(10, 10))
    expect(() => journal.sweeps.resume(id)).toThrow('is running')
    journal.sweeps.end(id, 'failed', 'no reason')
    expect(journal.sweeps.open(id)?.failure).toBe('no reason')
    const other = open(path, '9.9.9')
    expect(() => other.sweeps.resume(id)).toThrow('begun by version 0.1.0')
    other.close()
    expect(journal.sweeps.resume(id)).toEqual([
      { first: 0, count: 10 },
      { first: 20, count: 10 },
    ])
    journal.sweeps.end(id, 'finished')
    expect(() => journal.sweeps.resume(id)).toThrow('has finished')
    expect(() => journal.sweeps.resume(99)).toThrow('There is no sweep 99')
    journal.close()
  })

  it('of a killed process are interrupted, and lose and double nothing', async () => {
    const path = newJournalPath()
    const script = fileURLToPath(new URL('sweeping.fixture.ts', import.meta.url))
    const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    child.kill('SIGKILL')
    await once(child, 'exit')
    const journal = open(path)
    const id = Number(line.toString())
    const found = journal.sweeps.open(id)
    expect(found?.status).toBe('interrupted')
    const done = found?.runsDone ?? 0
    expect(done).toBeGreaterThanOrEqual(60)
    const missing = journal.sweeps.resume(id)
    expect(missing).toEqual(missingRanges(100_000, [{ first: 0, count: done }]))
    const column = journal.sweeps.column(id, 'operations', { first: 0, count: done })
    const expected = sweepChunk(0, done).columns[18]
    expect(column).toEqual(expected)
    journal.close()
  })
})
