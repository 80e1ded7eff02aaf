import { describe, expect, it } from 'vitest'
import { COUNT_NAMES, type Counts } from '../../../shared/counts.ts'
import type { RunRecord } from '../../../shared/journal.ts'
import { patch2015Runs, publishedCounts, PUBLISHED_TABLES } from '../../../shared/published.ts'
import { FURTHER_COUNTS, hasPublished, modelsOf, resultRows, workloadsOf } from './results.ts'

const zero = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as Counts

const runs: RunRecord[] = patch2015Runs().map((spec, position) => ({
  id: position + 1,
  experimentId: 1,
  spec,
  status: 'finished',
  startedAtMs: 0,
  labVersion: '0.1.0',
  source: '',
  counts: { ...zero, ...publishedCounts(PUBLISHED_TABLES[position]!) },
}))

describe('the result table', () => {
  it('has one group a workload, with the models side by side', () => {
    expect(workloadsOf(runs).map(({ scenarioId, runs: grouped }) => [scenarioId, grouped.length])).toEqual([
      ['exhaust', 2],
      ['random', 2],
      ['orders', 2],
    ])
    expect(modelsOf(runs).map(({ modelId }) => modelId)).toEqual(['v4.0', 'v4.1'])
  })

  it('puts the published hits beside the simulated ones and says that they are equal', () => {
    const [exhaust] = workloadsOf(runs)
    const rows = resultRows(exhaust!, ['v4.0', 'v4.1'])
    expect(rows.at(-1)).toEqual({
      name: 'free_vmap_block',
      counts: [0, 992],
      published: [0, 992],
      decides: true,
      matches: true,
    })
    expect(rows[0]).toMatchObject({ name: 'vm_map_ram', decides: false, matches: true })
    expect(hasPublished(rows)).toBe(true)
  })

  it('says when a count differs from the published one', () => {
    const [first, second] = runs as [RunRecord, RunRecord]
    const wrong = { ...first, counts: { ...first.counts!, alloc_vmap_area: 999 } }
    const rows = resultRows(workloadsOf([wrong, second])[0]!, ['v4.0', 'v4.1'])
    expect(rows.map((row) => row.matches)).toEqual([true, true, false, true])
  })

  it('leaves a gap for a run without a result, and compares nothing where nothing was published', () => {
    const { id, experimentId, spec, startedAtMs, labVersion, source } = runs[0]!
    const changed = { ...spec, parameters: { iters: 7 } }
    const other: RunRecord = { id, experimentId, spec: changed, status: 'running', startedAtMs, labVersion, source }
    const [row] = resultRows(workloadsOf([other])[0]!, ['v4.0', 'v4.1'])
    expect(row).toMatchObject({ counts: [undefined, undefined], published: [undefined, undefined], matches: undefined })
  })

  it('does not call a random stream of another seed different from the published one', () => {
    const random = runs.slice(2, 4).map((run) => ({ ...run, spec: { ...run.spec, seed: 7 } }))
    const changed = random.map((run) => ({ ...run, counts: { ...run.counts!, alloc_vmap_area: 430 } }))
    const rows = resultRows(workloadsOf(changed)[0]!, ['v4.0', 'v4.1'])
    expect(rows.map((row) => row.matches)).toEqual([undefined, undefined, undefined, undefined])
    expect(hasPublished(rows)).toBe(true)
  })

  it('keeps workloads with other parameters, seeds or machines apart', () => {
    const spec = runs[0]!.spec
    const variants = [
      spec,
      { ...spec, seed: 1 },
      { ...spec, parameters: { iters: 2 } },
      { ...spec, machineId: 'custom' },
    ]
    expect(workloadsOf(variants.map((changed, id) => ({ ...runs[0]!, id, spec: changed })))).toHaveLength(4)
  })

  it('shows every counter somewhere, once', () => {
    expect(FURTHER_COUNTS.length).toBe(COUNT_NAMES.length - 4)
  })
})
