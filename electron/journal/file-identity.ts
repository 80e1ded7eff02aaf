import Database from 'better-sqlite3'
import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { JournalError, withPath } from './journal-error.ts'

/** "VmLb": marks the file as ours (https://sqlite.org/pragma.html#pragma_application_id). */
export const APPLICATION_ID = 0x56_6d_4c_62

/** What the file says about itself before anything of it is used. */
export interface FileIdentity {
  readonly applicationId: number
  readonly schemaVersion: number
  readonly tables: number
}

/** Reads all of it at one moment: another process may be making the journal just now. */
export function readIdentity(database: Database.Database): FileIdentity {
  const read = database.transaction(() => {
    const tables = database.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()
    return {
      applicationId: Number(database.pragma('application_id', { simple: true })),
      schemaVersion: Number(database.pragma('user_version', { simple: true })),
      tables: tables?.n ?? 0,
    }
  })
  return read.deferred()
}

/** Throws unless the file is a journal that this version knows, or has nothing in it yet. */
export function requireKnown(identity: FileIdentity, path: string, knownVersion: number): void {
  const empty = identity.applicationId === 0 && identity.schemaVersion === 0 && identity.tables === 0
  if (empty) return
  if (identity.applicationId !== APPLICATION_ID) {
    throw new JournalError(
      `The file ${path} is a database of another application. It was not changed. Choose another file for the journal.`,
    )
  }
  if (identity.schemaVersion > knownVersion) {
    throw new JournalError(
      `The journal ${path} was written by a newer version of the lab (schema ${identity.schemaVersion}; this version ` +
        `knows schemas up to ${knownVersion}). It was not changed. Update the lab, or choose another file.`,
    )
  }
}

/** Throws when no journal can live at `path`; makes the folder when it is missing. Looks only at names and permissions. */
export function requireUsablePlace(path: string): void {
  const folder = dirname(path)
  try {
    mkdirSync(folder, { recursive: true })
    // The log and its index are files beside the journal (https://sqlite.org/wal.html)
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    throw new JournalError(
      `The journal ${path} cannot be kept there: the folder ${folder} cannot be written. Choose another place.`,
      { cause },
    )
  }
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return
  if (stats.isDirectory()) {
    throw new JournalError(`The journal ${path} cannot be opened: it is a folder. Choose a file.`)
  }
  if (!stats.isFile()) {
    throw new JournalError(`The journal ${path} cannot be opened: it is not a regular file. Choose another file.`)
  }
  // The mode is asked too, because the system lets root write to what its owner marked as read-only
  if ((stats.mode & 0o222) === 0 || !isWritable(path)) {
    throw new JournalError(
      `The journal ${path} is read-only. It was not changed. Make the file writable, or choose another file.`,
    )
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Throws unless the existing file at `path` is a journal that this version knows. Uses a read-only connection, so that what
 * is refused stays as it is. The header is not read with plain file calls: closing any handle of a file drops the locks that
 * other connections of this process hold on it (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 */
export function requireKnownFile(path: string, knownVersion: number): void {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return
  const hadLog = statSync(`${path}-wal`, { throwIfNoEntry: false }) !== undefined
  try {
    withConnection(path, { readonly: true }, (database) => {
      requireKnown(readIdentity(database), path, knownVersion)
    })
  } catch (error) {
    if (!hadLog) removeEmptyLog(path)
    throw withPath(error, path)
  }
}

/** Writes a copy of a journal that this version knows; the file is only read. @throws {JournalError} */
export function copyOf(path: string, copy: string, knownVersion: number): void {
  requireKnownFile(path, knownVersion)
  try {
    withConnection(path, { readonly: true }, (database) => {
      if (readIdentity(database).applicationId !== APPLICATION_ID) {
        throw new JournalError(`The file ${path} is empty. Choose the file of a journal.`)
      }
      database.prepare('VACUUM INTO ?').run(copy)
    })
  } catch (error) {
    throw withPath(error, path)
  }
}

/**
 * A read-only connection to a file in WAL mode leaves an empty log and its index behind. The last writing connection removes
 * them when it closes, under SQLite's own locks; with an empty log it has nothing to write.
 */
function removeEmptyLog(path: string): void {
  if (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size !== 0) return
  try {
    withConnection(path, {}, readIdentity)
  } catch {
    // What stays behind is harmless, and the refusal itself is what has to be said
  }
}

function withConnection(path: string, options: Database.Options, use: (database: Database.Database) => void): void {
  const database = new Database(path, { fileMustExist: true, timeout: 5000, ...options })
  try {
    use(database)
  } finally {
    database.close()
  }
}
