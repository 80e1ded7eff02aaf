import { COUNT_NAMES, type CountName, type Counts } from '../../shared/counts.ts'
import type { RunRecord, RunSummary } from '../../shared/journal.ts'
import {
  SERIES_NAMES,
  type FreeListSummary,
  type RunOutline,
  type RunResult,
  type RunSpec,
  type RunStatus,
  type Series,
} from '../../shared/run.ts'
import type { Connection } from './connection.ts'
import { readMapCounts } from './map-counts.ts'
import { unpackNumbers } from './packed-numbers.ts'
import type { Condition } from './query-sql.ts'
import { readChecks } from './run-checks.ts'
import { damaged, decodeJson, STORED } from './stored-json.ts'

/** Reads runs. Every function is called within a read transaction. */

type CountColumns = Record<CountName, number | null>

interface RunRow extends CountColumns {
  readonly id: number
  readonly experimentId: number
  readonly status: RunStatus
  readonly scenarioId: string
  readonly programTitle: string | null
  readonly parameters: string
  readonly seed: number
  readonly machineId: string
  readonly machine: string
  readonly modelId: string
  readonly customModel: string | null
  readonly labVersion: string
  readonly startedAtMs: number
  readonly blocksListed: number | null
  readonly digest: string | null
  readonly elapsedMs: number | null
  readonly failure: string | null
}

const SELECT_RUNS = `SELECT run.id, experiment_id AS experimentId, status, scenario_id AS scenarioId,
    program_title AS programTitle, parameters, seed, machine_id AS machineId, machine, model_id AS modelId,
    custom_model AS customModel, lab_version AS labVersion, started_at_ms AS startedAtMs, blocks_listed AS blocksListed, digest, elapsed_ms AS elapsedMs, failure, ${COUNT_NAMES.join(', ')}
  FROM run LEFT JOIN counts ON counts.run_id = run.id`

/** The runs of the given experiments that meet the condition, all of them without one; in their order, by experiment. */
export function readRuns(
  connection: Connection,
  experimentIds: readonly number[],
  { sql, parameters }: Condition = { sql: '1', parameters: [] },
): ReadonlyMap<number, readonly RunSummary[]> {
  const rows = connection.all<RunRow>(
    `${SELECT_RUNS} WHERE experiment_id IN (SELECT value FROM json_each(?)) AND ${sql} ORDER BY experiment_id, position`,
    JSON.stringify(experimentIds),
    ...parameters,
  )
  const summarise = runSummaries(connection)
  const byExperiment = new Map<number, RunSummary[]>()
  for (const row of rows) {
    const summary = summarise(row)
    const runs = byExperiment.get(row.experimentId)
    if (runs === undefined) byExperiment.set(row.experimentId, [summary])
    else runs.push(summary)
  }
  return byExperiment
}

