import type { ExperimentMarks, MarksChange, TrashContents } from '../../shared/journal.ts'
import { MARKED_MAX, TRASH_TITLES_MAX } from '../../shared/journal.ts'
import { setTags } from './annotations.ts'
import type { Connection } from './connection.ts'
import { JournalError } from './journal-error.ts'

/** Stars, tags, archive and trash of many experiments at once. Every function is called within a write transaction. */

interface MarksRow {
  readonly id: number
  readonly title: string
  readonly starred: number
  readonly archivedAtMs: number | null
  readonly trashedAtMs: number | null
  readonly tags: string
}

/** Changes the marks of those of the experiments that exist, all or none; answers with what they were. @throws {JournalError} */
export function changeMarks(
  connection: Connection,
  experimentIds: readonly number[],
  change: MarksChange,
  nowMs: number,
): readonly ExperimentMarks[] {
  if (experimentIds.length > MARKED_MAX) {
    throw new JournalError(
      `At most ${MARKED_MAX} experiments are changed at once (MARKED_MAX); these are ${experimentIds.length}. Select fewer.`,
    )
  }
  if (change.trashed === true) requireNoneRunning(connection, experimentIds)
  const rows = readMarks(connection, experimentIds)
  for (const { title, marks: before } of rows) {
    const stamp = (wanted: boolean | undefined, since: number | undefined): number | undefined =>
      wanted === undefined ? since : wanted ? (since ?? nowMs) : undefined
    const archivedAtMs = stamp(change.archived, before.archivedAtMs)
    const trashedAtMs = stamp(change.trashed, before.trashedAtMs)
    writeMarks(connection, {
      id: before.id,
      starred: change.starred ?? before.starred,
      ...(archivedAtMs !== undefined && { archivedAtMs }),
      ...(trashedAtMs !== undefined && { trashedAtMs }),
    })
    const tags = changedTags(before.tags, change)
    if (tags === before.tags) continue
    try {
      setTags(connection, before.id, tags, nowMs)
    } catch (error) {
      if (!(error instanceof JournalError)) throw error
      throw new JournalError(`"${title}" cannot be tagged, so nothing was changed: ${error.message}`, { cause: error })
    }
  }
  return rows.map((row) => row.marks)
}

/** Brings back what `changeMarks` answered with; experiments that no longer exist are passed over. */
export function restoreMarks(connection: Connection, marks: readonly ExperimentMarks[], nowMs: number): void {
  const now = new Map(
    readMarks(
      connection,
      marks.map(({ id }) => id),
    ).map(({ marks: current }) => [current.id, current]),
  )
  for (const before of marks) {
    const current = now.get(before.id)
    if (current === undefined) continue
    writeMarks(connection, before)
    if (current.tags.join('\n') !== before.tags.join('\n')) setTags(connection, before.id, before.tags, nowMs)
  }
}

export function readTrash(connection: Connection): TrashContents {
  const titles = connection.rows<[string]>(
    'SELECT title FROM experiment WHERE trashed_at_ms IS NOT NULL ORDER BY id DESC LIMIT ?',
    TRASH_TITLES_MAX,
  )
  const [counts] = connection.rows<[number, number]>(
    `SELECT count(DISTINCT experiment.id), count(run.id) FROM experiment LEFT JOIN run ON experiment_id = experiment.id
      WHERE trashed_at_ms IS NOT NULL`,
  )
  const [experiments, runs] = counts ?? [0, 0]
  return { experiments, runs, titles: titles.map(([title]) => title) }
}

/** Deletes up to `limit` experiments of the trash, for ever. Answers with their number. */
export function emptyTrash(connection: Connection, limit: number): number {
  return connection.run(
    'DELETE FROM experiment WHERE id IN (SELECT id FROM experiment WHERE trashed_at_ms IS NOT NULL LIMIT ?)',
    limit,
  ).changes
}

function readMarks(
  connection: Connection,
  experimentIds: readonly number[],
): readonly { readonly title: string; readonly marks: ExperimentMarks }[] {
  const rows = connection.all<MarksRow>(
    `SELECT id, title, starred, archived_at_ms AS archivedAtMs, trashed_at_ms AS trashedAtMs,
        (SELECT json_group_array(name) FROM
          (SELECT name FROM tag WHERE experiment_id = experiment.id AND removed_at_ms IS NULL ORDER BY rowid)) AS tags
      FROM experiment WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(experimentIds),
  )
  return rows.map(({ id, title, starred, archivedAtMs, trashedAtMs, tags }) => ({
    title,
    marks: {
      id,
      starred: starred === 1,
      ...(archivedAtMs !== null && { archivedAtMs }),
      ...(trashedAtMs !== null && { trashedAtMs }),
      // Made by SQLite in this very statement
      tags: JSON.parse(tags) as string[],
    },
  }))
}

function writeMarks(
  connection: Connection,
  { id, starred, archivedAtMs, trashedAtMs }: Omit<ExperimentMarks, 'tags'>,
): void {
  connection.run(
    'UPDATE experiment SET starred = ?, archived_at_ms = ?, trashed_at_ms = ? WHERE id = ?',
    starred ? 1 : 0,
    archivedAtMs ?? null,
    trashedAtMs ?? null,
    id,
  )
}

/** The same array when nothing changes. */
function changedTags(tags: readonly string[], { addTag, removeTag }: MarksChange): readonly string[] {
  const has = (tag: string): boolean => tags.some((known) => known.toLowerCase() === tag.trim().toLowerCase())
  const kept =
    removeTag !== undefined && has(removeTag)
      ? tags.filter((tag) => tag.toLowerCase() !== removeTag.trim().toLowerCase())
      : tags
  return addTag !== undefined && !has(addTag) ? [...kept, addTag] : kept
}

/** What is under way would lose its place to be recorded. */
function requireNoneRunning(connection: Connection, experimentIds: readonly number[]): void {
  const running = connection.get<{ title: string }>(
    `SELECT title FROM experiment WHERE id IN (SELECT value FROM json_each(?))
      AND id IN (SELECT experiment_id FROM run WHERE status = 'running') LIMIT 1`,
    JSON.stringify(experimentIds),
  )
  if (running === undefined) return
  throw new JournalError(
    `"${running.title}" is under way and cannot be put into the trash. Cancel it or wait until it ends, then try again.`,
  )
}
