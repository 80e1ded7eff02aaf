import { createHash } from 'node:crypto'
import { COUNT_NAMES } from '../../shared/counts.ts'
import type { NewRun } from '../../shared/journal.ts'
import {
  blocksListed,
  FREE_LIST_COLUMNS_MAX,
  SERIES_POINTS_MAX,
  type FreeListSummary,
  type RunResult,
  type RunStatus,
  type Series,
} from '../../shared/run.ts'
import type { Connection } from './connection.ts'
import { acceptedSource, FAILURE_LENGTH_MAX } from './limits.ts'
import { recordMapCounts } from './map-counts.ts'
import { packNumbers } from './packed-numbers.ts'
import { encodeJson, STORED } from './stored-json.ts'

/** Writes runs. Every function is called within a write transaction. */

export interface RunPlace {
  readonly experimentId: number
  readonly position: number
  readonly ownerId: number
  readonly labVersion: string
  readonly startedAtMs: number
}

/** Records a run as running; answers with its id. */
export function recordRun(connection: Connection, { spec, source }: NewRun, place: RunPlace): number {
  return connection.run(
    `INSERT INTO run (experiment_id, position, status, scenario_id, parameters, seed, machine_id, machine, model_id,
        custom_model, source_sha256, lab_version, owner_id, started_at_ms)
      VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    place.experimentId,
    place.position,
    spec.scenarioId,
    encodeJson(STORED.parameters, spec.parameters, 'parameters'),
    spec.seed,
    spec.machineId,
    encodeJson(STORED.machine, spec.machine, 'machine'),
    spec.modelId,
    spec.custom === undefined ? null : encodeJson(STORED.customModel, spec.custom, 'custom model'),
    recordSource(connection, acceptedSource(source)),
    place.labVersion,
    place.ownerId,
    place.startedAtMs,
  ).insertedId
}

function recordSource(connection: Connection, source: string): string {
  const sha256 = createHash('sha256').update(source, 'utf8').digest('hex')
  connection.run('INSERT INTO scenario_source (sha256, text) VALUES (?, ?) ON CONFLICT DO NOTHING', sha256, source)
  return sha256
}

export function recordResult(connection: Connection, runId: number, result: RunResult, endedAtMs: number): void {
  requireRunning(connection, runId)
  connection.run(
    `INSERT INTO counts (run_id, ${COUNT_NAMES.join(', ')}) VALUES (?${', ?'.repeat(COUNT_NAMES.length)})`,
    runId,
    ...COUNT_NAMES.map((name) => result.counts[name]),
  )
  for (const series of result.series) recordSeries(connection, runId, series)
  for (const list of result.freeLists) recordFreeList(connection, runId, list)
  recordMapCounts(connection, runId, result)
  connection.run(
    `UPDATE run SET status = 'finished', ended_at_ms = ?, operations = ?, live_blocks_max = ?, blocks_listed = ?, digest = ?,
        elapsed_ms = ? WHERE id = ?`,
    endedAtMs,
    result.operations,
    result.liveBlocksMax,
    blocksListed(result),
    result.digest,
    result.elapsedMs,
    runId,
  )
}

function recordSeries(connection: Connection, runId: number, series: Series): void {
  const { name, operationsPerPoint, min, max, last } = series
  const points = min.length
  if (points > SERIES_POINTS_MAX) {
    throw new RangeError(
      `Series ${name} has ${points} points; at most ${SERIES_POINTS_MAX} are kept (SERIES_POINTS_MAX)`,
    )
  }
  if (max.length !== points || last.length !== points) {
    throw new RangeError(`Series ${name} has ${points} min, ${max.length} max and ${last.length} last values`)
  }
  connection.run(
    'INSERT INTO series (run_id, name, operations_per_point, points, data) VALUES (?, ?, ?, ?, ?)',
    runId,
    name,
    operationsPerPoint,
    points,
    packNumbers([...min, ...max, ...last]),
  )
}

function recordFreeList(connection: Connection, runId: number, list: FreeListSummary): void {
  const columns = list.freeSlotsMax.length
  if (columns > FREE_LIST_COLUMNS_MAX) {
    throw new RangeError(
      `The free list of CPU ${list.cpu} has ${columns} columns; at most ${FREE_LIST_COLUMNS_MAX} are kept (FREE_LIST_COLUMNS_MAX)`,
    )
  }
  connection.run(
    'INSERT INTO free_list (run_id, cpu, length, head, tail, columns, free_slots_max) VALUES (?, ?, ?, ?, ?, ?, ?)',
    runId,
    list.cpu,
    list.length,
    encodeJson(STORED.listedBlocks, list.head, 'head of the free list'),
    encodeJson(STORED.listedBlocks, list.tail, 'tail of the free list'),
    columns,
    packNumbers(list.freeSlotsMax),
  )
}

/** Ends a run without a result. */
export function recordEnd(
  connection: Connection,
  runId: number,
  status: Extract<RunStatus, 'cancelled' | 'failed'>,
  endedAtMs: number,
  failure?: string,
): void {
  requireRunning(connection, runId)
  connection.run(
    'UPDATE run SET status = ?, ended_at_ms = ?, failure = ? WHERE id = ?',
    status,
    endedAtMs,
    failure === undefined ? null : failure.slice(0, FAILURE_LENGTH_MAX) || 'No reason was given.',
    runId,
  )
}

/** Interrupts those of the runs that have not ended, here or through another connection. */
export function interruptRuns(connection: Connection, runIds: readonly number[], endedAtMs: number): void {
  for (const id of runIds) {
    connection.run(
      `UPDATE run SET status = 'interrupted', ended_at_ms = ? WHERE id = ? AND status = 'running'`,
      endedAtMs,
      id,
    )
  }
}

function requireRunning(connection: Connection, runId: number): void {
  const run = connection.get<{ status: RunStatus }>('SELECT status FROM run WHERE id = ?', runId)
  if (run === undefined) throw new Error(`There is no run ${runId} in the journal ${connection.path}`)
  if (run.status !== 'running') throw new Error(`Run ${runId} is ${run.status}, not running, and no longer changes`)
}
