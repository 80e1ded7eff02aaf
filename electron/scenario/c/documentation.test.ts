import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatCount } from '../../../shared/format.ts'
import { BUDGETS_MAX, DEFAULT_BUDGETS } from '../../../shared/scenario-budgets.ts'
import { LANGUAGE_CALLS, LANGUAGE_CONSTANTS } from '../../../shared/scenario-language.ts'
import { SCENARIO_LENGTH_MAX } from '../../../shared/scenario.ts'
import { SCENARIO_PRESETS } from '../presets.ts'
import { LOCAL_ELEMENTS_MAX } from './check/declarations.ts'
import { ARRAY_ELEMENTS_MAX } from './check/declarators.ts'
import { DEPTH_MAX } from './run/arithmetic.ts'
import { TASKS_MAX } from './run/tasks.ts'
import { NESTING_MAX } from './syntax/parse.ts'
import { check, run } from './testing/scenario.fixture.ts'

const text = readFileSync(new URL('../../../docs/SCENARIOS.md', import.meta.url), 'utf8')
const examples = [...text.matchAll(/```c\n([^]*?)```/g)].map(([, code = '']) => code)

describe('docs/SCENARIOS.md', () => {
  it.each(examples)('has an example that runs: %s', (example) => {
    expect(check(example).diagnostics).toEqual([])
    expect(run(example).calls.length).toBeGreaterThan(1000)
  })

  it('has every call and every constant', () => {
    expect(examples.length).toBeGreaterThan(1)
    for (const { name } of [...LANGUAGE_CALLS, ...LANGUAGE_CONSTANTS]) expect(text).toContain(name)
  })

  it('has every ready scenario', () => {
    for (const { info } of SCENARIO_PRESETS) expect(text).toContain(`\`${info.id}\``)
  })

  it('has the limits as they are', () => {
    const limits = [
      ...[ARRAY_ELEMENTS_MAX, LOCAL_ELEMENTS_MAX, DEPTH_MAX, TASKS_MAX, NESTING_MAX, SCENARIO_LENGTH_MAX],
      ...[DEFAULT_BUDGETS.operations, DEFAULT_BUDGETS.liveMappings, BUDGETS_MAX.operations, BUDGETS_MAX.liveMappings],
    ]
    for (const limit of limits) expect(text).toContain(formatCount(limit))
  })
})
