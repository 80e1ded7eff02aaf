import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { HISTOGRAM_RANGES_MAX } from '../../shared/histogram.ts'
import { EXPERIMENT_RUNS_MAX } from '../../shared/journal.ts'
import { SERIES_POINTS_MAX } from '../../shared/run.ts'
import { Journal, JournalError } from './index.ts'
import { EXHAUST_SOURCE, newCounts, newExperiment, newJournalPath, newResult, newRun } from './journal.fixture.ts'

const ALL = { search: '', limit: 100 }

function openJournal(path = newJournalPath()) {
  let timeMs = 1_000
  return Journal.open(path, { labVersion: '0.1.0', now: () => timeMs++ })
}

describe('an experiment', () => {
  it('is there with all its runs before any of them has finished', () => {
    const journal = openJournal()
    const { experimentId, runIds } = journal.startExperiment(newExperiment())
    const [summary] = journal.listExperiments(ALL)
    expect(summary).toMatchObject({ id: experimentId, title: 'The 2015 vm_map_ram patch', starred: false, tags: [] })
    expect(summary?.runs.map((run) => [run.id, run.status, run.spec.modelId, run.labVersion])).toEqual([
      [runIds[0], 'running', 'v4.0', '0.1.0'],
      [runIds[1], 'running', 'v4.1', '0.1.0'],
    ])
    expect(summary).not.toHaveProperty('excerpt')
    expect(journal.openRun(runIds[0]!)).not.toHaveProperty('result')
    expect(journal.totals()).toEqual({ experiments: 1, runs: 2 })
    journal.close()
  })

  it('comes back equal after the journal was closed and opened again', () => {
    const path = newJournalPath()
    const experiment = newExperiment()
    const result = newResult()
    const first = openJournal(path)
    const { experimentId, runIds } = first.startExperiment(experiment)
    first.finishRun(runIds[0]!, result)
    first.failRun(runIds[1]!, 'The scenario divides by zero in line 4.')
    first.close()

    const second = openJournal(path)
    const record = second.openExperiment(experimentId)!
    expect(record.records[0]).toEqual({
      id: runIds[0],
      experimentId,
      spec: experiment.runs[0]!.spec,
      status: 'finished',
      startedAtMs: record.createdAtMs,
      labVersion: '0.1.0',
      counts: result.counts,
      blocksListed: 3,
      digest: result.digest,
      elapsedMs: result.elapsedMs,
      source: EXHAUST_SOURCE,
      result,
    })
    expect(record.records[1]).toMatchObject({ status: 'failed', failure: 'The scenario divides by zero in line 4.' })
    expect(record.records[1]).not.toHaveProperty('counts')
    expect(second.openRun(runIds[0]!)).toEqual(record.records[0])
    const [summary] = second.listExperiments(ALL)
    expect(summary?.runs).toEqual(record.runs)
    expect(summary?.runs[0]).toEqual({ ...record.records[0], source: undefined, result: undefined })
    second.close()
  })

  it('keeps counts up to 2^53 - 1 and machines with 64-bit addresses exactly', () => {
    const journal = openJournal()
    const { runIds } = journal.startExperiment(newExperiment())
    const counts = newCounts(Number.MAX_SAFE_INTEGER - 20)
    journal.finishRun(runIds[0]!, newResult({ counts }))
    expect(journal.openRun(runIds[0]!)?.counts).toEqual(counts)
    expect(journal.openRun(runIds[0]!)?.spec.machine).toEqual(newRun('v4.0').spec.machine)
    journal.close()
  })

  it('is listed newest first, and no more than asked for', () => {
    const journal = openJournal()
    for (const title of ['first', 'second', 'third']) journal.startExperiment(newExperiment({ title }))
    expect(journal.listExperiments({ search: '', limit: 2 }).map((summary) => summary.title)).toEqual([
      'third',
      'second',
    ])
    journal.close()
  })

  it('is summarised run by run, in any order, across experiments', () => {
    const journal = openJournal()
    const [first, second] = [newExperiment(), newExperiment()].map((one) => journal.startExperiment(one).runIds)
    journal.finishRun(second![0]!, newResult())
    const summaries = journal.summarizeRuns([second![0]!, 99, first![1]!, second![0]!])
    expect(summaries.map(({ id, status }) => [id, status])).toEqual([
      [second![0], 'finished'],
      [first![1], 'running'],
    ])
    expect(summaries[0]).toEqual(journal.listExperiments(ALL)[0]?.runs[0])
    expect(summaries[0]).not.toHaveProperty('result')
    journal.close()
  })

  it('is undefined when there is none', () => {
    const journal = openJournal()
    expect(journal.openExperiment(1)).toBeUndefined()
    expect(journal.openRun(1)).toBeUndefined()
    expect(journal.totals()).toEqual({ experiments: 0, runs: 0 })
    journal.close()
  })
})

