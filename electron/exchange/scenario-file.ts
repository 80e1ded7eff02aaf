import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { SCENARIO_NAME_LENGTH_MAX } from '../../shared/saved-scenario.ts'
import { SCENARIO_LENGTH_MAX } from '../../shared/scenario.ts'

/** A file that is no scenario; the message says why, for whoever knows the file's name. */
export class ScenarioFileError extends Error {
  override readonly name = 'ScenarioFileError'
}

export interface ScenarioFile {
  /** The file's name without its ending. */
  readonly name: string
  /** With line ends as in C, whatever the system's are. */
  readonly source: string
}

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_MAX = 3 * SCENARIO_LENGTH_MAX

/** Reads a .c file. Whether its text is a scenario is not asked. @throws {ScenarioFileError} */
export function readScenarioFile(path: string): ScenarioFile {
  const bytes = attempt(() => {
    const { size } = statSync(path)
    // A file without a size may still be a pipe
    if (size > BYTES_MAX) throw new Error(`it has ${size} bytes; accepted are ${SCENARIO_LENGTH_MAX} characters`)
    return readFileSync(path)
  })
  const source = decoded(bytes).replace(/\r\n?/g, '\n')
  if (source.length > SCENARIO_LENGTH_MAX) {
    throw new ScenarioFileError(`it has ${source.length} characters; accepted are ${SCENARIO_LENGTH_MAX}`)
  }
  return { name: scenarioNameOf(path), source }
}

/** A byte order mark is left out. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ScenarioFileError('it is no text in UTF-8')
  }
}

/** What a scenario is called after its file: without the ending `.c`, and without what a name may not have. */
export function scenarioNameOf(path: string): string {
  const name = basename(path).replace(/(\.c)+$/i, '')
  // What a name may not have becomes a space
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return clean.slice(0, SCENARIO_NAME_LENGTH_MAX).trim() || 'scenario'
}

function attempt<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw new ScenarioFileError(error instanceof Error ? error.message : String(error))
  }
}
