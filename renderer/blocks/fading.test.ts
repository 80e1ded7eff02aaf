import { describe, expect, it } from 'vitest'
import type { ListedBlock } from '../../shared/run.ts'
import { withGone } from './fading.ts'

const blocks = (...indices: readonly number[]): readonly ListedBlock[] => indices.map((index) => [index, 8, 0])
const text = (before: readonly number[], now: readonly number[], gone: readonly number[]): string =>
  withGone(blocks(...before), blocks(...now), gone)
    .map(({ block: [index], isGone }) => (isGone ? `(${index})` : `${index}`))
    .join(' ')

describe('blocks that leave a list', () => {
  it('fade where they were', () => {
    expect(text([1, 2, 3], [1, 3], [2])).toBe('1 (2) 3')
    expect(text([1, 2, 3], [2, 3], [1])).toBe('(1) 2 3')
    expect(text([1, 2, 3], [1, 2], [3])).toBe('1 2 (3)')
    expect(text([1, 2, 3, 4], [1, 4], [2, 3])).toBe('1 (2) (3) 4')
    expect(text([1, 2], [], [1, 2])).toBe('(1) (2)')
  })

  it('do not when they are only no longer in sight, or back', () => {
    expect(text([1, 2, 3], [9, 1, 2], [])).toBe('9 1 2')
    expect(text([1, 2, 3], [9, 1, 3], [2])).toBe('9 1 (2) 3')
    expect(text([1, 2], [1, 2], [2])).toBe('1 2')
    expect(text([1, 2], [1, 2], [7])).toBe('1 2')
  })
})
