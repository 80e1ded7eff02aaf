import Database from 'better-sqlite3'

/** What the journal refuses or cannot do: what happened, where, and what to do next. Fit to be shown to the user as it is. */
export class JournalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'JournalError'
  }
}

/**
 * The reason and next step for what SQLite reports about the file or its surroundings (https://sqlite.org/rescode.html);
 * `undefined` for codes that only a defect in this program can cause, which are left as they are.
 */
function fileProblem(code: string): string | undefined {
  const [, primary = ''] = /^(SQLITE_[A-Z]+)/.exec(code) ?? []
  switch (primary) {
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return 'another program keeps it locked. Wait for that program, or close it, and try again'
    case 'SQLITE_CORRUPT':
      return 'its content is damaged. Close the lab and restore the file from a backup'
    case 'SQLITE_NOTADB':
      return 'it is not an SQLite database. Choose another file'
    case 'SQLITE_FULL':
      return 'the disk is full. Free some space and try again'
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
    case 'SQLITE_AUTH':
      return 'it cannot be written. Make the file and its folder writable, or choose another file'
    case 'SQLITE_CANTOPEN':
      return 'it cannot be opened. Check that its folder exists and is writable'
    case 'SQLITE_IOERR':
    case 'SQLITE_PROTOCOL':
      return 'reading or writing failed. Check the disk and the permissions of its folder'
    default:
      return undefined
  }
}

/** Turns an SQLite error that concerns the file into a JournalError; every other error is returned unchanged. */
export function withPath(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const problem = fileProblem(error.code)
  if (problem === undefined) return error
  return new JournalError(`The journal ${path} cannot be used: ${problem} (${error.code}: ${error.message}).`, {
    cause: error,
  })
}
