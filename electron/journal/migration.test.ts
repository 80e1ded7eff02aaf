import Database from 'better-sqlite3'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COUNT_NAMES } from '../../shared/counts.ts'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { Connection } from './connection.ts'
import { Journal, JournalError } from './index.ts'
import { newExperiment, newJournalPath, newResult } from './journal.fixture.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'
import { recordResult } from './run-recorder.ts'

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

/** A run under way, written as the first schema has it. */
function recordOldRun(connection: Connection): void {
  connection.write(() => {
    connection.run("INSERT INTO experiment (title, question, created_at_ms) VALUES ('Old', '', 1)")
    connection.run("INSERT INTO owner VALUES (1, 1, '', '', '', '', 1)")
    connection.run('INSERT INTO scenario_source (sha256, text) VALUES (?, ?)', '0'.repeat(64), 'pair(1);')
    const { machine } = MACHINE_PRESETS[0]!
    connection.run(
      `INSERT INTO run (experiment_id, position, status, scenario_id, parameters, seed, machine_id, machine, model_id,
        source_sha256, lab_version, owner_id, started_at_ms)
        VALUES (1, 0, 'running', 'exhaust', '{}', 1, 'x86_64', ?, 'v4.0', ?, '0.1.0', 1, 1)`,
      JSON.stringify(machine),
      '0'.repeat(64),
    )
  })
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

  it('keep runs that were recorded before there were distributions and further series', () => {
    const path = newJournalPath()
    const older = Connection.open(path, Date.now, MIGRATIONS.slice(0, 1))
    const { visitedNodes, requestOrders, ...result } = newResult()
    expect(visitedNodes).toBeDefined()
    expect(requestOrders).toBeDefined()
    recordOldRun(older)
    older.write(() => recordResult(older, 1, result, 2))
    older.close()
    const journal = Journal.open(path, { labVersion: '0.2.0' })
    expect(journal.openRun(1)?.result).toEqual(result)
    journal.close()
  })

  it('are done once', () => {
    const path = newFilledJournal()
    openWith(path, addColour).close()
    openWith(path, addColour).close()
    expect(backupsOf(path)).toHaveLength(1)
  })

  it.each([
    ['SQL that fails', 'CREATE TABLE colour (id); DROP TABLE missing', /no such table/],
    [
      'rows that refer to nothing',
      'INSERT INTO note (experiment_id, version, text, written_at_ms) VALUES (77, 1, 0, 0)',
      /refer to rows that do not exist/,
    ],
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
    expect(act).toThrow(/No backup could be made of the journal .*its check says CHECK .*was not changed/)
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
