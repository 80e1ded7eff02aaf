import { describe, expect, it } from 'vitest'
import { COUNT_NAMES, type Counts } from '../../../shared/counts.ts'
import type { RunRecord } from '../../../shared/journal.ts'
import { patch2015Runs, publishedCounts, PUBLISHED_TABLES } from '../../../shared/published.ts'
import type { FreeListSummary } from '../../../shared/run.ts'
import { freeListsAsText, resultsAsTsv } from './copies.ts'
import { modelsOf, workloadsOf } from './results.ts'

const zero = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as Counts
const list = (length: number, head: FreeListSummary['head'], tail: FreeListSummary['tail'] = []): FreeListSummary => ({
  cpu: 0,
  length,
  head,
  tail,
  freeSlotsMax: [],
})

function run(position: number, freeLists: readonly FreeListSummary[]): RunRecord {
  const counts = { ...zero, ...publishedCounts(PUBLISHED_TABLES[position]!) }
  return {
    id: position + 1,
    experimentId: 1,
    spec: patch2015Runs()[position]!,
    status: 'finished',
    startedAtMs: 0,
    labVersion: '0.1.0',
    source: '',
    counts,
    result: { counts, operations: 1, liveBlocksMax: 1, freeLists, series: [], digest: '0'.repeat(16), elapsedMs: 1 },
  }
}

const tsv = (runs: readonly RunRecord[]): string[] =>
  resultsAsTsv(workloadsOf(runs), modelsOf(runs), ({ scenarioId }) => `<${scenarioId}>`).split('\n')

const custom = { name: 'mine', base: 'v4.0', choices: { search: 'best-fit' } } as const
const underMine = (given: RunRecord): RunRecord => ({ ...given, spec: { ...given.spec, modelId: 'mine', custom } })
const NOTE = 'experimental (v4.0 with search best-fit)'

describe('the copied table', () => {
  it('has a line a function with plain numbers, and says where the published table has no row', () => {
    const lines = tsv([run(0, []), run(1, [])])
    expect(lines[0]).toBe('Workload\tFunction\tv4.0\tv4.1\t2015 before\t2015 after')
    expect(lines[1]).toBe('<exhaust>\tvm_map_ram\t126000\t126000\t126000\t126000')
    expect(lines[4]).toBe('<exhaust>\tfree_vmap_block\t0\t992\tno row\t992')
    expect(lines).toHaveLength(6)
  })

  it('has the differences from a baseline beside the other models', () => {
    const runs = [run(0, []), run(1, [])]
    const lines = resultsAsTsv(workloadsOf(runs), modelsOf(runs), () => 'x', 'v4.0').split('\n')
    expect(lines[0]).toBe('Workload\tFunction\tv4.0\tv4.1\tv4.1 - v4.0\t2015 before\t2015 after')
    expect(lines[3]).toBe('x\talloc_vmap_area\t1000\t993\t-7\t1000\t993')
    expect(resultsAsTsv(workloadsOf(runs), modelsOf(runs), () => 'x', 'gone')).toBe(
      resultsAsTsv(workloadsOf(runs), modelsOf(runs), () => 'x'),
    )
  })

  it('leaves absent figures empty, and the published columns out where nothing was published', () => {
    const { id, experimentId, spec, startedAtMs, labVersion, source } = run(0, [])
    const other = { ...spec, parameters: { iters: 5 } }
    const unfinished: RunRecord = {
      id,
      experimentId,
      spec: other,
      status: 'cancelled',
      startedAtMs,
      labVersion,
      source,
    }
    expect(tsv([unfinished]).slice(0, 2)).toEqual(['Workload\tFunction\tv4.0', '<exhaust>\tvm_map_ram\t'])
  })
})

describe('a custom model', () => {
  it('is named once with what it is, in the table and in the free lists', () => {
    const runs = [run(0, []), underMine(run(1, [list(1, [[23, 832, 192]])]))]
    expect(tsv(runs)[0]).toContain(`\tv4.0\tmine, ${NOTE}\t`)
    expect(tsv(runs).join('\n').split(NOTE)).toHaveLength(2)
    const text = freeListsAsText(runs, 'Exhaust')
    expect(text.split('\n')[1]).toBe(`mine is ${NOTE}`)
    expect(text.split(NOTE)).toHaveLength(2)
  })
})

describe('the copied free lists', () => {
  it('stand in the notation of the patch, a run after the other', () => {
    const many = list(
      1000,
      [
        [999, 8, 1016],
        [998, 8, 1016],
        [997, 8, 1016],
      ],
      [
        [1, 8, 1016],
        [0, 8, 1016],
      ],
    )
    expect(freeListsAsText([run(0, [many]), run(1, [list(1, [[23, 832, 192]])]), run(5, [])], 'Exhaust')).toBe(
      [
        'Free lists at the end, Exhaust',
        'v4.0, CPU 0: 1,000 blocks',
        '  HEAD |xxxxxxxxx-|xxxxxxxxx-|xxxxxxxxx-| ... |xxxxxxxxx-|xxxxxxxxx-| TAIL',
        'v4.1, CPU 0: 1 block',
        '  HEAD |xx--------| TAIL',
        'v4.1: no block is listed',
        '',
      ].join('\n'),
    )
  })
})
