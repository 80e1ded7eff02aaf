import type { ExperimentReference } from '../../shared/journal.ts'
import { linksOf, type NoteLink } from '../../shared/note/markdown.ts'
import type { Connection } from './connection.ts'

/** Links between experiments: the notes name runs (#12) and titles ([[Title]]). Called within a read transaction. */

/** The experiment that a title in a note means: the newest of that title, whatever its case, out of the trash first. */
export function findTitled(connection: Connection, title: string): number | undefined {
  return connection.get<{ id: number }>(
    `SELECT id FROM experiment WHERE title = ? COLLATE NOCASE
      ORDER BY trashed_at_ms IS NOT NULL, id DESC LIMIT 1`,
    title.trim(),
  )?.id
}

/** The other experiments whose notes name this one or one of its runs, newest first. */
export function readBacklinks(
  connection: Connection,
  experiment: { readonly id: number; readonly title: string },
): readonly ExperimentReference[] {
  const runIds = new Set(
    connection.rows<[number]>('SELECT id FROM run WHERE experiment_id = ?', experiment.id).map(([id]) => id),
  )
  const notes = connection.all<ExperimentReference & { readonly text: string }>(
    `SELECT experiment.id, title, text FROM experiment JOIN note ON experiment_id = experiment.id
      WHERE experiment.id <> ? AND trashed_at_ms IS NULL
        AND (instr(text, '#') > 0 OR instr(text, '[[') > 0)
        AND version = (SELECT max(version) FROM note AS newest WHERE newest.experiment_id = experiment.id)
      ORDER BY experiment.id DESC`,
    experiment.id,
  )
  const title = experiment.title.toLowerCase()
  const names = (link: NoteLink): boolean =>
    (link.kind === 'run' && runIds.has(link.runId)) ||
    (link.kind === 'experiment' && link.title.toLowerCase() === title)
  return notes.filter(({ text }) => linksOf(text).some(names)).map(({ id, title: named }) => ({ id, title: named }))
}
