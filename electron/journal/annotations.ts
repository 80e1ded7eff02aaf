import type { Connection } from './connection.ts'
import { JournalError } from './journal-error.ts'
import { acceptedNote, acceptedTags, acceptedTitle } from './limits.ts'
import { indexExperiment } from './search.ts'

/** What the user adds to an experiment afterwards. Every function is called within a write transaction. */

export function renameExperiment(connection: Connection, experimentId: number, title: string): void {
  const accepted = acceptedTitle(title)
  requireExperiment(connection, experimentId)
  connection.run('UPDATE experiment SET title = ? WHERE id = ?', accepted, experimentId)
  indexExperiment(connection, experimentId)
}

/**
 * Adds a version of the note, unless it says what the newest one says. What is written in one stretch of editing is one
 * version: it takes the place of the newest one while that is of the same stretch.
 */
export function writeNote(
  connection: Connection,
  experimentId: number,
  { text, stretch }: { readonly text: string; readonly stretch?: string | undefined },
  nowMs: number,
): void {
  const accepted = acceptedNote(text)
  requireExperiment(connection, experimentId)
  const newest = connection.get<{ version: number; text: string; stretch: string | null }>(
    'SELECT version, text, stretch FROM note WHERE experiment_id = ? ORDER BY version DESC LIMIT 1',
    experimentId,
  ) ?? { version: 0, text: '', stretch: null }
  if (newest.text === accepted) return
  if (stretch !== undefined && newest.stretch === stretch) {
    connection.run(
      'UPDATE note SET text = ?, written_at_ms = ? WHERE experiment_id = ? AND version = ?',
      accepted,
      nowMs,
      experimentId,
      newest.version,
    )
  } else {
    connection.run(
      'INSERT INTO note (experiment_id, version, text, written_at_ms, stretch) VALUES (?, ?, ?, ?, ?)',
      experimentId,
      newest.version + 1,
      accepted,
      nowMs,
      stretch ?? null,
    )
  }
  indexExperiment(connection, experimentId)
}

/** Replaces the tags: new ones are added after those that stay, missing ones are stamped as removed. */
export function setTags(connection: Connection, experimentId: number, tags: readonly string[], nowMs: number): void {
  const accepted = acceptedTags(tags)
  requireExperiment(connection, experimentId)
  const current = connection.all<{ name: string }>(
    'SELECT name FROM tag WHERE experiment_id = ? AND removed_at_ms IS NULL',
    experimentId,
  )
  const before = new Set(current.map((tag) => tag.name))
  for (const name of before) {
    if (accepted.includes(name)) continue
    connection.run(
      'UPDATE tag SET removed_at_ms = ? WHERE experiment_id = ? AND name = ? AND removed_at_ms IS NULL',
      nowMs,
      experimentId,
      name,
    )
  }
  for (const name of accepted) {
    if (before.has(name)) continue
    connection.run('INSERT INTO tag (experiment_id, name, added_at_ms) VALUES (?, ?, ?)', experimentId, name, nowMs)
  }
  indexExperiment(connection, experimentId)
}

export function setStarred(connection: Connection, experimentId: number, starred: boolean): void {
  requireExperiment(connection, experimentId)
  connection.run('UPDATE experiment SET starred = ? WHERE id = ?', starred ? 1 : 0, experimentId)
}

function requireExperiment(connection: Connection, experimentId: number): void {
  if (connection.get('SELECT 1 FROM experiment WHERE id = ?', experimentId) !== undefined) return
  throw new JournalError(
    `There is no experiment ${experimentId} in the journal ${connection.path}. Look at the list of experiments.`,
  )
}
