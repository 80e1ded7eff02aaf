import type { QueryNode } from '../../shared/journal-query/index.ts'
import type { Connection } from './connection.ts'

/** Tokens in an excerpt; FTS5 takes at most 64. */
const EXCERPT_TOKENS = 16

/**
 * An FTS5 query for words that stand next to one another: a quoted phrase, within which FTS5 knows no operators
 * (https://sqlite.org/fts5.html#fts5_strings). `undefined` when there is no letter or digit, which is all the tokenizer keeps.
 */
export function wordsExpression(words: string, isBeginning: boolean): string | undefined {
  const text = words.replace(/\p{Cc}+/gu, ' ')
  if (!/[\p{L}\p{N}\p{Co}]/u.test(text)) return undefined
  return `"${text.replaceAll('"', '""')}"${isBeginning ? '*' : ''}`
}

/** Where the words that are asked for occur in these experiments, by experiment; none when no words are asked for. */
export function readExcerpts(
  connection: Connection,
  node: QueryNode | undefined,
  experimentIds: readonly number[],
): ReadonlyMap<number, string> {
  const expressions = node === undefined ? [] : wantedWords(node)
  if (expressions.length === 0) return new Map()
  const rows = connection.all<{ experimentId: number; excerpt: string }>(
    `SELECT search.rowid AS experimentId, snippet(search, -1, char(2), char(3), '…', ${EXCERPT_TOKENS}) AS excerpt
      FROM json_each(?) AS wanted CROSS JOIN search ON search.rowid = wanted.value WHERE search MATCH ?`,
    JSON.stringify(experimentIds),
    expressions.join(' OR '),
  )
  return new Map(rows.map(({ experimentId, excerpt }) => [experimentId, excerpt.replace(/\s+/gu, ' ').trim()]))
}

function wantedWords(node: QueryNode): readonly string[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.parts.flatMap(wantedWords)
    case 'not':
      return []
    case 'words':
      return [wordsExpression(node.text, node.isBeginning) ?? []].flat()
    case 'comparison': {
      const { field, value } = node
      if (field.kind !== 'words' || value.kind !== 'text') return []
      const expression = wordsExpression(value.text, true)
      return expression === undefined ? [] : [`{${field.name}} : ${expression}`]
    }
  }
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
