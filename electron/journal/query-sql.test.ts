import { describe, expect, it } from 'vitest'
import { Journal } from './index.ts'
import { newCounts, newExperiment, newJournalPath, newResult, newRun } from './journal.fixture.ts'

/** Runs 1 to 5 in experiments 1 to 3, made on the 20th, 21st and 22nd of November 2026. */
function openFilled() {
  let day = 20
  const journal = Journal.open(newJournalPath(), {
    labVersion: '0.1.0',
    now: () => new Date(2026, 10, day, 12).getTime(),
  })
  journal.startExperiment(
    newExperiment({ title: 'HEAD or TAIL', question: '', runs: [newRun('v4.0'), newRun('v4.1')] }),
  )
  day = 21
  journal.startExperiment(
    newExperiment({
      title: 'Custom machine',
      question: '',
      runs: [
        newRun('v6.1', { scenarioId: 'random', machineId: 'custom', seed: 7, parameters: { iters: 50, pages: 2.5 } }),
        newRun('v4.1', { scenarioId: 'program', program: { title: 'Log 100%', source: '' }, seed: 8, parameters: {} }),
      ],
    }),
  )
  day = 22
  journal.startExperiment(newExperiment({ title: 'Third', question: 'A leak?', runs: [newRun('v4.0', { seed: 9 })] }))
  journal.finishRun(1, newResult({ digest: '00aa00aa00aa00aa' }))
  journal.finishRun(2, newResult({ counts: newCounts(0), liveBlocksMax: 900, operations: 5, freeLists: [] }))
  journal.cancelRun(3)
  journal.failRun(4, 'No reason.')
  journal.setTags(1, ['mm', '2015'])
  journal.setTags(2, ['mmap'])
  journal.setStarred(1, true)
  journal.writeNote(1, 'the tail wins')
  const runsOf = (search: string): number[] =>
    journal
      .listExperiments({ search, limit: 100 })
      .flatMap(({ runs }) => runs.map(({ id }) => id))
      .toSorted((left, right) => left - right)
  return { journal, runsOf }
}

describe('a query finds runs', () => {
  it.each([
    ['', [1, 2, 3, 4, 5]],
    ['model:v4', [1, 2, 4, 5]],
    ['model=V4.0', [1, 5]],
    ['model!=v4.0', [2, 3, 4]],
    ['NOT model:v4', [3]],
    ['scenario:exhaust', [1, 2, 5]],
    ['scenario:"log 100%"', [4]],
    ['scenario:100_', []],
    ['scenario=program', []],
    ['machine=custom', [3]],
    ['status:finished', [1, 2]],
    ['status!=finished', [3, 4, 5]],
    ['status=failed OR status=cancelled', [3, 4]],
    ['tag=mm', [1, 2]],
    ['tag:mm', [1, 2, 3, 4]],
    ['tag!=mm', [3, 4, 5]],
    ['-tag:mm', [5]],
    ['starred:yes', [1, 2]],
    ['star!=yes', [3, 4, 5]],
    ['seed:2424', [1, 2]],
    ['seed>7 seed<=9', [4, 5]],
    ['run=3 OR run>4', [3, 5]],
    ['experiment:2', [3, 4]],
    ['param.iters=1000', [1, 2, 5]],
    ['param.iters<=50', [3]],
    ['param.pages>2 param.pages<3', [3]],
    ['-param.iters>0', [4]],
    ['vm_map_ram>=1000', [1]],
    ['maps:0', [2]],
    ['NOT maps:0', [1, 3, 4, 5]],
    ['live_blocks>100', [2]],
    ['left=3', [1]],
    ['left=0', [2]],
    ['NOT left=0', [1, 3, 4, 5]],
    ['operations<10', [2]],
    ['elapsed_ms>12', [1, 2]],
    ['digest:aa00', [1]],
    ['lab=0.1.0', [1, 2, 3, 4, 5]],
    ['created:2026-11-21', [3, 4]],
    ['created:2026-11', [1, 2, 3, 4, 5]],
    ['created>2026-11-21', [5]],
    ['created>=2026-11-21', [3, 4, 5]],
    ['created<2026-11-21', [1, 2]],
    ['created<=2026-11-21', [1, 2, 3, 4]],
    ['created!=2026-11-21', [1, 2, 5]],
    ['title:tail', [1, 2]],
    ['title:wins', []],
    ['note:wins', [1, 2]],
    ['note:"tail wins"', [1, 2]],
    ['question:leak -tag:mm', [5]],
    ['tail OR custom', [1, 2, 3, 4]],
    ['tail model=v4.1', [2]],
    ['NOT tail', [3, 4, 5]],
    ['(tail OR third) (model=v4.0 OR seed=8)', [1, 5]],
    ['tail OR third model=v4.1', [1, 2]],
    ['archived:yes', []],
  ])('%s', (query, runs) => {
    const { journal, runsOf } = openFilled()
    expect(runsOf(query)).toEqual(runs)
    journal.close()
  })
})

describe('what is found', () => {
  it('is counted without being read, newest first', () => {
    const { journal } = openFilled()
    expect(journal.findExperiments('model:v4')).toEqual({ experimentIds: [3, 2, 1], runCounts: [1, 1, 2] })
    expect(journal.readExperiments('model:v4', [1, 2]).map(({ id, runs }) => [id, runs.length])).toEqual([
      [2, 1],
      [1, 2],
    ])
    expect(journal.readExperiments('model=v6.1', [1, 2]).map(({ id }) => id)).toEqual([2])
    journal.close()
  })

  it('shows where its words are, none for those that are not wanted', () => {
    const { journal } = openFilled()
    const excerpts = (search: string): (string | undefined)[] =>
      journal.listExperiments({ search, limit: 9 }).map(({ excerpt }) => excerpt)
    expect(excerpts('note:wins OR title:custom')).toEqual(['\u0002Custom\u0003 machine', 'the tail \u0002wins\u0003'])
    expect(excerpts('-tail seed=9')).toEqual([undefined])
    journal.close()
  })

  it('can be narrowed: what there is, each counted without its own choice', () => {
    const { journal } = openFilled()
    expect(journal.facets('')).toEqual({
      all: 3,
      starred: 1,
      archived: 0,
      trashed: 0,
      models: [
        { value: 'v4.0', count: 2 },
        { value: 'v4.1', count: 2 },
        { value: 'v6.1', count: 1 },
      ],
      states: [
        { value: 'finished', count: 2 },
        { value: 'cancelled', count: 1 },
        { value: 'failed', count: 1 },
        { value: 'running', count: 1 },
      ],
      tags: [
        { value: '2015', count: 1 },
        { value: 'mm', count: 1 },
        { value: 'mmap', count: 1 },
      ],
    })
    const narrowed = journal.facets('model=v4.0 status=finished')
    expect(narrowed.models).toEqual([
      { value: 'v4.0', count: 1 },
      { value: 'v4.1', count: 1 },
    ])
    expect(narrowed.states).toEqual([
      { value: 'finished', count: 1 },
      { value: 'running', count: 1 },
    ])
    expect(narrowed).toMatchObject({ all: 1, starred: 1 })
    journal.close()
  })

  it('may be named', () => {
    const { journal } = openFilled()
    expect(journal.names()).toEqual({
      scenarios: ['Log 100%', 'exhaust', 'random'],
      models: ['v4.0', 'v4.1', 'v6.1'],
      machines: ['custom', 'x86_64'],
      tags: ['2015', 'mm', 'mmap'],
      parameters: ['iters', 'pages'],
    })
    journal.close()
  })
})
