import type { z } from 'zod'
import type { LibraryDefinitions, LibraryKind, SavedItem } from '../../shared/journal.ts'
import { LIBRARY_ITEMS_MAX } from '../../shared/journal.ts'
import type { Connection } from './connection.ts'
import { JournalError } from './journal-error.ts'
import { decodeJson, encodeJson, STORED } from './stored-json.ts'

/** What the user saved by name, to choose it again. Every function is called within a transaction. */

/** One schema for each kind; a kind without one does not compile. */
const SCHEMAS: { readonly [Kind in LibraryKind]: z.ZodType<LibraryDefinitions[Kind]> } = {
  model: STORED.policy,
  machine: STORED.savedMachine,
}

/** In order of their names, whatever their case. */
export function readItems<Kind extends LibraryKind>(connection: Connection, kind: Kind): readonly SavedItem<Kind>[] {
  const rows = connection.all<{ name: string; definition: string; updatedAtMs: number }>(
    'SELECT name, definition, updated_at_ms AS updatedAtMs FROM library WHERE kind = ? ORDER BY name',
    kind,
  )
  return rows.map(({ name, definition, updatedAtMs }) => ({
    name,
    definition: decodeJson(SCHEMAS[kind], definition, `the ${kind} ${name} in the journal ${connection.path}`),
    updatedAtMs,
  }))
}

export interface NewItem<Kind extends LibraryKind> {
  readonly kind: Kind
  readonly name: string
  readonly definition: LibraryDefinitions[Kind]
  /** The name of the saved item whose place it takes. */
  readonly formerName?: string | undefined
}

/** Takes the place of what has its name, whatever the case, and of what has its former name. */
export function saveItem<Kind extends LibraryKind>(
  connection: Connection,
  { kind, name, definition, formerName }: NewItem<Kind>,
  updatedAtMs: number,
): void {
  deleteItem(connection, kind, name)
  if (formerName !== undefined) deleteItem(connection, kind, formerName)
  requireRoom(connection, kind)
  connection.run(
    'INSERT INTO library (kind, name, definition, updated_at_ms) VALUES (?, ?, ?, ?)',
    kind,
    name,
    encodeJson(SCHEMAS[kind], definition, `${kind} ${name}`),
    updatedAtMs,
  )
}

/** Answers false when there is none with this name. */
export function deleteItem(connection: Connection, kind: LibraryKind, name: string): boolean {
  return connection.run('DELETE FROM library WHERE kind = ? AND name = ?', kind, name).changes > 0
}

function requireRoom(connection: Connection, kind: LibraryKind): void {
  const saved = connection.get<{ items: number }>('SELECT count(*) AS items FROM library WHERE kind = ?', kind)
  if (saved === undefined || saved.items < LIBRARY_ITEMS_MAX) return
  throw new JournalError(
    `The journal ${connection.path} holds ${saved.items} saved ${kind}s, as many as it may (LIBRARY_ITEMS_MAX). Delete one first.`,
  )
}
