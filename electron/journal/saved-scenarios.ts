import { freeName } from '../../shared/names.ts'
import {
  SAVED_SCENARIOS_MAX,
  SCENARIO_NAME_LENGTH_MAX,
  SCENARIO_VERSIONS_MAX,
  type SavedScenario,
  type SaveScenarioRequest,
  type ScenarioVersion,
} from '../../shared/saved-scenario.ts'
import type { Connection } from './connection.ts'
import { JournalError } from './journal-error.ts'
import { acceptedScenarioName, acceptedScenarioText } from './limits.ts'
import { recordSource } from './run-recorder.ts'

/** The user's own scenarios with all their versions. Every function is called within a transaction. */

const SELECT_SCENARIOS = `SELECT saved_scenario.id, name, text AS source, saved_at_ms AS updatedAtMs, version AS versions
  FROM saved_scenario
    JOIN scenario_version ON scenario_id = saved_scenario.id
      AND version = (SELECT max(version) FROM scenario_version WHERE scenario_id = saved_scenario.id)
    JOIN scenario_source ON sha256 = source_sha256`

/** The one saved last first. */
export function readSavedScenarios(connection: Connection): readonly SavedScenario[] {
  return connection.all<SavedScenario>(`${SELECT_SCENARIOS} ORDER BY saved_at_ms DESC, saved_scenario.id DESC`)
}

/** Newest first; empty when there is no such scenario. */
export function readVersions(connection: Connection, id: number): readonly ScenarioVersion[] {
  return connection.all<ScenarioVersion>(
    `SELECT version, text AS source, saved_at_ms AS savedAtMs
      FROM scenario_version JOIN scenario_source ON sha256 = source_sha256 WHERE scenario_id = ? ORDER BY version DESC`,
    id,
  )
}

/** A new scenario, or a new version of the one with `id`, unless that has this text already; its name becomes the given one. */
export function saveScenario(connection: Connection, request: SaveScenarioRequest, savedAtMs: number): SavedScenario {
  const name = acceptedScenarioName(request.name)
  const source = acceptedScenarioText(request.source)
  const { id } = request
  requireFree(connection, name, id)
  if (id === undefined) return addScenario(connection, name, source, savedAtMs)
  const saved = requireScenario(connection, id)
  connection.run('UPDATE saved_scenario SET name = ? WHERE id = ?', name, id)
  if (saved.source !== source) addVersion(connection, saved, source, savedAtMs)
  return requireScenario(connection, id)
}

export function renameScenario(connection: Connection, id: number, name: string): SavedScenario {
  requireScenario(connection, id)
  const accepted = acceptedScenarioName(name)
  requireFree(connection, accepted, id)
  connection.run('UPDATE saved_scenario SET name = ? WHERE id = ?', accepted, id)
  return requireScenario(connection, id)
}

/** A new scenario with the newest text of another one, under a name that is free. */
export function duplicateScenario(connection: Connection, id: number, savedAtMs: number): SavedScenario {
  const { name, source } = requireScenario(connection, id)
  const taken = readSavedScenarios(connection).map((saved) => saved.name)
  return addScenario(connection, freeName(`${name} (copy)`, taken, SCENARIO_NAME_LENGTH_MAX), source, savedAtMs)
}

/** Answers false when there is none. Runs of its texts stay as they are. */
export function deleteScenario(connection: Connection, id: number): boolean {
  return connection.run('DELETE FROM saved_scenario WHERE id = ?', id).changes > 0
}

function addScenario(connection: Connection, name: string, source: string, savedAtMs: number): SavedScenario {
  requireRoom(connection)
  const id = connection.run('INSERT INTO saved_scenario (name) VALUES (?)', name).insertedId
  addVersion(connection, { id, name, versions: 0 }, source, savedAtMs)
  return requireScenario(connection, id)
}

function addVersion(
  connection: Connection,
  { id, name, versions }: Pick<SavedScenario, 'id' | 'name' | 'versions'>,
  source: string,
  savedAtMs: number,
): void {
  if (versions >= SCENARIO_VERSIONS_MAX) {
    throw new JournalError(
      `The scenario "${name}" has ${versions} versions, as many as it may (SCENARIO_VERSIONS_MAX). Duplicate it and go on with the copy.`,
    )
  }
  connection.run(
    'INSERT INTO scenario_version (scenario_id, version, source_sha256, saved_at_ms) VALUES (?, ?, ?, ?)',
    id,
    versions + 1,
    recordSource(connection, source),
    savedAtMs,
  )
}

function requireScenario(connection: Connection, id: number): SavedScenario {
  const saved = connection.get<SavedScenario>(`${SELECT_SCENARIOS} WHERE saved_scenario.id = ?`, id)
  if (saved !== undefined) return saved
  throw new JournalError(
    `There is no saved scenario ${id} in ${connection.path}: it was deleted. Save it under a name.`,
  )
}

function requireFree(connection: Connection, name: string, ownId: number | undefined): void {
  const taken = connection.get<{ id: number; name: string }>('SELECT id, name FROM saved_scenario WHERE name = ?', name)
  if (taken === undefined || taken.id === ownId) return
  throw new JournalError(`There is a saved scenario "${taken.name}". Choose another name.`)
}

function requireRoom(connection: Connection): void {
  const saved = connection.get<{ scenarios: number }>('SELECT count(*) AS scenarios FROM saved_scenario')
  if (saved === undefined || saved.scenarios < SAVED_SCENARIOS_MAX) return
  throw new JournalError(
    `The journal ${connection.path} holds ${saved.scenarios} saved scenarios, as many as it may (SAVED_SCENARIOS_MAX). Delete one first.`,
  )
}