describe('a run that has ended', () => {
  it('is refused by name and status when it is ended again', () => {
    const journal = openJournal()
    const { runIds } = journal.startExperiment(newExperiment())
    journal.finishRun(runIds[0]!, newResult())
    journal.cancelRun(runIds[1]!)
    expect(() => journal.finishRun(runIds[0]!, newResult())).toThrow(/^Run 1 is finished, not running/)
    expect(() => journal.failRun(runIds[0]!, 'late')).toThrow(/^Run 1 is finished/)
    expect(() => journal.cancelRun(runIds[1]!)).toThrow(/^Run 2 is cancelled/)
    expect(() => journal.finishRun(99, newResult())).toThrow(/no run 99/)
    expect(journal.openRun(runIds[0]!)?.status).toBe('finished')
    journal.close()
  })

  it('is interrupted when the journal is closed before it ended', () => {
    const path = newJournalPath()
    const journal = openJournal(path)
    const { runIds } = journal.startExperiment(newExperiment())
    journal.finishRun(runIds[0]!, newResult())
    journal.close()
    journal.close()
    const reopened = openJournal(path)
    expect(runIds.map((id) => reopened.openRun(id)?.status)).toEqual(['finished', 'interrupted'])
    reopened.close()
  })

  it('cannot be changed through the file either', () => {
    const path = newJournalPath()
    const journal = openJournal(path)
    const { runIds } = journal.startExperiment(newExperiment())
    journal.finishRun(runIds[0]!, newResult())
    journal.close()
    const file = new Database(path)
    file.pragma('foreign_keys = ON')
    file.pragma('recursive_triggers = ON')
    for (const change of [
      "UPDATE run SET digest = '0000000000000000' WHERE id = 1",
      "UPDATE run SET status = 'running' WHERE id = 2",
      'DELETE FROM run WHERE id = 1',
      'UPDATE counts SET vm_map_ram = 1',
      'DELETE FROM counts',
      'INSERT INTO counts SELECT 2, * FROM (SELECT 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16)',
      "UPDATE series SET data = x''",
      'DELETE FROM series',
      "INSERT INTO series VALUES (1, 'other', 1, 0, x'')",
      'UPDATE free_list SET length = 9',
      'DELETE FROM free_list',
      "INSERT INTO free_list VALUES (1, 63, 0, '[]', '[]', 0, x'')",
      "UPDATE scenario_source SET text = ''",
      'DELETE FROM scenario_source',
      'REPLACE INTO run SELECT * FROM run WHERE id = 1',
    ]) {
      expect(() => file.exec(change), change).toThrow(/never|only deleted|before it starts|FOREIGN KEY/)
    }
    file.close()
  })

  it('goes with its experiment when that is deleted whole', () => {
    const path = newJournalPath()
    const journal = openJournal(path)
    const { experimentId, runIds } = journal.startExperiment(newExperiment())
    journal.finishRun(runIds[0]!, newResult())
    journal.writeNote(experimentId, 'a note')
    const file = new Database(path)
    file.pragma('foreign_keys = ON')
    file.exec('DELETE FROM experiment')
    file.close()
    expect(journal.totals()).toEqual({ experiments: 0, runs: 0 })
    expect(journal.listExperiments({ search: 'note', limit: 9 })).toEqual([])
    journal.close()
  })
})

