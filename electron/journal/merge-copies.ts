import { withRunNumbers } from '../../shared/note/markdown.ts'
import type { Connection } from './connection.ts'

/** Copies the parts of experiments from a journal that is attached to another one. Every function is called within a write transaction. */

/** The schema's name of the attached journal. */
export const OTHER = 'other'

/** Tables whose rows belong to a run, by its id. */
const PARTS_OF_RUN = [
  'counts',
  'series',
  'free_list',
  'visited_nodes',
  'request_orders',
  'run_check',
  'bookmark',
] as const

/** An experiment with its runs and tags; answers with its number here. */
export function copyExperiment(
  connection: Connection,
  theirs: number,
  { owners, columnsOf }: Pick<RunsToCopy, 'owners' | 'columnsOf'>,
  runIds: Map<number, number>,
): number {
  const columns = columnsOf('experiment', ['id'])
  const ours = connection.run(
    `INSERT INTO main.experiment (${columns}) SELECT ${columns} FROM ${OTHER}.experiment WHERE id = ?`,
    theirs,
  ).insertedId
  copyRuns(connection, { theirs, ours, owners, columnsOf }, runIds)
  const tags = columnsOf('tag', ['experiment_id'])
  connection.run(
    `INSERT INTO main.tag (experiment_id, ${tags}) SELECT ?, ${tags} FROM ${OTHER}.tag WHERE experiment_id = ? ORDER BY rowid`,
    ours,
    theirs,
  )
  return ours
}

export interface RunsToCopy {
  /** The experiment there and here. */
  readonly theirs: number
  readonly ours: number
  /** Owners of runs there and here. */
  readonly owners: ReadonlyMap<number, number>
  readonly columnsOf: ColumnsOf
}

/** A run is recorded as running, gets its parts, and only then its end: the triggers of the schema see to that. */
function copyRuns(
  connection: Connection,
  { theirs, ours, owners, columnsOf }: RunsToCopy,
  runIds: Map<number, number>,
): void {
  const ending = [
    'status',
    'ended_at_ms',
    'operations',
    'live_blocks_max',
    'blocks_listed',
    'digest',
    'elapsed_ms',
    'failure',
  ]
  const inputs = columnsOf('run', ['id', 'experiment_id', 'owner_id', ...ending])
  const runs = connection.rows<[id: number, ownerId: number]>(
    `SELECT id, owner_id FROM ${OTHER}.run WHERE experiment_id = ? ORDER BY position`,
    theirs,
  )
  for (const [id, ownerId] of runs) {
    const runId = connection.run(
      `INSERT INTO main.run (experiment_id, owner_id, status, ${inputs})
        SELECT ?, ?, 'running', ${inputs} FROM ${OTHER}.run WHERE id = ?`,
      ours,
      owners.get(ownerId) ?? ownerId,
      id,
    ).insertedId
    runIds.set(id, runId)
    for (const table of PARTS_OF_RUN) {
      const columns = columnsOf(table, ['id', 'run_id'])
      connection.run(
        `INSERT INTO main.${table} (run_id, ${columns}) SELECT ?, ${columns} FROM ${OTHER}.${table} WHERE run_id = ? ORDER BY rowid`,
        runId,
        id,
      )
    }
    connection.run(
      `UPDATE main.run SET (${ending.join(', ')}) = (SELECT ${ending.join(', ')} FROM ${OTHER}.run WHERE id = ?) WHERE id = ?`,
      id,
      runId,
    )
  }
}

/** All versions, closed to further editing, with the numbers that the runs have here. */
export function copyNotes(
  connection: Connection,
  theirs: number,
  ours: number,
  runIds: ReadonlyMap<number, number>,
): void {
  const notes = connection.all<{ version: number; text: string; writtenAtMs: number }>(
    `SELECT version, text, written_at_ms AS writtenAtMs FROM ${OTHER}.note WHERE experiment_id = ? ORDER BY version`,
    theirs,
  )
  for (const { version, text, writtenAtMs } of notes) {
    connection.run(
      'INSERT INTO main.note (experiment_id, version, text, written_at_ms) VALUES (?, ?, ?, ?)',
      ours,
      version,
      withRunNumbers(text, runIds),
      writtenAtMs,
    )
  }
}

export function copiedOwners(connection: Connection, columnsOf: ColumnsOf): ReadonlyMap<number, number> {
  const columns = columnsOf('owner', ['id'])
  const ids = connection.rows<[number]>(`SELECT id FROM ${OTHER}.owner`)
  return new Map(
    ids.map(([id]) => [
      id,
      connection.run(`INSERT INTO main.owner (${columns}) SELECT ${columns} FROM ${OTHER}.owner WHERE id = ?`, id)
        .insertedId,
    ]),
  )
}

export function mapRuns(connection: Connection, theirs: number, ours: number, runIds: Map<number, number>): void {
  const pairs = connection.rows<[theirs: number, ours: number]>(
    `SELECT there.id, here.id FROM ${OTHER}.run AS there JOIN main.run AS here ON here.position = there.position
      WHERE there.experiment_id = ? AND here.experiment_id = ?`,
    theirs,
    ours,
  )
  for (const [there, here] of pairs) runIds.set(there, here)
}

/** Answers the columns of a table of the schema, a later version's among them, without some; each question is asked once. */
type ColumnsOf = (table: string, without: readonly string[]) => string

export function columnReader(connection: Connection): ColumnsOf {
  const known = new Map<string, string>()
  return (table, without) => {
    const remembered = known.get(table)
    if (remembered !== undefined) return remembered
    const columns = connection
      .rows<[string]>('SELECT name FROM pragma_table_info(?)', table)
      .map(([name]) => name)
      .filter((name) => !without.includes(name))
      .join(', ')
    known.set(table, columns)
    return columns
  }
}
