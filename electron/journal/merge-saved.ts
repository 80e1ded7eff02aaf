import { LIBRARY_ITEMS_MAX } from '../../shared/journal.ts'
import { freeName, NAME_LENGTH_MAX, sameName } from '../../shared/names.ts'
import { SAVED_SCENARIOS_MAX, SCENARIO_NAME_LENGTH_MAX } from '../../shared/saved-scenario.ts'
import type { Connection } from './connection.ts'
import { OTHER } from './merge-other.ts'

/**
 * Models, machines and scenarios that are saved by name, from a journal that is attached to another one. Nothing that is here
 * is changed, but for versions that a scenario got there; what differs from what has its name here gets a name of its own.
 */

interface Item {
  readonly kind: string
  readonly name: string
  readonly definition: string
}

interface Scenario {
  readonly id: number
  readonly name: string
  /** The texts of its versions, the oldest first, by their SHA-256. */
  readonly versions: readonly string[]
}

interface ItemToMerge {
  readonly kind: string
  /** The name there, and the one that it gets here. */
  readonly theirs: string
  readonly ours: string
}

interface ScenarioToMerge {
  readonly theirs: number
  /** The name that it gets here. */
  readonly name: string
  /** The scenario here that gets its further versions; without it, a new one gets them all. */
  readonly continues?: Scenario
}

export interface SavedToMerge {
  readonly items: readonly ItemToMerge[]
  readonly scenarios: readonly ScenarioToMerge[]
  /** How many find no place under a limit. */
  readonly noRoom: number
}

/** Call within a transaction. */
export function savedToMerge(connection: Connection): SavedToMerge {
  const items = itemsToMerge(readItems(connection, 'main'), readItems(connection, OTHER))
  const scenarios = scenariosToMerge(readScenarios(connection, 'main'), readScenarios(connection, OTHER))
  return { items: items.taken, scenarios: scenarios.taken, noRoom: items.noRoom + scenarios.noRoom }
}

/** Call within a write transaction, in which the texts of scenarios are here already. */
export function takeSaved(connection: Connection, { items, scenarios }: SavedToMerge): void {
  for (const { kind, theirs, ours } of items) {
    connection.run(
      `INSERT INTO main.library (kind, name, definition, updated_at_ms)
        SELECT kind, ?, definition, updated_at_ms FROM ${OTHER}.library WHERE kind = ? AND name = ?`,
      ours,
      kind,
      theirs,
    )
  }
  for (const { theirs, name, continues } of scenarios) {
    const id = continues?.id ?? connection.run('INSERT INTO main.saved_scenario (name) VALUES (?)', name).insertedId
    connection.run(
      `INSERT INTO main.scenario_version (scenario_id, version, source_sha256, saved_at_ms)
        SELECT ?, version, source_sha256, saved_at_ms FROM ${OTHER}.scenario_version
        WHERE scenario_id = ? AND version > ? ORDER BY version`,
      id,
      theirs,
      continues?.versions.length ?? 0,
    )
  }
}

function readItems(connection: Connection, schema: 'main' | typeof OTHER): readonly Item[] {
  return connection.all<Item>(`SELECT kind, name, definition FROM ${schema}.library ORDER BY kind, name`)
}

function readScenarios(connection: Connection, schema: 'main' | typeof OTHER): readonly Scenario[] {
  const rows = connection.all<{ id: number; name: string; versions: string }>(
    `SELECT id, name,
        (SELECT json_group_array(source_sha256) FROM
          (SELECT source_sha256 FROM ${schema}.scenario_version WHERE scenario_id = saved_scenario.id ORDER BY version))
        AS versions
      FROM ${schema}.saved_scenario ORDER BY id`,
  )
  return rows.map(({ id, name, versions }) => ({ id, name, versions: JSON.parse(versions) as string[] }))
}

function itemsToMerge(
  ours: readonly Item[],
  theirs: readonly Item[],
): { readonly taken: readonly ItemToMerge[]; readonly noRoom: number } {
  const taken: ItemToMerge[] = []
  const here = [...ours]
  let noRoom = 0
  for (const item of theirs) {
    const { kind, name, definition } = item
    const ofKind = here.filter((one) => one.kind === kind)
    const names = ofKind.map((one) => one.name)
    const isHere = names.some((one) => sameName(one, name)) && ofKind.some((one) => one.definition === definition)
    if (isHere) continue
    if (ofKind.length >= LIBRARY_ITEMS_MAX) {
      noRoom += 1
      continue
    }
    const free = freeName(name, names, NAME_LENGTH_MAX)
    taken.push({ kind, theirs: name, ours: free })
    here.push({ kind, name: free, definition })
  }
  return { taken, noRoom }
}

function scenariosToMerge(
  ours: readonly Scenario[],
  theirs: readonly Scenario[],
): { readonly taken: readonly ScenarioToMerge[]; readonly noRoom: number } {
  const taken: ScenarioToMerge[] = []
  const names = ours.map(({ name }) => name)
  let noRoom = 0
  for (const { id, name, versions } of theirs) {
    const namesake = ours.find((one) => sameName(one.name, name))
    if (namesake !== undefined && ours.some((one) => beginsWith(one.versions, versions))) continue
    if (namesake !== undefined && beginsWith(versions, namesake.versions)) {
      taken.push({ theirs: id, name, continues: namesake })
    } else if (names.length < SAVED_SCENARIOS_MAX) {
      const free = freeName(name, names, SCENARIO_NAME_LENGTH_MAX)
      taken.push({ theirs: id, name: free })
      names.push(free)
    } else {
      noRoom += 1
    }
  }
  return { taken, noRoom }
}

function beginsWith(versions: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((text, place) => versions[place] === text)
}
