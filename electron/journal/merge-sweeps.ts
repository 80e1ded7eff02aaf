import type { Connection } from './connection.ts'
import { OTHER, type ColumnsOf } from './merge-other.ts'

/** Sweeps from a journal that is attached to another one: new ones, and runs of those that were gone on with there. */

export interface SweepToMerge {
  readonly id: number
  /** Here, when the same sweep is here already. */
  readonly knownAs: number | null
}

export interface SweepsToMerge {
  readonly sweeps: readonly SweepToMerge[]
  readonly underWay: number
}

/** A sweep has no mark of its own: it is known by what it was started with, and when. */
const SAME_SWEEP = ['started_at_ms', 'title', 'definition', 'source_sha256', 'lab_version']
  .map((column) => `ours.${column} = theirs.${column}`)
  .join(' AND ')

/** Call within a transaction. */
export function sweepsToMerge(connection: Connection): SweepsToMerge {
  const sweeps = connection.all<SweepToMerge & { readonly status: string; readonly statusHere: string | null }>(
    `SELECT theirs.id, here.id AS knownAs, theirs.status, here.status AS statusHere
      FROM ${OTHER}.sweep AS theirs LEFT JOIN main.sweep AS here
        ON here.id = (SELECT min(ours.id) FROM main.sweep AS ours WHERE ${SAME_SWEEP})
      ORDER BY theirs.id`,
  )
  const ended = sweeps.filter(({ status }) => status !== 'running')
  return {
    sweeps: ended.filter(({ id, knownAs, statusHere }) => {
      if (knownAs === null) return true
      return statusHere !== 'finished' && statusHere !== 'running' && furtherChunks(connection, id, knownAs).length > 0
    }),
    underWay: sweeps.filter(({ status, knownAs }) => status === 'running' && knownAs === null).length,
  }
}

/** Takes a sweep over with its runs, or what was made of it there and not here. Call within a write transaction. */
export function takeSweep(
  connection: Connection,
  { id, knownAs }: SweepToMerge,
  owners: ReadonlyMap<number, number>,
  columnsOf: ColumnsOf,
): void {
  if (knownAs === null) {
    const ours = copyInputs(connection, id, owners, columnsOf)
    copyChunks(connection, id, ours)
    connection.run(
      `UPDATE main.sweep SET (${ENDING}) = (SELECT ${ENDING} FROM ${OTHER}.sweep WHERE id = ?) WHERE id = ?`,
      ...[id, ours],
    )
    return
  }
  // Runs are taken by a running sweep alone, as the schema sees to
  connection.run(`UPDATE main.sweep SET status = 'running', ended_at_ms = NULL, failure = NULL WHERE id = ?`, knownAs)
  copyChunks(connection, id, knownAs)
  connection.run(
    `UPDATE main.sweep SET ended_at_ms = (SELECT ended_at_ms FROM ${OTHER}.sweep WHERE id = ?),
        status = iif(runs = (SELECT sum(runs) FROM main.sweep_chunk WHERE sweep_id = sweep.id), 'finished', 'interrupted')
      WHERE id = ?`,
    ...[id, knownAs],
  )
}

const ENDING = 'status, ended_at_ms, failure'

function copyInputs(
  connection: Connection,
  theirs: number,
  owners: ReadonlyMap<number, number>,
  columnsOf: ColumnsOf,
): number {
  const inputs = columnsOf('sweep', ['id', 'owner_id', ...ENDING.split(', ')])
  const [[ownerId] = [NaN]] = connection.rows<[number]>(`SELECT owner_id FROM ${OTHER}.sweep WHERE id = ?`, theirs)
  return connection.run(
    `INSERT INTO main.sweep (owner_id, status, ${inputs}) SELECT ?, 'running', ${inputs} FROM ${OTHER}.sweep WHERE id = ?`,
    owners.get(ownerId) ?? ownerId,
    theirs,
  ).insertedId
}

function copyChunks(connection: Connection, theirs: number, ours: number): void {
  for (const first of furtherChunks(connection, theirs, ours)) {
    for (const [table, columns] of [
      ['sweep_chunk', 'first_run, runs'],
      ['sweep_figures', 'first_run, name, data'],
    ] as const) {
      connection.run(
        `INSERT INTO main.${table} (sweep_id, ${columns})
          SELECT ?, ${columns} FROM ${OTHER}.${table} WHERE sweep_id = ? AND first_run = ?`,
        ...[ours, theirs, first],
      )
    }
  }
}

/** The first runs of the chunks there of which no run is here. */
function furtherChunks(connection: Connection, theirs: number, ours: number): readonly number[] {
  const rows = connection.rows<[first: number]>(
    `SELECT first_run FROM ${OTHER}.sweep_chunk AS there WHERE sweep_id = ? AND NOT EXISTS
      (SELECT 1 FROM main.sweep_chunk AS here WHERE here.sweep_id = ?
        AND here.first_run < there.first_run + there.runs AND here.first_run + here.runs > there.first_run)`,
    ...[theirs, ours],
  )
  return rows.map(([first]) => first)
}
