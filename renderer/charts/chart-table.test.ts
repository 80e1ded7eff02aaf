import { expect, it } from 'vitest'
import { toCsv } from './chart-table.ts'
import { countAxis } from './ticks.ts'

it('writes CSV with unformatted numbers, quoted text and empty fields for what is absent', () => {
  const rows = [
    ['v4.0, "HEAD"', 126_000, undefined],
    ['v4.1', 0, 7],
  ]
  expect(toCsv({ columns: ['Run', 'a', 'b'], rows })).toBe('Run,a,b\n"v4.0, ""HEAD""",126000,\nv4.1,0,7\n')
})

it('ends count axes at round numbers with at most five gridlines, never between two counts', () => {
  expect(countAxis(1000)).toEqual({ max: 1000, step: 250 })
  expect(countAxis(993)).toEqual({ max: 1000, step: 250 })
  expect(countAxis(7001)).toEqual({ max: 7500, step: 2500 })
  expect(countAxis(420)).toEqual({ max: 500, step: 100 })
  expect(countAxis(0)).toEqual({ max: 1, step: 1 })
  for (let max = 0; max < 3000; max += 1) {
    const axis = countAxis(max)
    expect(axis.max).toBeGreaterThanOrEqual(max)
    expect(axis.max / axis.step).toBeLessThanOrEqual(5)
    expect(Number.isInteger(axis.step)).toBe(true)
  }
})
