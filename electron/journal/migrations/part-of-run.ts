/** Triggers that keep a table's rows as they are once their run has ended. Part of released migrations: never changed. */
export function partOfRun(table: string): string {
  const ended = (row: string) => `(SELECT status FROM run WHERE id = ${row}.run_id) <> 'running'`
  const refuse = `BEGIN SELECT RAISE(ABORT, 'the ${table} of a run that has ended are never changed'); END;`
  return `
CREATE TRIGGER ${table}_insert BEFORE INSERT ON ${table} WHEN ${ended('NEW')} ${refuse}
CREATE TRIGGER ${table}_update BEFORE UPDATE ON ${table} WHEN ${ended('OLD')} OR ${ended('NEW')} ${refuse}
CREATE TRIGGER ${table}_delete BEFORE DELETE ON ${table} WHEN ${ended('OLD')} ${refuse}
`
}
