import { describe, expect, it } from 'vitest'
import { seriesLines } from '../../charts/series-lines.ts'
import { linePath, operationAt, xOf } from './timeline.ts'

const size = { width: 200, height: 100, operations: 1000, valueMax: 10 }
const lineOf = (last: readonly number[]) =>
  seriesLines([
    {
      modelId: 'v4.0',
      label: 'v4.0',
      series: { name: 'live_blocks', operationsPerPoint: 250, min: last, max: last, last },
    },
  ])[0]!

describe('the timeline', () => {
  it('has a place for every operation, and an operation for every place', () => {
    expect(xOf(250, size)).toBe(50)
    expect(operationAt(50, size)).toBe(250)
    expect([operationAt(-7, size), operationAt(900, size)]).toEqual([0, 1000])
    expect(operationAt(3, { ...size, width: 0 })).toBe(0)
  })

  it('draws steps from 0', () => {
    expect(linePath(lineOf([5, 10, 10, 0]), size)).toBe('M0 100H50V50H100V0H150V0H200V100')
  })
})
