import {
  COMMAND_IDS,
  COMMANDS,
  keyOf,
  SCOPES,
  type CatalogEntry,
  type CommandId,
  type KeyChanges,
  type Scope,
  type Shortcut,
} from '../../../shared/command-catalog.ts'

/** A command as the list of shortcuts shows it. */
export interface KeyRow {
  readonly id: CommandId
  readonly title: string
  readonly key: Shortcut | undefined
  /** The key is the user's own choice, or none by it. */
  readonly changed: boolean
}

export interface KeyGroup {
  readonly scope: Scope
  readonly title: string
  readonly rows: readonly KeyRow[]
}

/** The commands that have all words in title, place or key, by place; those of `first` and everywhere come first. */
export function keyGroups(words: string, changes: KeyChanges, first: Scope): readonly KeyGroup[] {
  const wanted = words.toLowerCase().split(/\s+/)
  const scopes = Object.keys(SCOPES) as Scope[]
  const inOrder = [first, ...scopes.filter((scope) => scope !== first)]
  return inOrder
    .map((scope) => ({
      scope,
      title: SCOPES[scope],
      rows: rowsOf(scope, changes).filter((row) => hasWords(row, scope, wanted)),
    }))
    .filter(({ rows }) => rows.length > 0)
}

function rowsOf(scope: Scope, changes: KeyChanges): KeyRow[] {
  return COMMAND_IDS.filter((id) => COMMANDS[id].scope === scope).map((id) => {
    const { title, key }: CatalogEntry = COMMANDS[id]
    return { id, title, key: keyOf(id, changes), changed: changes[id] !== undefined && changes[id] !== (key ?? '') }
  })
}

function hasWords({ title, key = '' }: KeyRow, scope: Scope, wanted: readonly string[]): boolean {
  const text = `${title} ${SCOPES[scope]} ${key}`.toLowerCase()
  return wanted.every((word) => text.includes(word))
}

/** The changes with another key of one command; `taken`: the commands that lose theirs by it. */
export function withKey(changes: KeyChanges, id: CommandId, key: Shortcut, taken: readonly CommandId[]): KeyChanges {
  const lost = Object.fromEntries(taken.map((other) => [other, '']))
  return tidied({ ...changes, ...lost, [id]: key })
}

/** The changes without that of one command. */
export function withoutChange(changes: KeyChanges, id: CommandId): KeyChanges {
  return tidied({ ...changes, [id]: defaultOf(id) })
}

function defaultOf(id: CommandId): Shortcut {
  const { key }: CatalogEntry = COMMANDS[id]
  return key ?? ''
}

/** What is as in the catalogue is no change. */
function tidied(changes: KeyChanges): KeyChanges {
  return Object.fromEntries(
    COMMAND_IDS.flatMap((id) =>
      changes[id] === undefined || changes[id] === defaultOf(id) ? [] : [[id, changes[id]]],
    ),
  )
}