describe('what is too large or impossible', () => {
  it('is refused whole, naming the limit', () => {
    const journal = openJournal()
    const runs = (count: number) => Array.from({ length: count }, () => newRun('v4.0'))
    for (const [change, limit] of [
      [{ title: 'x'.repeat(201) }, /title has 201 characters; at most 200 .*TITLE_LENGTH_MAX/],
      [{ title: ' ' }, /needs a title/],
      [{ question: 'x'.repeat(1001) }, /at most 1000 .*QUESTION_LENGTH_MAX/],
      [{ runs: [] }, /takes 1 to 256 runs/],
      [{ runs: runs(EXPERIMENT_RUNS_MAX + 1) }, /EXPERIMENT_RUNS_MAX\); these are 257/],
      [{ runs: [newRun('v4.0'), newRun('v4.1', { source: 'x'.repeat(1_000_001) })] }, /SOURCE_LENGTH_MAX/],
    ] as const) {
      expect(() => journal.startExperiment(newExperiment(change))).toThrow(limit)
      expect(() => journal.startExperiment(newExperiment(change))).toThrow(JournalError)
    }
    expect(journal.totals()).toEqual({ experiments: 0, runs: 0 })
    journal.startExperiment(newExperiment({ title: 'x'.repeat(200), runs: runs(EXPERIMENT_RUNS_MAX) }))
    expect(journal.totals()).toEqual({ experiments: 1, runs: EXPERIMENT_RUNS_MAX })
    journal.close()
  })

  it('leaves a run running when its result is refused', () => {
    const journal = openJournal()
    const { runIds } = journal.startExperiment(newExperiment())
    const points = Array.from({ length: SERIES_POINTS_MAX + 1 }, () => 0)
    const series = { name: 'live_blocks', operationsPerPoint: 1, min: points, max: points, last: points } as const
    const manyRanges = Array.from({ length: HISTOGRAM_RANGES_MAX + 1 }, (_, value) => [value, value, 1] as const)
    const list = { cpu: 0, length: 1, head: [[1, 2, 3]], tail: [], freeSlotsMax: [2] } as const
    for (const [change, reason] of [
      [{ series: [series] }, /SERIES_POINTS_MAX/],
      [{ series: [{ ...series, min: [1] }] }, /1 min, 4097 max/],
      [{ series: [{ ...series, min: [-1], max: [1], last: [1] }] }, /not negative/],
      [{ freeLists: [list, list] }, /UNIQUE/],
      [{ visitedNodes: { ranges: manyRanges } }, /HISTOGRAM_RANGES_MAX/],
      [{ visitedNodes: { ranges: [[0, 0, 0.5]] } }, /not negative/],
      [{ requestOrders: { byOrder: [-1], larger: 0, empty: 0 } }, /request orders cannot be stored/],
      [{ freeLists: [{ ...list, freeSlotsMax: points }] }, /FREE_LIST_COLUMNS_MAX/],
      [{ counts: { ...newCounts(1), bugs: 0.5 } }, /bugs/],
      [{ digest: 'not a digest' }, /digest/],
    ] as const) {
      expect(() => journal.finishRun(runIds[0]!, newResult(change))).toThrow(reason)
      expect(journal.openRun(runIds[0]!)?.status).toBe('running')
    }
    journal.finishRun(runIds[0]!, newResult())
    expect(journal.openRun(runIds[0]!)?.result).toEqual(newResult())
    journal.close()
  })

  it('is not stored when it cannot be read back', () => {
    const journal = openJournal()
    const run = newRun('v4.0', { parameters: { iters: Number.NaN } })
    expect(() => journal.startExperiment(newExperiment({ runs: [run] }))).toThrow(/parameters cannot be stored/)
    journal.close()
  })
})

describe('stored data that something else damaged', () => {
  it.each([
    ["machine = '{}'", /the machine of run 1 in the journal .*wordBits/],
    ["parameters = '[1]'", /the parameters of run 1/],
  ])('%s is reported with its place', (change, message) => {
    const path = newJournalPath()
    const journal = openJournal(path)
    journal.startExperiment(newExperiment())
    const file = new Database(path)
    file.exec(`DROP TRIGGER run_inputs_stay; UPDATE run SET ${change} WHERE id = 1`)
    file.close()
    expect(() => journal.openRun(1)).toThrow(message)
    expect(() => journal.listExperiments(ALL)).toThrow(JournalError)
    expect(journal.openRun(2)?.status).toBe('running')
    journal.close()
  })

  it.each([
    ['free_list', "head = '[[1,2]]' WHERE cpu = 5", /free list of CPU 5 of run 1/],
    ['series', "data = x'00'", /the series live_blocks of run 1/],
    ['series', 'points = 2', /the series live_blocks of run 1/],
    ['visited_nodes', 'ranges = 1', /the histogram of visited nodes of run 1/],
    ['visited_nodes', "data = x'00'", /the histogram of visited nodes of run 1/],
    ['request_orders', "by_order = '{}'", /the request orders of run 1/],
  ])('%s: %s is reported with its place', (table, change, message) => {
    const path = newJournalPath()
    const journal = openJournal(path)
    journal.startExperiment(newExperiment())
    journal.finishRun(1, newResult())
    const file = new Database(path)
    file.exec(`DROP TRIGGER ${table}_update; UPDATE ${table} SET ${change}`)
    file.close()
    expect(() => journal.openRun(1)).toThrow(message)
    expect(() => journal.openRun(1)).toThrow(JournalError)
    journal.close()
  })
})

describe('a long journal', () => {
  it('lists 1,000 experiments of 6 runs in a few queries', () => {
    const journal = openJournal()
    const models = ['v4.0', 'v4.0+1', 'v4.0+1+2', 'v4.1', 'v5.0', 'v6.1']
    for (let i = 0; i < 1000; i++) {
      const { runIds } = journal.startExperiment(newExperiment({ runs: models.map((model) => newRun(model)) }))
      for (const id of runIds) journal.finishRun(id, newResult())
    }
    const startMs = performance.now()
    const list = journal.listExperiments({ search: '', limit: 1000 })
    const elapsedMs = performance.now() - startMs
    expect(list.flatMap((summary) => summary.runs)).toHaveLength(6000)
    // Measured: about 20 ms. The bound has room for a busy machine, not for a query for each run
    expect(elapsedMs).toBeLessThan(400)
    journal.close()
  }, 60_000)
})
