import { withRunNumbers } from '../../shared/note/markdown.ts'
import type { Connection } from './connection.ts'
import { OTHER, type ColumnsOf } from './merge-other.ts'

/** Copies experiments and runs from a journal that is attached to another one. What copies is called within a write transaction. */

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
  const runs = connection.all<RunToCopy>(`${RUNS_THERE} ORDER BY position`, theirs)
  copyRuns(connection, runs, { ours, owners, columnsOf }, runIds)
  const tags = columnsOf('tag', ['experiment_id'])
  connection.run(
    `INSERT INTO main.tag (experiment_id, ${tags}) SELECT ?, ${tags} FROM ${OTHER}.tag WHERE experiment_id = ? ORDER BY rowid`,
    ours,
    theirs,
  )
  return ours
}

/** Runs that were added to an experiment there, and are not in the same one here. */
export function copyFurtherRuns(
  connection: Connection,
  theirs: number,
  where: RunsToCopy,
  runIds: Map<number, number>,
): void {
  const [[behind] = [0]] = connection.rows<[number]>(
    'SELECT max(position) + 1 FROM main.run WHERE experiment_id = ?',
    where.ours,
  )
  const further = connection.all<Omit<RunToCopy, 'position'>>(
    `${RUNS_THERE} AND ${isFurther(where.columnsOf)} ORDER BY position`,
    ...[theirs, where.ours],
  )
  const runs = further.map((run, i) => ({ ...run, position: behind + i }))
  copyRuns(connection, runs, where, runIds)
}

/** How many of them there are. Call within a transaction. */
export function countFurtherRuns(connection: Connection, theirs: number, ours: number, columnsOf: ColumnsOf): number {
  const [[further] = [0]] = connection.rows<[number]>(
    `SELECT count(*) FROM ${OTHER}.run AS there WHERE experiment_id = ? AND ${isFurther(columnsOf)}`,
    ...[theirs, ours],
  )
  return further
}

const RUNS_THERE = `SELECT id, position, owner_id AS ownerId FROM ${OTHER}.run AS there WHERE experiment_id = ?`

/** That a run there has ended and is not in an experiment here, which is bound to it. */
function isFurther(columnsOf: ColumnsOf): string {
  return `there.status <> 'running' AND NOT EXISTS
    (SELECT 1 FROM main.run AS here WHERE here.experiment_id = ? AND ${sameRun(columnsOf)})`
}

/** A run has no mark of its own: it is known by what it was started with, when, and by its end. */
function sameRun(columnsOf: ColumnsOf): string {
  const columns = columnsOf('run', ['id', 'experiment_id', 'position', 'owner_id']).split(', ')
  return columns.map((column) => `here.${column} IS there.${column}`).join(' AND ')
}

interface RunToCopy {
  /** There. */
  readonly id: number
  readonly ownerId: number
  /** Here. */
  readonly position: number
}

export interface RunsToCopy {
  /** The experiment here. */
  readonly ours: number
  /** Owners of runs there and here. */
  readonly owners: ReadonlyMap<number, number>
  readonly columnsOf: ColumnsOf
}

/** A run is recorded as running, gets its parts, and only then its end: the triggers of the schema see to that. */
function copyRuns(
  connection: Connection,
  runs: readonly RunToCopy[],
  { ours, owners, columnsOf }: RunsToCopy,
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
  const inputs = columnsOf('run', ['id', 'experiment_id', 'position', 'owner_id', ...ending])
  for (const { id, position, ownerId } of runs) {
    const runId = connection.run(
      `INSERT INTO main.run (experiment_id, position, owner_id, status, ${inputs})
        SELECT ?, ?, ?, 'running', ${inputs} FROM ${OTHER}.run WHERE id = ?`,
      ours,
      position,
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

/** Puts the numbers down that the runs of an experiment have here, as far as they are here. */
export function mapRuns(
  connection: Connection,
  theirs: number,
  { ours, columnsOf }: Pick<RunsToCopy, 'ours' | 'columnsOf'>,
  runIds: Map<number, number>,
): void {
  const pairs = connection.rows<[theirs: number, ours: number]>(
    `SELECT there.id, here.id FROM ${OTHER}.run AS there JOIN main.run AS here ON ${sameRun(columnsOf)}
      WHERE there.experiment_id = ? AND here.experiment_id = ?`,
    theirs,
    ours,
  )
  for (const [there, here] of pairs) runIds.set(there, here)
}
