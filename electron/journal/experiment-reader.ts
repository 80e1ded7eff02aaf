import type {
  ExperimentRecord,
  ExperimentSummary,
  JournalQuery,
  JournalTotals,
  NoteVersion,
  RunSummary,
} from '../../shared/journal.ts'
import type { Connection } from './connection.ts'
import { findMatches } from './find.ts'
import { LIST_LENGTH_MAX } from './limits.ts'
import { conditionOf, readQuery } from './query-sql.ts'
import { readBacklinks } from './note-links.ts'
import { completeRun, readRuns } from './run-reader.ts'
import { readExcerpts } from './search.ts'

/** Reads experiments. Every function is called within a read transaction. */

interface ExperimentRow {
  readonly id: number
  readonly title: string
  readonly question: string
  readonly createdAtMs: number
  readonly starred: number
  readonly archivedAtMs: number | null
  readonly trashedAtMs: number | null
}

const SELECT_EXPERIMENTS = `SELECT id, title, question, created_at_ms AS createdAtMs, starred,
    archived_at_ms AS archivedAtMs, trashed_at_ms AS trashedAtMs FROM experiment`

/** The newest that a query finds, each with those of its runs that were found. @throws {JournalError} */
export function listExperiments(connection: Connection, { search, limit }: JournalQuery): readonly ExperimentSummary[] {
  if (!Number.isInteger(limit) || limit < 0) throw new RangeError(`A list takes 0 or more experiments, not ${limit}`)
  const { experimentIds } = findMatches(connection, search, Math.min(limit, LIST_LENGTH_MAX))
  return readExperiments(connection, search, experimentIds)
}

/** Those of the experiments that a query finds, newest first, each with those of its runs that were found. @throws {JournalError} */
export function readExperiments(
  connection: Connection,
  search: string,
  experimentIds: readonly number[],
): readonly ExperimentSummary[] {
  const query = readQuery(search)
  const runs = readRuns(connection, experimentIds, conditionOf(query))
  const rows = selectExperiments(connection, [...runs.keys()])
  const excerpts = readExcerpts(connection, query, [...runs.keys()])
  return summarise(connection, rows, runs).map((summary) => {
    const excerpt = excerpts.get(summary.id)
    return excerpt === undefined ? summary : { ...summary, excerpt }
  })
}

function selectExperiments(connection: Connection, experimentIds: readonly number[]): readonly ExperimentRow[] {
  return connection.all<ExperimentRow>(
    `${SELECT_EXPERIMENTS} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC`,
    JSON.stringify(experimentIds),
  )
}

export function readExperiment(connection: Connection, experimentId: number): ExperimentRecord | undefined {
  const rows = selectExperiments(connection, [experimentId])
  const [summary] = summarise(connection, rows, readRuns(connection, [experimentId]))
  if (summary === undefined) return undefined
  const note = connection.all<NoteVersion>(
    'SELECT text, written_at_ms AS writtenAtMs FROM note WHERE experiment_id = ? ORDER BY version DESC',
    experimentId,
  )
  const backlinks = readBacklinks(connection, summary)
  return {
    ...summary,
    note,
    ...(backlinks.length > 0 && { backlinks }),
    records: summary.runs.map((run) => completeRun(connection, run)),
  }
}

/** What is in the trash does not count. */
export function readTotals(connection: Connection): JournalTotals {
  const totals = connection.get<JournalTotals>(
    `SELECT (SELECT count(*) FROM experiment WHERE trashed_at_ms IS NULL) AS experiments, (SELECT count(*) FROM run
      WHERE experiment_id NOT IN (SELECT id FROM experiment WHERE trashed_at_ms IS NOT NULL)) AS runs`,
  )
  return totals ?? { experiments: 0, runs: 0 }
}

function summarise(
  connection: Connection,
  rows: readonly ExperimentRow[],
  runs: ReadonlyMap<number, readonly RunSummary[]>,
): readonly ExperimentSummary[] {
  const tags = readTags(
    connection,
    rows.map((row) => row.id),
  )
  return rows.map(({ starred, archivedAtMs, trashedAtMs, ...row }) => ({
    ...row,
    starred: starred === 1,
    ...(archivedAtMs !== null && { archivedAtMs }),
    ...(trashedAtMs !== null && { trashedAtMs }),
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
