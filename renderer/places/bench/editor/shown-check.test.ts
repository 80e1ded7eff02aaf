import { describe, expect, it } from 'vitest'
import type { CheckedParameter, ScenarioCheck } from '../../../../shared/scenario-check.ts'
import { shownCheck } from './shown-check.ts'

const parameter = (name: string): CheckedParameter => ({
  name,
  help: '',
  min: 1,
  max: 9,
  default: 5,
  defaultAt: undefined,
})
const check = (names: readonly string[], severity?: 'error' | 'warning'): ScenarioCheck => {
  const at = { from: 0, to: 1, line: 1, column: 1, endLine: 1, endColumn: 2 }
  const counts = { maps: 1, unmaps: 1, slots: 1 }
  const node = { kind: 'function', label: names.join(' '), at, times: 1, counts, children: [] } as const
  return {
    diagnostics: severity === undefined ? [] : [{ ...at, severity, message: '' }],
    parameters: names.map(parameter),
    usesSeed: severity !== 'error',
    outline: severity === 'error' ? [] : [node],
  }
}

const good = shownCheck(check(['a', 'b']), undefined)
const names = ({ parameters }: { parameters: readonly CheckedParameter[] }) => parameters.map(({ name }) => name)

describe('form and outline', () => {
  it('show what the check says', () => {
    expect(good).toMatchObject({ parametersStale: false, outlineStale: false, usesSeed: true })
    expect(names(shownCheck(check(['c'], 'warning'), good))).toEqual(['c'])
    expect(shownCheck(check([], 'error'), undefined)).toMatchObject({
      parameters: [],
      parametersStale: false,
      outline: [],
    })
  })

  it('keep what they had while the text cannot be read', () => {
    const broken = shownCheck(check([], 'error'), good)
    expect(names(broken)).toEqual(['a', 'b'])
    expect(broken).toMatchObject({ parametersStale: true, outlineStale: true, usesSeed: true, outline: good.outline })
    expect(shownCheck(check([], 'error'), broken)).toEqual(broken)
    expect(names(shownCheck(check([]), broken))).toEqual([])
  })

  it('keep the form in use where errors leave the parameters readable', () => {
    const partly = shownCheck(check(['b', 'a', 'c'], 'error'), good)
    expect(names(partly)).toEqual(['b', 'a', 'c'])
    expect(partly).toMatchObject({ parametersStale: false, outlineStale: true })
  })
})
