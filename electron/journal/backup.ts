import Database from 'better-sqlite3'
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { readIdentity } from './file-identity.ts'
import { JournalError } from './journal-error.ts'

/**
 * Writes a copy of the open journal beside it and proves that it can be read: `<path>.schema-<version>-<time>.backup`. The copy
 * carries a temporary name until it is proven, so that a backup by its final name is always a good one. Answers with its path.
 */
export function writeVerifiedBackup(database: Database.Database, path: string, nowMs: number): string {
  const { schemaVersion } = readIdentity(database)
  const time = new Date(nowMs).toISOString().replace(/[-:.]/g, '')
  const backupPath = `${path}.schema-${schemaVersion}-${time}-${process.pid}.backup`
  const unprovenPath = `${backupPath}.part`
  try {
    // A consistent copy in one statement, other connections reading and writing meanwhile (https://sqlite.org/lang_vacuum.html)
    database.prepare('VACUUM INTO ?').run(unprovenPath)
    flush(unprovenPath)
    verify(unprovenPath, schemaVersion)
    renameSync(unprovenPath, backupPath)
    return backupPath
  } catch (cause) {
    rmSync(unprovenPath, { force: true })
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new JournalError(
      `No backup could be made of the journal ${path}: ${reason}. The journal was not changed. Make room and rights for ` +
        `${backupPath}, then try again.`,
      { cause },
    )
  }
}

function flush(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function verify(path: string, schemaVersion: number): void {
  // Not read-only: on such a connection integrity_check passes over CHECK constraints (seen with SQLite 3.54)
  const backup = new Database(path, { fileMustExist: true })
  try {
    const integrity = backup.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') throw new Error(`its check says ${String(integrity)}`)
    const found = readIdentity(backup).schemaVersion
    if (found !== schemaVersion) throw new Error(`it has schema ${found} in place of ${schemaVersion}`)
  } finally {
    backup.close()
  }
}
