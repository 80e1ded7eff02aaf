import type { Connection } from './connection.ts'
import { acceptedSearch } from './limits.ts'

export interface SearchHit {
  readonly experimentId: number
  readonly excerpt: string
}

/** Tokens in an excerpt; FTS5 takes at most 64. */
const EXCERPT_TOKENS = 16

/**
 * An FTS5 query for what a user typed: each word a quoted phrase, all required, the last one also as a beginning. Within
 * quotes FTS5 knows no operators (https://sqlite.org/fts5.html#fts5_strings). Words without a letter or digit, which the
 * tokenizer would drop, are left out; `undefined` when nothing is left to search for.
 */
export function matchExpression(search: string): string | undefined {
  const words = acceptedSearch(search)
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => /[\p{L}\p{N}\p{Co}]/u.test(word))
  if (words.length === 0) return undefined
  return `${words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ')}*`
}

/** The newest `limit` experiments that match, newest first. */
export function findExperiments(connection: Connection, expression: string, limit: number): readonly SearchHit[] {
  return connection
    .all<SearchHit>(
      `SELECT rowid AS experimentId, snippet(search, -1, char(2), char(3), '…', ${EXCERPT_TOKENS}) AS excerpt
        FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?`,
      expression,
      limit,
    )
    .map(({ experimentId, excerpt }) => ({ experimentId, excerpt: excerpt.replace(/\s+/gu, ' ').trim() }))
}

/** Brings the search up to date with an experiment. Call in the transaction that changed it. */
export function indexExperiment(connection: Connection, experimentId: number): void {
  connection.run('DELETE FROM search WHERE rowid = ?', experimentId)
  connection.run(
    `INSERT INTO search (rowid, title, question, note, tags, scenario, model, source)
      SELECT experiment_id, title, question, note, tags, scenario, model, source FROM search_text WHERE experiment_id = ?`,
    experimentId,
  )
}
