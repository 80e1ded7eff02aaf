import { BOOKMARK_NOTE_LENGTH_MAX, BOOKMARKS_MAX, type Bookmark, type NewBookmark } from '../../shared/journal.ts'
import type { Connection } from './connection.ts'
import { JournalError } from './journal-error.ts'
import { withinLength } from './limits.ts'

/** Moments of runs to come back to. Every function is called within a transaction. */

const SELECT = 'SELECT id, run_id AS runId, operation, note, made_at_ms AS madeAtMs FROM bookmark'

/** Those of some runs, in the order of their operations. */
export function readBookmarks(connection: Connection, runIds: readonly number[]): readonly Bookmark[] {
  return connection.all<Bookmark>(
    `${SELECT} WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY operation, id`,
    JSON.stringify(runIds),
  )
}

/** Keeps a moment, or gives the one that is kept already another note. @throws {JournalError} */
export function keepBookmark(connection: Connection, bookmark: NewBookmark, madeAtMs: number): Bookmark {
  const { runId, operation } = bookmark
  const note = withinLength(bookmark.note.trim(), BOOKMARK_NOTE_LENGTH_MAX, 'note of a bookmark')
  requireRun(connection, runId)
  const known = connection.get<Bookmark>(`${SELECT} WHERE run_id = ? AND operation = ?`, runId, operation)
  if (known !== undefined) {
    connection.run('UPDATE bookmark SET note = ? WHERE id = ?', note, known.id)
    return { ...known, note }
  }
  requireRoom(connection, runId)
  const id = connection.run(
    'INSERT INTO bookmark (run_id, operation, note, made_at_ms) VALUES (?, ?, ?, ?)',
    ...[runId, operation, note, madeAtMs],
  ).insertedId
  return { id, runId, operation, note, madeAtMs }
}

/** One that is gone already is passed over. */
export function deleteBookmark(connection: Connection, id: number): void {
  connection.run('DELETE FROM bookmark WHERE id = ?', id)
}

function requireRun(connection: Connection, runId: number): void {
  if (connection.get('SELECT id FROM run WHERE id = ?', runId) === undefined) {
    throw new JournalError(`There is no run ${runId} to keep a moment of.`)
  }
}

function requireRoom(connection: Connection, runId: number): void {
  const [[kept] = [0]] = connection.rows<[number]>('SELECT count(*) FROM bookmark WHERE run_id = ?', runId)
  if (kept >= BOOKMARKS_MAX) {
    throw new JournalError(
      `Run ${runId} has ${kept} bookmarks, the most there can be (BOOKMARKS_MAX). Delete one of them.`,
    )
  }
}
