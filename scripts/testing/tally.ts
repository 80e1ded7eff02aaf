/** What one runner's own results say. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  /** What it looked at, for the reader: "203 files". */
  readonly scope: string
}

export interface StepResult extends Tally {
  readonly step: string
  readonly elapsedMs: number
}

/**
 * A check that looks at many files and finds errors (lint, layout, types, layering) counts as one test: passed when it
 * found none, otherwise one failure for each error. A check that saw no file has not passed: it counts nothing here,
 * which `settle` turns into a failure.
 */
export const checkTally = (seen: number, errors: number, noun: string): Tally => ({
  passed: seen > 0 && errors === 0 ? 1 : 0,
  failed: errors,
  scope: `${seen} ${noun}`,
})

/**
 * The tally with the two rules that keep a green line honest: a runner that ran nothing has failed, and so has one that
 * ended with an error although it counted no failure.
 */
export const settle = (tally: Tally, exitCode: number): Tally => {
  if (tally.failed > 0) return tally
  if (tally.passed === 0) return { ...tally, failed: 1, scope: `${tally.scope}: nothing ran` }
  if (exitCode !== 0) return { ...tally, failed: 1, scope: `${tally.scope}, but exit code ${exitCode}` }
  return tally
}

/** The last line of `npm test`. No steps at all is a failure too. */
export const summaryLine = (results: readonly Tally[]): { readonly line: string; readonly exitCode: number } => {
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  return { line: `${passed} passed, ${failed} failed`, exitCode: failed === 0 && passed > 0 ? 0 : 1 }
}
