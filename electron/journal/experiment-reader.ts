import type {
  ExperimentRecord,
  ExperimentSummary,
  JournalQuery,
  JournalTotals,
  NoteVersion,
} from '../../shared/journal.ts'
import type { Connection } from './connection.ts'
import { LIST_LENGTH_MAX } from './limits.ts'
import { completeRun, readRuns } from './run-reader.ts'
import { findExperiments, matchExpression } from './search.ts'

/** Reads experiments. Every function is called within a read transaction. */

interface ExperimentRow {
  readonly id: number
  readonly title: string
  readonly question: string
  readonly createdAtMs: number
  readonly starred: number
}

const SELECT_EXPERIMENTS = 'SELECT id, title, question, created_at_ms AS createdAtMs, starred FROM experiment'

/** Newest first, in three queries whatever the number of experiments. */
export function readExperiments(connection: Connection, query: JournalQuery): readonly ExperimentSummary[] {
  const { search, limit } = query
  if (!Number.isInteger(limit) || limit < 0) throw new RangeError(`A list takes 0 or more experiments, not ${limit}`)
  const limitUsed = Math.min(limit, LIST_LENGTH_MAX)
  const expression = matchExpression(search)
  if (expression === undefined) {
    return summarise(connection, connection.all(`${SELECT_EXPERIMENTS} ORDER BY id DESC LIMIT ?`, limitUsed))
  }
  const hits = findExperiments(connection, expression, limitUsed)
  const excerpts = new Map(hits.map((hit) => [hit.experimentId, hit.excerpt]))
  const rows = connection.all<ExperimentRow>(
    `${SELECT_EXPERIMENTS} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC`,
    JSON.stringify([...excerpts.keys()]),
  )
  return summarise(connection, rows).map((summary) => {
    const excerpt = excerpts.get(summary.id)
    return excerpt === undefined ? summary : { ...summary, excerpt }
  })
}

export function readExperiment(connection: Connection, experimentId: number): ExperimentRecord | undefined {
  const rows = connection.all<ExperimentRow>(`${SELECT_EXPERIMENTS} WHERE id = ?`, experimentId)
  const [summary] = summarise(connection, rows)
  if (summary === undefined) return undefined
  const note = connection.all<NoteVersion>(
    'SELECT text, written_at_ms AS writtenAtMs FROM note WHERE experiment_id = ? ORDER BY version DESC',
    experimentId,
  )
  return { ...summary, note, records: summary.runs.map((run) => completeRun(connection, run)) }
}

export function readTotals(connection: Connection): JournalTotals {
  const totals = connection.get<JournalTotals>(
    'SELECT (SELECT count(*) FROM experiment) AS experiments, (SELECT count(*) FROM run) AS runs',
  )
  return totals ?? { experiments: 0, runs: 0 }
}

function summarise(connection: Connection, rows: readonly ExperimentRow[]): readonly ExperimentSummary[] {
  const ids = rows.map((row) => row.id)
  const runs = readRuns(connection, ids)
  const tags = readTags(connection, ids)
  return rows.map((row) => ({
    ...row,
    starred: row.starred === 1,
    tags: tags.get(row.id) ?? [],
    runs: runs.get(row.id) ?? [],
  }))
}

function readTags(connection: Connection, experimentIds: readonly number[]): ReadonlyMap<number, readonly string[]> {
  const rows = connection.all<{ experimentId: number; name: string }>(
    `SELECT experiment_id AS experimentId, name FROM tag
      WHERE removed_at_ms IS NULL AND experiment_id IN (SELECT value FROM json_each(?)) ORDER BY rowid`,
    JSON.stringify(experimentIds),
  )
  const byExperiment = new Map<number, string[]>()
  for (const { experimentId, name } of rows) {
    const tags = byExperiment.get(experimentId)
    if (tags === undefined) byExperiment.set(experimentId, [name])
    else tags.push(name)
  }
  return byExperiment
}