/** Runs without what only their records have, in the order of the ids; ids of no run are left out. */
export function readRunSummaries(connection: Connection, ids: readonly number[]): readonly RunSummary[] {
  const rows = connection.all<RunRow>(
    `${SELECT_RUNS} WHERE run.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  )
  const byId = new Map(rows.map(runSummaries(connection)).map((run) => [run.id, run]))
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? [])
}

/** The run with everything that is stored of it; `undefined` when there is none. */
export function readRun(connection: Connection, runId: number): RunRecord | undefined {
  const row = connection.get<RunRow>(`${SELECT_RUNS} WHERE run.id = ?`, runId)
  if (row === undefined) return undefined
  return completeRun(connection, runSummaries(connection)(row))
}

/** Adds to a summary what only the record of a run has. */
export function completeRun(connection: Connection, summary: RunSummary): RunRecord {
  const row = connection.get<{ source: string; operations: number | null; liveBlocksMax: number | null }>(
    `SELECT text AS source, operations, live_blocks_max AS liveBlocksMax
      FROM run JOIN scenario_source ON sha256 = source_sha256 WHERE id = ?`,
    summary.id,
  )
  if (row === undefined) throw damaged(where(connection, 'the source', summary.id), 'it is missing', undefined)
  const { source, operations, liveBlocksMax } = row
  const { counts, digest, elapsedMs } = summary
  const record = { ...summary, spec: withSource(summary.spec, source), source }
  if (operations === null || liveBlocksMax === null) return record
  if (counts === undefined || digest === undefined || elapsedMs === undefined) return record
  const result: RunResult = {
    counts,
    operations,
    liveBlocksMax,
    freeLists: readFreeLists(connection, summary.id),
    series: readSeries(connection, summary.id),
    ...readMapCounts(connection, summary.id, `run ${summary.id} in the journal ${connection.path}`),
    digest,
    elapsedMs,
  }
  const checks = readChecks(connection, summary.id)
  return { ...record, result, ...(checks.length > 0 && { checks }) }
}

function withSource({ program, ...spec }: RunOutline, source: string): RunSpec {
  return program === undefined ? spec : { ...spec, program: { ...program, source } }
}

/**
 * Makes summaries of rows. The runs of a list share few machines and parameter sets, so equal texts are decoded and checked
 * once: three quarters of the time of a long list otherwise.
 */
function runSummaries(connection: Connection): (row: RunRow) => RunSummary {
  const decodedOnce = <Value>(decode: (text: string, runId: number) => Value) => {
    const known = new Map<string, Value>()
    return (text: string, runId: number): Value => {
      let value = known.get(text)
      if (value === undefined) known.set(text, (value = decode(text, runId)))
      return value
    }
  }
  const machineOf = decodedOnce((text, runId) =>
    decodeJson(STORED.machine, text, where(connection, 'the machine', runId)),
  )
  const parametersOf = decodedOnce((text, runId) =>
    decodeJson(STORED.parameters, text, where(connection, 'the parameters', runId)),
  )
  const customOf = decodedOnce((text, runId) =>
    decodeJson(STORED.customModel, text, where(connection, 'the custom model', runId)),
  )
  return (row) => ({
    id: row.id,
    experimentId: row.experimentId,
    spec: {
      scenarioId: row.scenarioId,
      ...(row.programTitle !== null && { program: { title: row.programTitle } }),
      parameters: parametersOf(row.parameters, row.id),
      seed: row.seed,
      machineId: row.machineId,
      machine: machineOf(row.machine, row.id),
      modelId: row.modelId,
      ...(row.customModel !== null && { custom: customOf(row.customModel, row.id) }),
    },
    status: row.status,
    startedAtMs: row.startedAtMs,
    labVersion: row.labVersion,
    ...(row.status === 'finished' ? finishedPart(connection, row) : {}),
    ...(row.failure === null ? {} : { failure: row.failure }),
  })
}

function finishedPart(
  connection: Connection,
  row: RunRow,
): Required<Pick<RunSummary, 'counts' | 'blocksListed' | 'digest' | 'elapsedMs'>> {
  const { blocksListed, digest, elapsedMs } = row
  const counts = {} as Record<CountName, number>
  for (const name of COUNT_NAMES) {
    const value = row[name]
    if (value === null) throw damaged(where(connection, 'the counts', row.id), `${name} is missing`, undefined)
    counts[name] = value
  }
  if (blocksListed === null || digest === null || elapsedMs === null) {
    throw damaged(where(connection, 'the result', row.id), 'a part is missing', undefined)
  }
  return { counts: counts satisfies Counts, blocksListed, digest, elapsedMs }
}

function readSeries(connection: Connection, runId: number): readonly Series[] {
  const rows = connection.all<{ name: string; operationsPerPoint: number; points: number; data: Uint8Array }>(
    'SELECT name, operations_per_point AS operationsPerPoint, points, data FROM series WHERE run_id = ? ORDER BY rowid',
    runId,
  )
  return rows.flatMap(({ name, operationsPerPoint, points, data }) => {
    // A series that a later version samples on the same schema is not shown by this one
    const known = SERIES_NAMES.find((seriesName) => seriesName === name)
    if (known === undefined) return []
    const numbers = unpack(data, points * 3, where(connection, `the series ${name}`, runId))
    return {
      name: known,
      operationsPerPoint,
      min: numbers.slice(0, points),
      max: numbers.slice(points, 2 * points),
      last: numbers.slice(2 * points),
    }
  })
}

function readFreeLists(connection: Connection, runId: number): readonly FreeListSummary[] {
  const rows = connection.all<{
    cpu: number
    length: number
    head: string
    tail: string
    columns: number
    freeSlotsMax: Uint8Array
  }>(
    'SELECT cpu, length, head, tail, columns, free_slots_max AS freeSlotsMax FROM free_list WHERE run_id = ? ORDER BY rowid',
    runId,
  )
  return rows.map(({ cpu, length, head, tail, columns, freeSlotsMax }) => {
    const place = where(connection, `the free list of CPU ${cpu}`, runId)
    return {
      cpu,
      length,
      head: decodeJson(STORED.listedBlocks, head, place),
      tail: decodeJson(STORED.listedBlocks, tail, place),
      freeSlotsMax: unpack(freeSlotsMax, columns, place),
    }
  })
}

function unpack(data: Uint8Array, count: number, place: string): readonly number[] {
  try {
    return unpackNumbers(data, count)
  } catch (cause) {
    throw damaged(place, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function where(connection: Connection, what: string, runId: number): string {
  return `${what} of run ${runId} in the journal ${connection.path}`
}
