import Database from 'better-sqlite3'
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import type { RunStatus } from '../../shared/run.ts'
import { Journal } from './index.ts'
import { newExperiment, newJournalPath, newResult } from './journal.fixture.ts'

const script = fileURLToPath(new URL('second-process.fixture.ts', import.meta.url))
const open = (path: string) => Journal.open(path, { labVersion: '0.1.0' })

type Child = ChildProcessByStdio<Writable, Readable, null>

const children: Child[] = []

function startProcess(task: 'hold' | 'fill', path: string): Child {
  const child = spawn(process.execPath, [script, task, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

/** A process that has an experiment's runs running. */
async function startHolder(path: string) {
  const child = startProcess('hold', path)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, runIds: JSON.parse(line.toString()) as number[] }
}

afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
})

function statusesOf(path: string, runIds: readonly number[]): readonly (RunStatus | undefined)[] {
  const journal = open(path)
  const statuses = runIds.map((id) => journal.openRun(id)?.status)
  journal.close()
  return statuses
}

describe('two connections', () => {
  it('see what the other one wrote, and notice that it did', () => {
    const path = newJournalPath()
    const window = open(path)
    const commandLine = open(path)
    const version = window.dataVersion()
    expect(window.dataVersion()).toBe(version)
    const { runIds } = commandLine.startExperiment(newExperiment())
    expect(window.dataVersion()).not.toBe(version)
    expect(window.openRun(runIds[0]!)?.status).toBe('running')
    const own = commandLine.dataVersion()
    commandLine.finishRun(runIds[0]!, newResult())
    expect(commandLine.dataVersion()).toBe(own)
    expect(window.openRun(runIds[0]!)?.result).toEqual(newResult())
    commandLine.close()
    window.close()
  })

  it('of one process leave each other’s runs alone', () => {
    const path = newJournalPath()
    const window = open(path)
    const { runIds } = window.startExperiment(newExperiment())
    expect(statusesOf(path, runIds)).toEqual(['running', 'running'])
    window.finishRun(runIds[0]!, newResult())
    window.close()
    expect(statusesOf(path, runIds)).toEqual(['finished', 'interrupted'])
  })
})

describe('a second process', () => {
  it('keeps its runs while it lives, and can finish them after the journal was opened elsewhere', async () => {
    const path = newJournalPath()
    const { child, runIds } = await startHolder(path)
    expect(statusesOf(path, runIds)).toEqual(['running', 'running'])
    child.stdin.end()
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(statusesOf(path, runIds)).toEqual(['finished', 'finished'])
  })

  it('that was killed leaves runs that are interrupted at the next start', async () => {
    const path = newJournalPath()
    const { child, runIds } = await startHolder(path)
    const living = open(path)
    const own = living.startExperiment(newExperiment()).runIds
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(living.openRun(runIds[0]!)?.status).toBe('running')
    expect(statusesOf(path, [...runIds, ...own])).toEqual(['interrupted', 'interrupted', 'running', 'running'])
    expect(() => living.finishRun(runIds[0]!, newResult())).toThrow(/is interrupted, not running/)
    living.close()
  })

  it('writes at the same time as others, the file being new to all of them', async () => {
    const path = newJournalPath()
    const others = [1, 2, 3, 4].map(() => startProcess('fill', path))
    await Promise.all(others.map((child) => once(child.stdout, 'data')))
    const exits = others.map((child) => once(child, 'exit'))
    for (const child of others) child.stdin.end()
    const journal = open(path)
    for (let i = 0; i < 20; i++) {
      for (const id of journal.startExperiment(newExperiment()).runIds) journal.finishRun(id, newResult())
    }
    expect(await Promise.all(exits)).toEqual(exits.map(() => [0, null]))
    expect(journal.totals()).toEqual({ experiments: 100, runs: 200 })
    const runs = journal.listExperiments({ search: '', limit: 200 }).flatMap((experiment) => experiment.runs)
    expect(runs.every((run) => run.status === 'finished')).toBe(true)
    journal.close()
  }, 30_000)
})

describe.runIf(process.platform === 'linux')('an owner whose pid now belongs to somebody else', () => {
  /** A journal whose runs are running in this process, as far as `change` leaves that true. */
  function openWithOwner(change: string) {
    const path = newJournalPath()
    const journal = open(path)
    const { runIds } = journal.startExperiment(newExperiment())
    const file = new Database(path)
    file.exec(`UPDATE owner SET ${change}`)
    file.close()
    const statuses = statusesOf(path, runIds)
    journal.close()
    return statuses
  }

  it.each([
    ['a process that started at another time', "process_start = '1'", 'interrupted'],
    ['another boot', "boot = 'another'", 'interrupted'],
    ['a container, which cannot be looked into', "pid_namespace = 'pid:[1]', pid = 999999999", 'running'],
    ['a system that told nothing but the pid', "process_start = '', boot = '', pid_namespace = ''", 'running'],
    ['this process, under another host name', "host = 'renamed'", 'running'],
  ])('%s', (_, change, status) => {
    expect(openWithOwner(change)).toEqual([status, status])
  })
})
