import { formatTraceReference } from '../../shared/trace-reference.ts'
import { looksLikeTrace, referenceTo } from '../exchange/recorded-trace.ts'
import { readScenarioFile, ScenarioFileError, scenarioNameOf, type ScenarioFile } from '../exchange/scenario-file.ts'
import { ReadError } from '../scenario/bytes.ts'
import { LabError } from './lab-error.ts'

/** The text of a .c file, or the reference to a trace: which of the two the file's beginning tells. `signal` may end it. @throws {LabError} */
export async function readScenarioOrTrace(path: string, signal?: AbortSignal): Promise<ScenarioFile> {
  try {
    if (!looksLikeTrace(path)) return readScenarioFile(path)
    return { name: scenarioNameOf(path), source: formatTraceReference(await referenceTo(path, signal)) }
  } catch (error) {
    if (error instanceof ScenarioFileError) throw new LabError(`${path} cannot be imported: ${error.message}.`)
    if (error instanceof ReadError) throw new LabError(`${error.message}.`)
    throw error
  }
}
