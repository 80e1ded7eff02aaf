import { describe, expect, it } from 'vitest'
import type { MergeCounts } from '../../../shared/journal.ts'
import { hasNothing, mergedWords, mergeWords } from './file-words.ts'

const nothing: MergeCounts = {
  ...{ experiments: 0, runs: 0, furtherRuns: 0, sweeps: 0, saved: 0 },
  ...{ known: 0, underWay: 0, trashed: 0, noRoom: 0, left: 0 },
}

describe('the file in words', () => {
  it('says what a merge would do', () => {
    expect(mergeWords(nothing)).toEqual(['It has nothing that is not here.'])
    expect(hasNothing({ ...nothing, known: 3, noRoom: 1 })).toBe(true)
    expect(mergeWords({ ...nothing, experiments: 2, runs: 3, known: 1, underWay: 1, trashed: 2 })).toEqual([
      '2 experiments with 3 runs would be added.',
      '1 experiment of it is here already.',
      '1 experiment or sweep under way there would be left out. Merge again when ended.',
      '2 experiments in its trash would be left out.',
    ])
    expect(mergeWords({ ...nothing, sweeps: 1, saved: 2, furtherRuns: 1, noRoom: 1 })).toEqual([
      '1 sweep, 2 saved models, machines and scenarios would be added.',
      '1 run of experiments that are here already would be added.',
      '1 thing would be left out: a journal holds 200 models, 200 machines and 500 scenarios, an experiment 256 runs.',
    ])
  })

  it('says what a merge did', () => {
    const done = { ...nothing, experiments: 2, runs: 3 }
    expect(mergedWords(done)).toBe('2 experiments with 3 runs added.')
    expect(mergedWords({ ...done, furtherRuns: 2, left: 1 })).toBe(
      '2 experiments with 3 runs, 2 runs of experiments that are here already added. It was cancelled: 1 experiment or sweep can be merged later.',
    )
    expect(mergedWords(nothing)).toBe('Nothing added.')
  })
})
