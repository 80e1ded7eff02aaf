import { describe, expect, it } from 'vitest'
import type { JournalFacets } from '../../../shared/journal.ts'
import { facetsOf } from './facets.ts'
import { excerptParts } from './rows.ts'

const COUNTS: JournalFacets = {
  all: 5,
  starred: 2,
  archived: 1,
  trashed: 0,
  models: [
    { value: 'v4.0', count: 14 },
    { value: 'v4.0 + mine', count: 3 },
  ],
  tags: [{ value: 'mm', count: 4 }],
  states: [{ value: 'finished', count: 17 }],
}

const shown = (query: string): (readonly [string, string[]])[] =>
  facetsOf(COUNTS, query).map(({ title, values }) => [
    title,
    values.map(({ label, count, chosen }) => `${chosen ? '*' : ''}${label} ${count}`),
  ])
const next = (query: string, label: string): string | undefined =>
  facetsOf(COUNTS, query)
    .flatMap(({ values }) => values)
    .find((value) => value.label === label)?.next

describe('facets', () => {
  it('say what there is and how much of it', () => {
    expect(shown('tail')).toEqual([
      ['Experiment', ['*All 5', 'Starred 2', 'Archived 1']],
      ['Model', ['v4.0 14', 'v4.0 + mine 3']],
      ['Tag', ['mm 4']],
      ['State', ['Finished 17']],
    ])
  })

  it('know what the query chooses, typed or clicked', () => {
    expect(shown('star:yes MODEL=V4.0 tail')).toEqual([
      ['Experiment', ['All 5', '*Starred 2', 'Archived 1']],
      ['Model', ['*v4.0 14', 'v4.0 + mine 3']],
      ['Tag', ['mm 4']],
      ['State', ['Finished 17']],
    ])
  })

  it('write conditions into the query, one of a kind', () => {
    expect(next('', 'v4.0 + mine')).toBe('model="v4.0 + mine"')
    expect(next('a OR b', 'v4.0')).toBe('(a OR b) model=v4.0')
    expect(next('starred=yes a', 'Archived')).toBe('a archived=yes')
    expect(next('status=failed', 'Finished')).toBe('status=finished')
  })

  it('take them out again', () => {
    expect(next('tail model=v4.0', 'v4.0')).toBe('tail')
    expect(next('starred=yes model=v4.0', 'All')).toBe('model=v4.0')
    expect(next('starred=yes', 'Starred')).toBe('')
  })

  it('keep a chosen value that nothing has any more, so that it can be given up', () => {
    expect(shown('tag=gone trashed=yes')).toEqual([
      ['Experiment', ['All 5', 'Starred 2', 'Archived 1', '*Trash 0']],
      ['Model', ['v4.0 14', 'v4.0 + mine 3']],
      ['Tag', ['mm 4', '*gone 0']],
      ['State', ['Finished 17']],
    ])
  })
})

describe('an excerpt', () => {
  it('is split at its marks', () => {
    expect(excerptParts('new block at the \u0002tail\u0003 of the \u0002list\u0003')).toEqual([
      { text: 'new block at the ', hit: false },
      { text: 'tail', hit: true },
      { text: ' of the ', hit: false },
      { text: 'list', hit: true },
    ])
  })

  it('without marks is one piece, and an empty one none', () => {
    expect(excerptParts('plain')).toEqual([{ text: 'plain', hit: false }])
    expect(excerptParts('')).toEqual([])
  })
})
