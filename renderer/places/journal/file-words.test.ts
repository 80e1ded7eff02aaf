import { describe, expect, it } from 'vitest'
import { mergedWords, mergeWords } from './file-words.ts'

describe('the file in words', () => {
  it('says what a merge would do', () => {
    const nothing = { experiments: 0, runs: 0, known: 0, underWay: 0, trashed: 0, left: 0 }
    expect(mergeWords(nothing)).toEqual(['It has nothing that is not here.'])
    expect(mergeWords({ ...nothing, experiments: 2, runs: 3, known: 1, underWay: 1, trashed: 2 })).toEqual([
      '2 experiments with 3 runs would be added.',
      '1 experiment of it is here already.',
      '1 experiment under way there would be left out. Merge again when ended.',
      '2 experiments in its trash would be left out.',
    ])
  })

  it('says what a merge did', () => {
    const done = { experiments: 2, runs: 3, known: 0, underWay: 0, trashed: 0, left: 0 }
    expect(mergedWords(done)).toBe('2 experiments with 3 runs added.')
    expect(mergedWords({ ...done, left: 1 })).toBe(
      '2 experiments with 3 runs added. It was cancelled: 1 experiment can be merged later.',
    )
  })
})
