import { sameName } from './names.ts'

/** A scenario of the user's own, as the journal keeps it. */
export interface SavedScenario {
  readonly id: number
  readonly name: string
  /** The newest version's text. */
  readonly source: string
  readonly updatedAtMs: number
  readonly versions: number
}

export interface ScenarioVersion {
  /** Counts from 1, the oldest. */
  readonly version: number
  readonly source: string
  readonly savedAtMs: number
}

export interface SaveScenarioRequest {
  /** The scenario that gets a new version; a new scenario without it. */
  readonly id?: number
  readonly name: string
  readonly source: string
}

export const SCENARIO_NAME_LENGTH_MAX = 100
export const SAVED_SCENARIOS_MAX = 500
/** Versions of one scenario. */
export const SCENARIO_VERSIONS_MAX = 500

/** Why a scenario cannot be saved under a name, as one sentence; `undefined` when it can. */
export function scenarioNameProblem(
  name: string,
  ready: readonly { readonly id: string; readonly title: string }[],
): string | undefined {
  const trimmed = name.trim()
  if (trimmed === '') return 'A scenario needs a name. Enter at least one character.'
  if (trimmed.length > SCENARIO_NAME_LENGTH_MAX) {
    return `The name has ${trimmed.length} characters; at most ${SCENARIO_NAME_LENGTH_MAX} are accepted. Shorten it.`
  }
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(trimmed)) return 'The name has a sign that cannot be seen. Type it anew.'
  if (isScenarioFile(trimmed)) return `"${trimmed}" ends like a file of C. Leave ".c" out.`
  const same = ready.find(({ id, title }) => [id, title].some((taken) => sameName(taken, trimmed)))
  return same && `"${same.title}" is a ready scenario. Choose another name.`
}

/** What the command line takes for the name of a file. */
export function isScenarioFile(name: string): boolean {
  return name.toLowerCase().endsWith('.c')
}
