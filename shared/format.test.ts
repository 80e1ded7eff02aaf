import { describe, expect, it } from 'vitest'
import {
  formatOrdinal,
  formatBytes,
  formatCount,
  formatDecimal,
  groupDigitsBy,
  formatDelta,
  formatDuration,
  formatPages,
  formatQuantity,
} from './format.ts'

describe('formats', () => {
  it('counts in order', () => {
    expect([1, 2, 3, 4, 11, 12, 21, 1003].map(formatOrdinal)).toEqual([
      ...['1st', '2nd', '3rd', '4th', '11th', '12th', '21st', '1,003rd'],
    ])
  })

  it('group digits and use a real minus sign', () => {
    expect([0, 999, 126_000, -7].map(formatCount)).toEqual(['0', '999', '126,000', '\u22127'])
  })

  it('follow the choice of what stands between digits', () => {
    groupDigitsBy(() => 'space')
    expect([formatCount(-1_260_000), formatDecimal(1014.26, 1)]).toEqual(['\u22121\u202f260\u202f000', '1\u202f014.3'])
    groupDigitsBy(() => 'none')
    expect(formatQuantity(2000, 'block')).toBe('2000 blocks')
    groupDigitsBy(() => 'comma')
    expect(formatCount(2000)).toBe('2,000')
  })

  it('say differences', () => {
    expect([80, -1000, 0].map(formatDelta)).toEqual(['+80', '\u22121,000', 'same'])
  })

  it('give sizes in the largest fitting unit', () => {
    expect([1, 1024, 32_768, 2 ** 33, 1536].map(formatPages)).toEqual(['4 KiB', '4 MiB', '128 MiB', '32 TiB', '6 MiB'])
  })

  it('give sizes of files as file managers do', () => {
    expect([0, 999, 1000, 90_112_000, 3e12].map(formatBytes)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 KB',
      '90.1 MB',
      '3.0 TB',
    ])
  })

  it('give spans of time', () => {
    expect([0.4, 850, 1400, 59_990, 125_000].map(formatDuration)).toEqual([
      '0 ms',
      '850 ms',
      '1.4 s',
      '60.0 s',
      '2 min 5 s',
    ])
  })

  it('agree in number', () => {
    expect([formatQuantity(1, 'block'), formatQuantity(2000, 'block')]).toEqual(['1 block', '2,000 blocks'])
  })
})
