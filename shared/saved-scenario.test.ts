import { describe, expect, it } from 'vitest'
import { freeName, SCENARIO_NAME_LENGTH_MAX, scenarioNameProblem } from './saved-scenario.ts'

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

describe('a free name', () => {
  it('is the wanted one, or the first numbered one that nobody has', () => {
    expect(freeName('burst', [])).toBe('burst')
    expect(freeName('burst', ['Burst', 'burst 2', 'burst 4'])).toBe('burst 3')
  })

  it('is never too long', () => {
    const long = 'x'.repeat(120)
    const first = freeName(long, [])
    expect(first).toHaveLength(SCENARIO_NAME_LENGTH_MAX)
    expect(freeName(long, [first])).toBe(`${'x'.repeat(98)} 2`)
  })
})
