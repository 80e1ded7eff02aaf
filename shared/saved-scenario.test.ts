import { describe, expect, it } from 'vitest'
import { SCENARIO_NAME_LENGTH_MAX, scenarioNameProblem } from './saved-scenario.ts'

const READY = [{ id: 'exhaust', title: 'Exhaust' }]
const problem = (name: string): string | undefined => scenarioNameProblem(name, READY)

describe('the name of a saved scenario', () => {
  it.each(['Exhaust (edited)', 'xfs log', 'ähnlich', 'x'.repeat(SCENARIO_NAME_LENGTH_MAX), ` ${'x'.repeat(100)} `])(
    'may be %j',
    (name) => {
      expect(problem(name)).toBeUndefined()
    },
  )

  it.each([
    ['', 'needs a name'],
    [' \t', 'needs a name'],
    ['x'.repeat(101), 'has 101 characters; at most 100 are accepted'],
    ['a\nb', 'cannot be seen'],
    ['a\u202eb', 'cannot be seen'],
    ['burst.c', 'Leave ".c" out'],
    ['EXHAUST', '"Exhaust" is a ready scenario'],
  ])('may not be %j', (name, reason) => {
    expect(problem(name)).toContain(reason)
  })
})
