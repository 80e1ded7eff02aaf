import { withoutChoice, type QueryNames, type QueryNode, type YesNoField } from '../../shared/journal-query/index.ts'
import type { FacetCount, JournalFacets, JournalMatches } from '../../shared/journal.ts'
import type { Connection } from './connection.ts'
import { conditionOf, readQuery, type Condition } from './query-sql.ts'

/** What a query finds, without reading it. Every function is called within a read transaction. */

/** The newest `limit` experiments with runs that a query finds, newest first. @throws {JournalError} */
export function findMatches(connection: Connection, query: string, limit: number): JournalMatches {
  const { sql, parameters } = conditionOf(readQuery(query))
  const rows = connection.rows<[experimentId: number, runs: number]>(
    `SELECT experiment_id, count(*) FROM run WHERE ${sql} GROUP BY experiment_id ORDER BY experiment_id DESC LIMIT ?`,
    ...parameters,
    limit,
  )
  return { experimentIds: rows.map(([id]) => id), runCounts: rows.map(([, runs]) => runs) }
}

/** What a query could be narrowed by. Each count is of the query without what it already chooses of that very field. */
export function readFacets(connection: Connection, query: string): JournalFacets {
  const without = (field: string): Condition => conditionOf(readQuery(withoutChoice(query, field)))
  const counted = (sql: string, { parameters }: Condition): readonly FacetCount[] =>
    connection.rows<[value: string, count: number]>(sql, ...parameters).map(([value, count]) => ({ value, count }))
  const [models, states, tags] = [without('model'), without('status'), without('tag')]
  return {
    ...experimentCounts(connection, readQuery(['starred', 'archived', 'trashed'].reduce(withoutChoice, query))),
    models: counted(
      `SELECT model_id, count(*) FROM run WHERE ${models.sql} GROUP BY model_id ORDER BY count(*) DESC, model_id`,
      models,
    ),
    states: counted(
      `SELECT status, count(*) FROM run WHERE ${states.sql} GROUP BY status ORDER BY count(*) DESC, status`,
      states,
    ),
    tags: counted(
      `SELECT name, count(*) FROM tag WHERE removed_at_ms IS NULL
        AND experiment_id IN (SELECT experiment_id FROM run WHERE ${tags.sql})
        GROUP BY name ORDER BY count(*) DESC, name`,
      tags,
    ),
  }
}

function experimentCounts(
  connection: Connection,
  rest: QueryNode | undefined,
): Pick<JournalFacets, 'all' | 'starred' | 'archived' | 'trashed'> {
  const count = (node: QueryNode | undefined): number => {
    const { sql, parameters } = conditionOf(node)
    const [row] = connection.rows<[number]>(`SELECT count(DISTINCT experiment_id) FROM run WHERE ${sql}`, ...parameters)
    return row?.[0] ?? 0
  }
  const nowhere = { from: 0, to: 0 }
  const chosen = (name: YesNoField): number => {
    const field = { kind: 'yes-no', name } as const
    const value = { kind: 'yes-no', yes: true } as const
    const choice: QueryNode = { kind: 'comparison', field, comparison: '=', value, ...nowhere }
    return count({ kind: 'and', parts: rest === undefined ? [choice] : [rest, choice], ...nowhere })
  }
  return { all: count(rest), starred: chosen('starred'), archived: chosen('archived'), trashed: chosen('trashed') }
}

/** What the journal has to ask for, the names in order. */
export function readNames(connection: Connection): QueryNames {
  const names = (sql: string): readonly string[] => connection.rows<[name: string]>(sql).map(([name]) => name)
  return {
    scenarios: names('SELECT DISTINCT coalesce(program_title, scenario_id) FROM run ORDER BY 1'),
    models: names('SELECT DISTINCT model_id FROM run ORDER BY 1'),
    machines: names('SELECT DISTINCT machine_id FROM run ORDER BY 1'),
    tags: names('SELECT DISTINCT name FROM tag WHERE removed_at_ms IS NULL ORDER BY 1'),
    parameters: names('SELECT DISTINCT name FROM run_parameter ORDER BY 1'),
  }
}
