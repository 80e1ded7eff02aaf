import { describe, expect, it } from 'vitest'
import { SCENARIO_PRESETS } from '../../../../electron/scenario/presets.ts'
import type { ScenarioInfo } from '../../../../shared/scenario.ts'
import { readyValues, withDefaultValues } from './ready-text.ts'

const info: ScenarioInfo = {
  id: 'two',
  title: 'Two',
  description: '',
  usesSeed: false,
  parameters: [
    { name: 'rounds', help: '', min: 1, max: 100, default: 5 },
    { name: 'low', help: '', min: -9, max: 9, default: -1 },
  ],
  source: 'static int low = -1; /* -9..9: (a) */\nstatic unsigned long rounds = 5; /* 1..100 */\nint rounds_of = 5;\n',
}

describe('the text of a ready scenario', () => {
  it('takes values as defaults of its parameters', () => {
    const text = withDefaultValues(info.source, { rounds: 42, low: 3, unknown: 1 })
    expect(text).toBe(info.source.replace('-1;', '3;').replace('long rounds = 5', 'long rounds = 42'))
    expect(readyValues(info, text)).toEqual({ rounds: 42, low: 3 })
  })

  it('has no value for a default that is being typed or out of range', () => {
    expect(readyValues(info, info.source.replace('long rounds = 5', 'long rounds = '))).toEqual({ low: -1 })
    expect(readyValues(info, info.source.replace('-1;', '-;'))).toEqual({ rounds: 5 })
    expect(readyValues(info, info.source.replace('long rounds = 5', 'long rounds = 101'))).toEqual({ low: -1 })
  })

  it('is another text with any other change', () => {
    expect(readyValues(info, `${info.source}\n`)).toBeUndefined()
    expect(readyValues(info, info.source.replace('(a)', '(b)'))).toBeUndefined()
    expect(readyValues(info, info.source.replace('rounds_of = 5', 'rounds_of = 6'))).toBeUndefined()
    expect(readyValues(info, info.source.replace('= 5;', '= 5 + 1;'))).toBeUndefined()
  })

  it.each(SCENARIO_PRESETS.map((preset) => [preset.info.id, preset.info] as const))(
    'of %s declares every parameter with its default',
    (_id, preset) => {
      const defaults = Object.fromEntries(preset.parameters.map((parameter) => [parameter.name, parameter.default]))
      expect(readyValues(preset, preset.source)).toEqual(defaults)
      const least = Object.fromEntries(preset.parameters.map(({ name, min }) => [name, min]))
      expect(readyValues(preset, withDefaultValues(preset.source, least))).toEqual(least)
    },
  )
})
