import type { Machine } from '../../../shared/machine.ts'
import { SCENARIO_LENGTH_MAX } from '../../../shared/scenario.ts'
import { checkProgram, type CheckedProgram } from './check/check-program.ts'
import { warnOfEndlessLoops } from './check/endless-loops.ts'
import { Diagnostics } from './diagnostics.ts'
import { NESTING_MAX, NestingError, NotReadError, parseC } from './syntax/parse.ts'
import { SourceText } from './syntax/source-text.ts'
import { reportSyntaxProblems } from './syntax/syntax-problems.ts'

/** A text with all that is known of it. */
export interface ReadProgram extends CheckedProgram {
  readonly source: SourceText
  readonly diagnostics: Diagnostics
}

/** Parses and checks a text for a machine: its word size and constants are part of what C means. */
export function readProgram(text: string, machine: Machine): ReadProgram {
  const source = new SourceText(text)
  const diagnostics = new Diagnostics(source)
  const nothing = { source, diagnostics, parameters: [], program: undefined }
  if (text.length > SCENARIO_LENGTH_MAX) {
    const message = `The text has ${text.length} characters; accepted are ${SCENARIO_LENGTH_MAX}.`
    diagnostics.error({ from: SCENARIO_LENGTH_MAX, to: text.length }, message)
    return nothing
  }
  try {
    // The grammar wants the end of a line after #define
    const root = parseC(`${text}\n`)
    if (reportSyntaxProblems(source, root, diagnostics)) return nothing
    const checked = checkProgram(source, root, machine, diagnostics)
    if (checked.program !== undefined) warnOfEndlessLoops(checked.program, source, diagnostics)
    return { source, diagnostics, ...checked }
  } catch (error) {
    if (error instanceof NotReadError) {
      diagnostics.error({ from: 0, to: 1 }, error.message)
      return nothing
    }
    if (!(error instanceof NestingError)) throw error
    diagnostics.error(
      { from: error.from, to: error.from + 1 },
      `This nests deeper than ${NESTING_MAX} levels; accepted are ${NESTING_MAX}.`,
    )
    return nothing
  }
}
