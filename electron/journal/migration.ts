import type Database from 'better-sqlite3'
import { writeVerifiedBackup } from './backup.ts'
import { APPLICATION_ID, readIdentity, requireKnown } from './file-identity.ts'
import { JournalError } from './journal-error.ts'
import type { Migration } from './migrations/index.ts'

const BACKUP_ATTEMPTS = 5

/**
 * Brings the journal to the newest of `migrations`, each in a transaction of its own, after a verified backup when there is
 * something to lose. Another process may do the same at the same time: whoever holds the write lock looks again. Foreign keys
 * must be off on the connection (https://sqlite.org/lang_altertable.html#otheralter); they are checked before each commit.
 */
export function bringUpToDate(
  database: Database.Database,
  path: string,
  migrations: readonly Migration[],
  now: () => number,
): void {
  const knownVersion = newestVersion(migrations)
  for (let attempt = 1; attempt <= BACKUP_ATTEMPTS; attempt++) {
    const identity = readIdentity(database)
    requireKnown(identity, path, knownVersion)
    const { schemaVersion } = identity
    if (schemaVersion === knownVersion) return
    const dataVersion = readDataVersion(database)
    if (schemaVersion > 0) writeVerifiedBackup(database, path, now())
    if (migrateUnlessChanged(database, path, migrations, schemaVersion, dataVersion)) return
  }
  throw new JournalError(
    `The journal ${path} needs an update of its schema, but another program keeps writing to it. It was not changed. ` +
      `Close every other Vmap Lab that uses it, then start the lab again.`,
  )
}

/** Answers false, having changed nothing, when somebody else wrote since the backup was made: it would lack their data. */
function migrateUnlessChanged(
  database: Database.Database,
  path: string,
  migrations: readonly Migration[],
  fromVersion: number,
  dataVersion: number,
): boolean {
  for (const migration of migrations) {
    if (migration.version <= fromVersion) continue
    const first = migration.version === fromVersion + 1
    const applied = database
      .transaction(() => {
        if (first && readDataVersion(database) !== dataVersion) return false
        apply(database, path, migration)
        return true
      })
      .immediate()
    if (!applied) return false
  }
  return true
}

function apply(database: Database.Database, path: string, migration: Migration): void {
  const identity = readIdentity(database)
  requireKnown(identity, path, migration.version)
  if (identity.schemaVersion === migration.version) return // another process was faster
  try {
    database.exec(migration.sql)
    const violations = database.pragma('foreign_key_check') as readonly unknown[]
    if (violations.length > 0) throw new Error(`${violations.length} rows refer to rows that do not exist`)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new JournalError(
      `The journal ${path} could not be brought to schema ${migration.version}: ${reason}. That step was undone. Keep the ` +
        `file and the backup beside it, and report this.`,
      { cause },
    )
  }
  database.pragma(`application_id = ${APPLICATION_ID}`)
  database.pragma(`user_version = ${migration.version}`)
}

export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}

export function readDataVersion(database: Database.Database): number {
  return Number(database.pragma('data_version', { simple: true }))
}
