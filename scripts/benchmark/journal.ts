/** The journal with 100,000 runs: how long it takes to open it, to find something in it and to read the first page. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { ExperimentSummary } from '../../shared/journal.ts'
import { newCounts, newResult, newRun } from '../../electron/journal/new-experiment.fixture.ts'
import { Connection } from '../../electron/journal/connection.ts'
import { Journal } from '../../electron/journal/index.ts'
import { recordOwner } from '../../electron/journal/owner.ts'
import { recordResult, recordRun } from '../../electron/journal/run-recorder.ts'
import { indexExperiment } from '../../electron/journal/search.ts'

export const JOURNAL_RUNS = 100_000
const RUNS_EACH = 10
/** Experiments of the first page: more than a window of 4K shows. */
const PAGE = 60
const ROUNDS = 7

const MODELS = ['v2.6.28', 'v3.2', 'v4.0', 'v4.1', 'v5.0', 'v5.4', 'v6.1', 'v6.12']
const SCENARIOS = ['exhaust', 'random', 'orders']
const WORDS = 'head tail purge lazy leak order block queue flush alias fragment vmalloc xfs erofs bitmap slot'.split(
  ' ',
)

/** From few runs found to nearly all, through each way to look for them. */
export const JOURNAL_QUERIES = [
  '',
  'purge',
  'lea',
  '"head tail"',
  'note:fragment',
  'tail OR purge -leak',
  'model=v4.1',
  'model:v4 scenario:random seed>9000',
  'tag=mm status=finished',
  'starred:yes',
  'param.iters>=5000',
  'param.iters=17 OR param.iters=18',
  'vm_map_ram>600',
  'live_blocks>50 alloc_vmap_area<700',
  'created:2026-03',
  '(tail OR purge) model=v6.1 NOT tag=mm maps>100 param.iters<9000',
]

export interface JournalTimes {
  readonly fileBytes: number
  /** Opening the file, counting it and reading the first page. */
  readonly openMs: number
  readonly queries: readonly {
    readonly query: string
    readonly runs: number
    /** All that is found, without content. */
    readonly findMs: number
    /** The first page of it, to be shown. */
    readonly pageMs: number
    /** The counts of the filters. */
    readonly facetsMs: number
  }[]
}

/** Medians of several rounds, on a file in the system's temporary folder that is deleted afterwards. */
export function journalTimes(runs = JOURNAL_RUNS): JournalTimes {
  const folder = mkdtempSync(join(tmpdir(), 'vmap-lab-bench-'))
  try {
    const path = join(folder, 'journal.sqlite')
    writeJournal(path, runs)
    const openMs = median(
      () => {
        const journal = Journal.open(path, { labVersion: 'bench' })
        journal.totals()
        firstPage(journal, '')
        return journal
      },
      (journal) => journal.close(),
    )
    const journal = Journal.open(path, { labVersion: 'bench' })
    const queries = JOURNAL_QUERIES.map((query) => ({
      query,
      runs: journal.findExperiments(query).runCounts.reduce((sum, count) => sum + count, 0),
      findMs: median(() => journal.findExperiments(query)),
      pageMs: median(() => firstPage(journal, query)),
      facetsMs: median(() => journal.facets(query)),
    }))
    journal.close()
    return { fileBytes: statSync(path).size, openMs, queries }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function firstPage(journal: Journal, query: string): readonly ExperimentSummary[] {
  const { experimentIds } = journal.findExperiments(query)
  return journal.readExperiments(query, experimentIds.slice(0, PAGE))
}

/** The median time of `work`; `after` is given its answer after each round and not timed. */
function median<Answer>(work: () => Answer, after?: (answer: Answer) => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const startedMs = performance.now()
    const answer = work()
    const elapsedMs = performance.now() - startedMs
    after?.(answer)
    return elapsedMs
  })
  return times.toSorted((left, right) => left - right)[ROUNDS >> 1] ?? NaN
}

/** Experiments of ten runs over a year, with notes, tags and stars, through the journal's own code in large transactions. */
function writeJournal(path: string, runs: number): void {
  Journal.open(path, { labVersion: 'bench' }).close()
  const connection = Connection.open(path, Date.now)
  const ownerId = connection.write(() => recordOwner(connection, 0))
  for (let first = 0; first < runs / RUNS_EACH; first += 1000) {
    connection.write(() => {
      for (let index = first; index < Math.min(first + 1000, runs / RUNS_EACH); index += 1) {
        writeExperiment(connection, index, ownerId)
      }
    })
  }
  connection.close()
}

function writeExperiment(connection: Connection, index: number, ownerId: number): void {
  const startedAtMs = Date.UTC(2026, 0, 1) + index * 3_000_000
  const word = (offset: number): string => WORDS[(index * 7 + offset * 5) % WORDS.length] ?? ''
  const experimentId = connection.run(
    'INSERT INTO experiment (title, question, created_at_ms, starred) VALUES (?, ?, ?, ?)',
    `${word(1)} ${word(2)} ${index}`,
    `Is ${word(3)} worse than ${word(4)}?`,
    startedAtMs,
    index % 20 === 0 ? 1 : 0,
  ).insertedId
  connection.run(
    'INSERT INTO note (experiment_id, version, text, written_at_ms) VALUES (?, 1, ?, ?)',
    experimentId,
    `${word(5)} ${word(6)} ${word(7)}: ${word(8)} ${word(9)}`,
    startedAtMs,
  )
  for (const tag of index % 3 === 0 ? ['mm', word(10)] : [word(11)]) {
    connection.run(
      'INSERT INTO tag (experiment_id, name, added_at_ms) VALUES (?, ?, ?)',
      experimentId,
      tag,
      startedAtMs,
    )
  }
  for (let position = 0; position < RUNS_EACH; position += 1) {
    const number = index * RUNS_EACH + position
    const run = newRun(MODELS[number % MODELS.length] ?? '', {
      scenarioId: SCENARIOS[index % SCENARIOS.length] ?? '',
      seed: (number * 37) % 10_000,
      parameters: { iters: (index * 13) % 10_000, pages: 1 + (index % 64) },
    })
    const runId = recordRun(connection, run, { experimentId, position, ownerId, labVersion: 'bench', startedAtMs })
    const result = newResult({ counts: newCounts(number % 1000), liveBlocksMax: number % 100, operations: number })
    recordResult(connection, runId, result, startedAtMs + 1000)
  }
  indexExperiment(connection, experimentId)
}
