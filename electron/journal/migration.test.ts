import Database from 'better-sqlite3'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COUNT_NAMES } from '../../shared/counts.ts'
import { Connection } from './connection.ts'
import { Journal, JournalError } from './index.ts'
import { newExperiment, newJournalPath } from './journal.fixture.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'

const NEXT = MIGRATIONS.length + 1
const addColour: Migration = {
  version: NEXT,
  sql: "ALTER TABLE experiment ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'",
}

const openWith = (path: string, ...more: readonly Migration[]) =>
  Connection.open(path, () => Date.UTC(2026, 10, 23), [...MIGRATIONS, ...more])

function backupsOf(path: string): readonly string[] {
  return readdirSync(dirname(path))
    .filter((name) => name.includes('.backup'))
    .map((name) => join(dirname(path), name))
}

/** A journal of today's schema with one experiment. */
function newFilledJournal(): string {
  const path = newJournalPath()
  const journal = Journal.open(path, { labVersion: '0.1.0' })
  journal.startExperiment(newExperiment())
  journal.close()
  return path
}

describe('migrations', () => {
  it('are numbered from 1 without gaps', () => {
    expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, i) => i + 1))
  })

  it('give every counter of shared/counts.ts a column', () => {
    const connection = openWith(newJournalPath())
    const columns = connection.all<{ name: string }>("SELECT name FROM pragma_table_info('counts')")
    expect(columns.map((column) => column.name)).toEqual(expect.arrayContaining([...COUNT_NAMES]))
    connection.close()
  })

  it('leave no backup behind for a new file', () => {
    const path = newJournalPath()
    openWith(path, addColour).close()
    expect(backupsOf(path)).toEqual([])
  })

  it('bring an older file up to date and keep a working backup of it', () => {
    const path = newFilledJournal()
    const connection = openWith(path, addColour)
    expect(connection.get('SELECT title, colour FROM experiment')).toEqual({
      title: 'The 2015 vm_map_ram patch',
      colour: 'blue',
    })
    connection.close()
    const [backup, ...others] = backupsOf(path)
    expect(others).toEqual([])
    expect(backup).toMatch(
      new RegExp(`journal\\.sqlite\\.schema-${MIGRATIONS.length}-20261123T000000000Z-\\d+\\.backup$`),
    )
    const restored = Journal.open(backup!, { labVersion: '0.1.0' })
    expect(restored.totals()).toEqual({ experiments: 1, runs: 2 })
    restored.close()
  })

  it('are done once', () => {
    const path = newFilledJournal()
    openWith(path, addColour).close()
    openWith(path, addColour).close()
    expect(backupsOf(path)).toHaveLength(1)
  })

  it.each([
    ['SQL that fails', 'CREATE TABLE colour (id); DROP TABLE missing', /no such table/],
    ['rows that refer to nothing', 'INSERT INTO note VALUES (77, 1, 0, 0)', /refer to rows that do not exist/],
  ])('undo a step with %s', (_, sql, reason) => {
    const path = newFilledJournal()
    const failing: Migration = { version: NEXT + 1, sql }
    const act = () => openWith(path, addColour, failing)
    expect(act).toThrow(reason)
    expect(act).toThrow(JournalError)
    const file = new Database(path)
    expect(file.pragma('user_version', { simple: true })).toBe(NEXT)
    expect(file.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'colour'").get()).toEqual({ n: 0 })
    expect(file.prepare('SELECT count(*) AS n FROM experiment').get()).toEqual({ n: 1 })
    file.close()
  })

  it('do not start when no backup can be made', () => {
    const path = newFilledJournal()
    // Damage that nothing notices but a check of the whole content
    const file = new Database(path)
    file.unsafeMode(true)
    file.pragma('writable_schema = ON')
    file.exec(
      "UPDATE sqlite_schema SET sql = replace(sql, 'starred IN (0, 1)', 'starred > 5') WHERE name = 'experiment'",
    )
    file.close()
    const act = () => openWith(path, addColour)
    expect(act).toThrow(/no backup could be made of it: its check says CHECK .*was not changed/)
    expect(backupsOf(path)).toEqual([])
    const after = new Database(path, { readonly: true })
    expect(after.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    after.close()
  })

  it('by a newer lab end the use of the file by an older one that still has it open', () => {
    const path = newFilledJournal()
    const older = Journal.open(path, { labVersion: '0.1.0' })
    openWith(path, addColour).close()
    expect(() => older.startExperiment(newExperiment())).toThrow(/another version of the lab while it was open/)
    expect(() => older.totals()).toThrow(JournalError)
    older.close()
  })
})
