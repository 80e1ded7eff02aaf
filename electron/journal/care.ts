import { statSync } from 'node:fs'
import type { JournalFile } from '../../shared/journal.ts'
import type { Connection } from './connection.ts'

/** What is known of the file itself: its place, its size and when it was looked after. */

interface CareRow {
  readonly what: 'check' | 'backup'
  readonly atMs: number
  readonly detail: string
}

/** Characters of what a check found that are kept. */
const DETAIL_LENGTH_MAX = 10_000

/** Called within a read transaction. */
export function readFileFacts(connection: Connection): JournalFile {
  const rows = connection.all<CareRow>('SELECT what, at_ms AS atMs, detail FROM care')
  const check = rows.find(({ what }) => what === 'check')
  const backup = rows.find(({ what }) => what === 'backup')
  return {
    path: connection.path,
    bytes: sizeOf(connection.path) + sizeOf(`${connection.path}-wal`),
    schemaVersion: connection.schemaVersion,
    ...(check && { lastCheck: { atMs: check.atMs, problems: check.detail } }),
    ...(backup && { lastBackup: { atMs: backup.atMs, path: backup.detail } }),
  }
}

/** Reads every page, index and reference of the file; answers with what is wrong, empty when nothing is. */
export function findDamage(connection: Connection): string {
  const damage = connection.rows<[string]>('PRAGMA integrity_check').map(([line]) => line)
  const strays = connection.rows<[table: string, rowId: number, parent: string]>('PRAGMA foreign_key_check')
  return [
    ...damage.filter((line) => line !== 'ok'),
    ...strays.map(([table, rowId, parent]) => `row ${rowId} of ${table} refers to nothing in ${parent}`),
  ]
    .join('\n')
    .slice(0, DETAIL_LENGTH_MAX)
}

/** Called within a write transaction. */
export function recordCare(connection: Connection, what: CareRow['what'], detail: string, nowMs: number): void {
  connection.run(
    `INSERT INTO care (what, at_ms, detail) VALUES (?, ?, ?)
      ON CONFLICT (what) DO UPDATE SET at_ms = excluded.at_ms, detail = excluded.detail`,
    what,
    nowMs,
    detail,
  )
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
