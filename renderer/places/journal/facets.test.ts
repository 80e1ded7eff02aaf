import { describe, expect, it } from 'vitest'
import type { ExperimentSummary, RunSummary } from '../../../shared/journal.ts'
import { patch2015Runs } from '../../../shared/published.ts'
import type { RunStatus } from '../../../shared/run.ts'
import { facetsOf, filtered, type JournalFilter } from './facets.ts'
import { excerptParts, rowsOf } from './rows.ts'

function run(id: number, modelId: string, status: RunStatus = 'finished'): RunSummary {
  return { id, experimentId: 1, spec: { ...patch2015Runs()[0]!, modelId }, status, startedAtMs: 0, labVersion: '' }
}

function experiment(id: number, change: Partial<ExperimentSummary>): ExperimentSummary {
  return { id, title: `E${id}`, question: '', createdAtMs: 0, starred: false, tags: [], runs: [], ...change }
}

const experiments = [
  experiment(2, { starred: true, tags: ['mm', '2015'], runs: [run(3, 'v4.0'), run(4, 'v4.1', 'cancelled')] }),
  experiment(1, { tags: ['mm'], runs: [run(1, 'v4.0'), run(2, 'v4.0+1')] }),
]

describe('filters', () => {
  it('let everything through at first', () => {
    expect(filtered(experiments, {})).toEqual(experiments)
  })

  it('keep the runs that pass, and only experiments that have some', () => {
    const ids = (filter: Parameters<typeof filtered>[1]): number[][] =>
      filtered(experiments, filter).map((kept) => kept.runs.map(({ id }) => id))
    expect(ids({ modelId: 'v4.0' })).toEqual([[3], [1]])
    expect(ids({ modelId: 'v4.1' })).toEqual([[4]])
    expect(ids({ status: 'cancelled' })).toEqual([[4]])
    expect(ids({ tag: '2015' })).toEqual([[3, 4]])
    expect(ids({ starred: true })).toEqual([[3, 4]])
    expect(ids({ starred: true, modelId: 'v4.0+1' })).toEqual([])
  })
})

describe('facets', () => {
  const shown = (filter: JournalFilter): (readonly [string, string[]])[] =>
    facetsOf(experiments, filter).map(({ title, values }) => [
      title,
      values.map(({ label, count, chosen }) => `${chosen ? '*' : ''}${label} ${count}`),
    ])

  it('say what there is and how much of it', () => {
    expect(shown({})).toEqual([
      ['Experiment', ['*All 2', 'Starred 1']],
      ['Model', ['v4.0 2', 'v4.1 1', 'v4.0+1 1']],
      ['Tag', ['mm 2', '2015 1']],
      ['State', ['Finished 3', 'Cancelled 1']],
    ])
  })

  it('count what a choice would leave next to the choices that are made', () => {
    expect(shown({ starred: true, modelId: 'v4.0' })).toEqual([
      ['Experiment', ['All 2', '*Starred 1']],
      ['Model', ['*v4.0 1', 'v4.1 1', 'v4.0+1 0']],
      ['Tag', ['mm 1', '2015 1']],
      ['State', ['Finished 1', 'Cancelled 0']],
    ])
  })

  it('are combined, and given up one by one', () => {
    const value = (filter: JournalFilter, label: string): JournalFilter | undefined =>
      facetsOf(experiments, filter)
        .flatMap(({ values }) => values)
        .find((found) => found.label === label)?.next
    expect(value({ starred: true }, 'v4.0')).toEqual({ starred: true, modelId: 'v4.0' })
    expect(value({ starred: true, modelId: 'v4.0' }, 'Starred')).toEqual({ modelId: 'v4.0' })
    expect(value({ starred: true, modelId: 'v4.0' }, 'All')).toEqual({})
    expect(value({ tag: 'mm' }, 'mm')).toEqual({})
  })

  it('keep a chosen value that nothing has any more, so that it can be given up', () => {
    expect(
      facetsOf(experiments, { tag: 'gone' })
        .find(({ title }) => title === 'Tag')
        ?.values.at(-1),
    ).toEqual({
      label: 'gone',
      count: 0,
      chosen: true,
      next: {},
    })
  })

  it('leave out what there is nothing of', () => {
    expect(facetsOf([], {}).map(({ title }) => title)).toEqual(['Experiment'])
  })
})

describe('rows', () => {
  it('put each experiment above its runs', () => {
    expect(rowsOf(experiments).map(({ key }) => key)).toEqual([
      'experiment-2',
      'run-3',
      'run-4',
      'experiment-1',
      'run-1',
      'run-2',
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
