import type { Connection } from './connection.ts'

/** The journal that is merged, attached to the one that it is merged into. */

/** The schema's name of it. */
export const OTHER = 'other'

/** Those whose processes made runs or sweeps there, as recorded here: by the number there, the one here. */
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

/** Answers the columns of a table of the schema, a later version's among them, without some; each question is asked once. */
export type ColumnsOf = (table: string, without: readonly string[]) => string

export function columnReader(connection: Connection): ColumnsOf {
  const known = new Map<string, string>()
  return (table, without) => {
    const question = [table, ...without].join(' ')
    const remembered = known.get(question)
    if (remembered !== undefined) return remembered
    const columns = connection
      .rows<[string]>('SELECT name FROM pragma_table_info(?)', table)
      .map(([name]) => name)
      .filter((name) => !without.includes(name))
      .join(', ')
    known.set(question, columns)
    return columns
  }
}
