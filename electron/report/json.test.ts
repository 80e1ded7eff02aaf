import { beforeAll, describe, expect, test } from 'vitest'
import type { RunRecord } from '../../shared/journal.ts'
import { patch2015Runs, PUBLISHED_TABLES, publishedCounts } from '../../shared/published.ts'
import type { RunSpec } from '../../shared/run.ts'
import { execute } from '../runner/execute.ts'
import { buildReport, writeReport } from './index.ts'
import { inputOf, recordOf } from './report.fixture.ts'

interface WrittenRun {
  readonly run: number
  readonly seed: number
  readonly status: string
  readonly command: string
  readonly digest?: string
  readonly counts?: Record<string, number>
  readonly published?: { counts: object; times: Record<string, { time_us: number; s2_possible: boolean }> }
  readonly series?: { name: string; last: number[] }[]
  readonly free_lists?: { length: number; head: number[][] }[]
}

interface Written {
  readonly format: string
  readonly version: number
  readonly written_at: string
  readonly verdict?: { tone: string }
  readonly notes: readonly { text: string }[]
  readonly workloads: readonly { source?: string; machine: { vmalloc_start: string }; runs: readonly WrittenRun[] }[]
}

let published: RunRecord[] = []

function made(id: number, spec: RunSpec): RunRecord {
  const execution = execute(spec, { cancelled: () => false, onProgress: () => undefined, clock: () => 0.125 })
  if (execution.kind !== 'finished') throw new Error('not finished')
  return recordOf(id, spec, execution.result)
}

function written(...input: Parameters<typeof inputOf>): Written {
  return JSON.parse(writeReport(buildReport(inputOf(...input)), 'json')) as Written
}

beforeAll(() => {
  published = patch2015Runs().map((spec, index) => made(index + 1, spec))
})

describe('the JSON report', () => {
  test('is versioned and holds every number exactly', () => {
    const report = written(published)
    expect(report).toMatchObject({ format: 'vmap-lab-report', version: 1, written_at: '2026-11-23T14:05:00.000Z' })
    expect(report.verdict?.tone).toBe('match')
    const runs = report.workloads.flatMap((workload) => workload.runs)
    expect(runs).toHaveLength(6)
    runs.forEach((run, index) => {
      const { result, spec } = published[index]!
      expect(run.counts).toEqual(result!.counts)
      expect(run.digest).toBe(result!.digest)
      expect(run.seed).toBe(spec.seed)
      expect(run.series?.map(({ last }) => last)).toEqual(result!.series.map(({ last }) => last))
      expect(run.free_lists?.map(({ head }) => head)).toEqual(result!.freeLists.map(({ head }) => head))
      expect(run.published?.counts).toEqual(publishedCounts(PUBLISHED_TABLES[index]!))
    })
    expect(report.workloads[0]!.machine.vmalloc_start).toBe('0xffffc90000000000')
    expect(report.workloads[0]!.source).toBe(published[0]!.source)
  })

  test('flags the six published variances that cannot be right', () => {
    const runs = written(published).workloads.flatMap((workload) => workload.runs)
    const times = runs.flatMap((run) => Object.values(run.published?.times ?? {}))
    expect(times).toHaveLength(23)
    expect(times.filter((row) => !row.s2_possible)).toHaveLength(6)
    expect(runs[0]!.published?.times['vm_map_ram']?.time_us).toBe(30_683.3)
  })

  test('writes a series on one line', () => {
    const text = writeReport(buildReport(inputOf(published)), 'json')
    expect(text.split('\n').length).toBeLessThan(5000)
  })

  test('holds unfinished runs without counts, and no section that was not chosen', () => {
    const note = [{ text: 'Private.', writtenAtMs: 0 }]
    const report = written([recordOf(3, patch2015Runs()[0]!)], { note, sections: ['counts'] })
    const [run] = report.workloads[0]!.runs
    expect(run).toMatchObject({ run: 3, status: 'cancelled' })
    expect(run!.counts).toBeUndefined()
    expect(report.notes).toEqual([])
    expect(report.verdict).toBeUndefined()
  })

  test("keeps people's words whole, numbers in brackets included", () => {
    const text = '[\n 1,\n 2\n] "quoted" \\ </script>'
    expect(written(published, { note: [{ text, writtenAtMs: 0 }] }).notes).toMatchObject([{ text }])
  })
})
