import Database from 'better-sqlite3'
import { writeVerifiedBackup } from './backup.ts'
import { readIdentity, requireKnown, requireKnownFile, requireUsablePlace } from './file-identity.ts'
import { JournalError, withPath } from './journal-error.ts'
import { bringUpToDate, newestVersion, readDataVersion } from './migration.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'

/** How long a statement waits for another process's transaction; ours take milliseconds. */
const BUSY_TIMEOUT_MS = 10_000
const WAL_ATTEMPTS = 20
/** Prepared statements kept; queries of the user have SQL of their own, so there is no end to them. */
const STATEMENTS_MAX = 300

type Parameter = string | number | Uint8Array | null

/** One SQLite connection to a journal of the newest schema. Everything the journal reads and writes goes through here. */
export class Connection {
  readonly path: string
  readonly #database: Database.Database
  readonly #schemaVersion: number
  readonly #statements = new Map<string, Database.Statement>()

  private constructor(path: string, database: Database.Database, schemaVersion: number) {
    this.path = path
    this.#database = database
    this.#schemaVersion = schemaVersion
  }

  /** Opens or creates the journal at the absolute `path`. Throws JournalError, and then leaves the file as it was. */
  static open(path: string, now: () => number, migrations: readonly Migration[] = MIGRATIONS): Connection {
    requireUsablePlace(path)
    const schemaVersion = newestVersion(migrations)
    requireKnownFile(path, schemaVersion)
    let database: Database.Database | undefined
    try {
      database = new Database(path, { timeout: BUSY_TIMEOUT_MS })
      prepareFile(database, path, migrations, now)
      return new Connection(path, database, schemaVersion)
    } catch (error) {
      database?.close()
      throw withPath(error, path)
    }
  }

  /** Runs `work` on one consistent state of the journal. */
  read<Result>(work: () => Result): Result {
    return this.#transact('deferred', work)
  }

  /** Runs `work` in one transaction that holds the write lock from its start, so that it never fails half way. */
  write<Result>(work: () => Result): Result {
    return this.#transact('immediate', work)
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the columns it selects
  all<Row>(sql: string, ...parameters: readonly Parameter[]): readonly Row[] {
    return this.#prepare(sql).all(...parameters) as Row[]
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the columns it selects
  get<Row>(sql: string, ...parameters: readonly Parameter[]): Row | undefined {
    return this.#prepare(sql).get(...parameters) as Row | undefined
  }

  /** Rows as arrays of their columns, for many rows of few columns. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the columns it selects
  rows<Row>(sql: string, ...parameters: readonly Parameter[]): readonly Row[] {
    const statement = this.#database.prepare(sql)
    return statement.raw().all(...parameters) as Row[]
  }

  /** Answers with the number of rows changed and the id of the last row inserted. */
  run(sql: string, ...parameters: readonly Parameter[]): { readonly changes: number; readonly insertedId: number } {
    const { changes, lastInsertRowid } = this.#prepare(sql).run(...parameters)
    return { changes, insertedId: Number(lastInsertRowid) }
  }

  /** Makes another database known under a name of the schema's own. Not within a transaction. */
  attach(path: string, name: string): void {
    this.#database.prepare(`ATTACH DATABASE ? AS ${name}`).run(path)
  }

  detach(name: string): void {
    // Statements on the attached database keep it busy
    this.#statements.clear()
    this.#database.prepare(`DETACH DATABASE ${name}`).run()
  }

  /** Writes a proven copy of the file beside it; answers with its path. @throws {JournalError} */
  backup(nowMs: number): string {
    return writeVerifiedBackup(this.#database, this.path, nowMs)
  }

  get schemaVersion(): number {
    return this.#schemaVersion
  }

  dataVersion(): number {
    try {
      return readDataVersion(this.#database)
    } catch (error) {
      throw withPath(error, this.path)
    }
  }

  close(): void {
    this.#database.close()
  }

  get isOpen(): boolean {
    return this.#database.open
  }

  #prepare(sql: string): Database.Statement {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql)
    // Put at the end: those that were not used for longest go first
    this.#statements.delete(sql)
    this.#statements.set(sql, statement)
    const [oldest] = this.#statements.keys()
    if (this.#statements.size > STATEMENTS_MAX && oldest !== undefined) this.#statements.delete(oldest)
    return statement
  }

  #transact<Result>(kind: 'deferred' | 'immediate', work: () => Result): Result {
    if (!this.isOpen) throw new JournalError(`The journal ${this.path} is closed. Open it again.`)
    try {
      return this.#database
        .transaction(() => {
          this.#requireSameSchema()
          return work()
        })
        [kind]()
    } catch (error) {
      throw withPath(error, this.path)
    }
  }

  /** A newer lab may migrate the file while this one has it open; writing the old way would then do harm. */
  #requireSameSchema(): void {
    const found = Number(this.#database.pragma('user_version', { simple: true }))
    if (found === this.#schemaVersion) return
    throw new JournalError(
      `The journal ${this.path} was brought to schema ${found} by another version of the lab while it was open here ` +
        `(schema ${this.#schemaVersion}). Restart the lab; if it then refuses the journal, update the lab.`,
    )
  }
}

/** Settings of the connection, then the schema. */
function prepareFile(
  database: Database.Database,
  path: string,
  migrations: readonly Migration[],
  now: () => number,
): void {
  // Again, now that nobody can exchange the file unnoticed
  requireKnown(readIdentity(database), path, newestVersion(migrations))
  if (switchToWal(database) !== 'wal') {
    throw new JournalError(
      `The journal ${path} cannot be kept there: the file system does not offer what SQLite's write-ahead log needs. ` +
        `Choose a place on a local disk.`,
    )
  }
  // WAL alone syncs only at checkpoints: a power cut could take back a finished run (https://sqlite.org/pragma.html#pragma_synchronous)
  database.pragma('synchronous = FULL')
  database.pragma('trusted_schema = OFF')
  database.pragma('foreign_keys = OFF')
  bringUpToDate(database, path, migrations, now)
  database.pragma('foreign_keys = ON')
  // REPLACE deletes without asking the delete triggers unless this is on (https://sqlite.org/lang_conflict.html)
  database.pragma('recursive_triggers = ON')
}

/**
 * Answers the mode that the file then has. Two processes that make the same journal at the same moment both hold a shared
 * lock here, and SQLite then answers SQLITE_BUSY at once, whatever the timeout (https://sqlite.org/c3ref/busy_handler.html).
 * Waiting for the write lock does heed the timeout, so that is done before trying again.
 */
function switchToWal(database: Database.Database): unknown {
  for (let attempt = 1; ; attempt++) {
    try {
      return database.pragma('journal_mode = WAL', { simple: true })
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!busy || attempt === WAL_ATTEMPTS) throw error
      database.exec('BEGIN EXCLUSIVE; COMMIT')
    }
  }
}
