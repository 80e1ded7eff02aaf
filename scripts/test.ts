/**
 * `npm test`: every check there is, cheapest first; `npm test -- unit types` runs those alone. A failing step does not
 * keep the others from running. The last line of stdout is `N passed, N failed`, counted from the runners' own results
 * (scripts/testing/tally.ts says how).
 */
import { formatDuration } from '../shared/format.ts'
import { messageOf, runScript } from './provide/report.ts'
import { format, layering, lint, types } from './testing/checks.ts'
import { fuzz } from './testing/fuzz.ts'
import { e2e, unit } from './testing/suites.ts'
import { summaryLine } from './testing/tally.ts'
import type { StepResult, Tally } from './testing/tally.ts'

const STEPS: Readonly<Record<string, () => Promise<Tally>>> = { format, layering, types, lint, unit, fuzz, e2e }
const WRONG_USE = 2

/** A step that cannot even be carried out is one failure, and the next step gets its turn. */
const attempt = async (run: () => Promise<Tally>): Promise<Tally> => {
  try {
    return await run()
  } catch (error) {
    console.log(messageOf(error))
    return { passed: 0, failed: 1, scope: 'could not be carried out' }
  }
}

await runScript(async () => {
  const chosen = process.argv.slice(2)
  const unknown = chosen.filter((name) => !Object.hasOwn(STEPS, name))
  if (unknown.length > 0) {
    console.error(`npm test: no step ${unknown.join(', ')}; there are ${Object.keys(STEPS).join(', ')}`)
    return WRONG_USE
  }
  const results: StepResult[] = []
  for (const [step, run] of Object.entries(STEPS)) {
    if (chosen.length > 0 && !chosen.includes(step)) continue
    console.log(`\n== ${step}`)
    const start = performance.now()
    results.push({ ...(await attempt(run)), step, elapsedMs: performance.now() - start })
  }
  console.log('\n== all')
  for (const { step, passed, failed, scope, elapsedMs } of results) {
    const outcome = `${passed} passed, ${failed} failed`
    console.log(`${step.padEnd(9)} ${outcome.padEnd(22)} ${scope} (${formatDuration(elapsedMs)})`)
  }
  const { line, exitCode } = summaryLine(results)
  console.log(line)
  return exitCode
})
