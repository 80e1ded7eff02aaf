import Database from 'better-sqlite3'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Journal, JournalError } from './index.ts'
import { newExperiment, newJournalPath } from './journal.fixture.ts'

const open = (path: string) => Journal.open(path, { labVersion: '0.1.0' })

/** Every file of the folder with its bytes. */
function contentOf(folder: string): ReadonlyMap<string, string> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]))
}

/** Opens, expects the refusal, and that it left everything as it was. */
function expectRefused(path: string, message: RegExp): void {
  const before = contentOf(dirname(path))
  const changedAtMs = statSync(path).mtimeMs
  expect(() => open(path)).toThrow(message)
  expect(() => open(path)).toThrow(JournalError)
  expect(() => open(path)).toThrow(path)
  expect(contentOf(dirname(path))).toEqual(before)
  expect(statSync(path).mtimeMs).toBe(changedAtMs)
}

describe('a new journal', () => {
  it('is made where there is none, with its folder', () => {
    const path = join(dirname(newJournalPath()), 'a', 'b c%?#', 'journal.sqlite')
    const journal = open(path)
    expect(journal.path).toBe(path)
    expect(journal.totals()).toEqual({ experiments: 0, runs: 0 })
    journal.close()
    expect(readdirSync(dirname(path))).toEqual(['journal.sqlite'])
  })

  it('may take the place of an empty file', () => {
    const path = newJournalPath()
    writeFileSync(path, '')
    const journal = open(path)
    journal.startExperiment(newExperiment())
    journal.close()
    expect(open(path).totals().experiments).toBe(1)
  })

  it('survives a power cut: write-ahead log, a sync for each transaction, and its application id', () => {
    const path = newJournalPath()
    open(path).close()
    const file = new Database(path, { readonly: true })
    expect(file.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(file.pragma('application_id', { simple: true })).toBe(Buffer.from('VmLb').readInt32BE())
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok')
    file.close()
  })

  it.each(['', ':memory:'])('needs a file: "%s"', (path) => {
    expect(() => open(path)).toThrow(/needs a file/)
  })
})

describe('what is no journal is refused and left as it is', () => {
  it('a newer schema', () => {
    const path = newJournalPath()
    const journal = open(path)
    journal.startExperiment(newExperiment())
    journal.close()
    const newer = new Database(path)
    newer.exec('CREATE TABLE telemetry (x)')
    newer.pragma('user_version = 999')
    newer.close()
    expectRefused(
      path,
      /newer version of the lab \(schema 999; this version knows schemas up to \d+\).*not changed.*Update/,
    )
  })

  it('a newer schema that is not in WAL mode', () => {
    const path = newJournalPath()
    const newer = new Database(path)
    newer.pragma(`application_id = ${Buffer.from('VmLb').readInt32BE()}`)
    newer.pragma('user_version = 999')
    newer.close()
    expectRefused(path, /newer version/)
  })

  it('a newer schema that is still only in the write-ahead log', () => {
    const path = newJournalPath()
    open(path).close()
    const newer = new Database(path)
    newer.pragma('user_version = 999')
    expect(readdirSync(dirname(path))).toContain('journal.sqlite-wal')
    const before = readFileSync(path)
    const log = readFileSync(`${path}-wal`)
    expect(() => open(path)).toThrow(/newer version/)
    expect(readFileSync(path)).toEqual(before)
    expect(readFileSync(`${path}-wal`)).toEqual(log)
    newer.close()
  })

  it.each(['WAL', 'DELETE'])('a database of another application in %s mode', (mode) => {
    const path = newJournalPath()
    const other = new Database(path)
    other.pragma(`journal_mode = ${mode}`)
    other.pragma('application_id = 12345')
    other.exec('CREATE TABLE bookmarks (url)')
    other.close()
    expectRefused(path, /another application.*not changed/)
  })

  it('a database without an application id that has tables', () => {
    const path = newJournalPath()
    const other = new Database(path)
    other.exec('CREATE TABLE experiment (id)')
    other.close()
    expectRefused(path, /another application/)
  })

  it('a file that is not SQLite', () => {
    const path = newJournalPath()
    writeFileSync(path, 'run,counts\n1,2\n'.repeat(1000))
    expectRefused(path, /not an SQLite database.*Choose another file/)
  })

  it('a file that is marked as read-only', () => {
    const path = newJournalPath()
    open(path).close()
    chmodSync(path, 0o444)
    expectRefused(path, /read-only.*not changed/)
  })

  it('a folder', () => {
    const path = newJournalPath()
    mkdirSync(path)
    expect(() => open(path)).toThrow(/is a folder/)
  })

  it('a place below a file', () => {
    const path = newJournalPath()
    writeFileSync(path, 'text')
    expect(() => open(join(path, 'journal.sqlite'))).toThrow(/folder .* cannot be written/)
  })

  it('a journal whose pages are damaged', () => {
    const path = newJournalPath()
    const journal = open(path)
    journal.startExperiment(newExperiment())
    journal.close()
    const bytes = readFileSync(path)
    bytes.fill(0xee, 4096)
    writeFileSync(path, bytes)
    const act = () => {
      const damagedJournal = open(path)
      try {
        damagedJournal.openExperiment(1)
      } finally {
        damagedJournal.close()
      }
    }
    expect(act).toThrow(/content is damaged.*restore the file from a backup/)
    expect(act).toThrow(JournalError)
  })
})

describe('a closed journal', () => {
  it('says so', () => {
    const journal = open(newJournalPath())
    journal.close()
    expect(() => journal.totals()).toThrow(/is closed/)
  })

  it('can be moved: one file is all there is', () => {
    const path = newJournalPath()
    const journal = open(path)
    journal.startExperiment(newExperiment())
    journal.close()
    const movedPath = newJournalPath()
    writeFileSync(movedPath, readFileSync(path))
    rmSync(path)
    expect(open(movedPath).totals().experiments).toBe(1)
  })
})
