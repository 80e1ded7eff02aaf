import { describe, expect, it } from 'vitest'
import { totalCount } from '../../shared/histogram.ts'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { publishedCounts, PUBLISHED_TABLES, patch2015Runs } from '../../shared/published.ts'
import { blocksListed, FREE_LIST_BLOCKS_MAX, SERIES_NAMES, type RunResult, type RunSpec } from '../../shared/run.ts'
import { execute } from './execute.ts'

function clockFrom(startMs: number): () => number {
  let now = startMs
  return () => (now += 1)
}

function finish(spec: RunSpec): RunResult {
  const execution = execute(spec, { cancelled: () => false, onProgress: () => undefined, clock: clockFrom(0) })
  if (execution.kind !== 'finished') throw new Error('the run was cancelled')
  return execution.result
}

const [exhaustBefore, exhaustAfter] = patch2015Runs()

describe('execute', () => {
  it.each(patch2015Runs().map((spec, position) => ({ ...spec, position })))(
    'gives the published counts of $scenarioId under $modelId',
    ({ position, ...spec }) => {
      expect(finish(spec).counts).toMatchObject(publishedCounts(PUBLISHED_TABLES[position]!))
    },
  )

  it('reports the leak that the patch is about', () => {
    const before = finish(exhaustBefore!)
    expect(blocksListed(before)).toBe(1000)
    expect(before.liveBlocksMax).toBe(1000)
    expect(before.freeLists).toMatchObject([{ cpu: 0, length: 1000 }])
    expect(before.freeLists[0]?.head[0]).toEqual([999, 8, 1016])
    expect(before.freeLists[0]?.tail.at(-1)).toEqual([0, 8, 1016])
    expect(before.freeLists[0]?.freeSlotsMax).toHaveLength(1000)
    const after = finish(exhaustAfter!)
    expect(after.freeLists).toMatchObject([{ cpu: 0, length: 1, head: [[expect.any(Number), 832, 192]], tail: [] }])
    expect(after.liveBlocksMax).toBe(2)
    expect(before.freeLists[0]!.head.length + before.freeLists[0]!.tail.length).toBe(FREE_LIST_BLOCKS_MAX)
  })

  it('samples every quantity, and the series agree with the counts', () => {
    const { series, counts, operations } = finish(exhaustBefore!)
    expect(series.map(({ name }) => name)).toEqual(SERIES_NAMES)
    const ends = Object.fromEntries(series.map(({ name, last }) => [name, last.at(-1)]))
    expect(ends).toEqual({
      live_blocks: 1000,
      listed_blocks: 1000,
      used_pages: 1000 * 1024,
      lazy_pages: counts.lazy_pages,
      mapped_pages: 0,
      visited_nodes: 1,
      purges: 0,
    })
    const most = Object.fromEntries(series.map(({ name, max }) => [name, Math.max(...max)]))
    expect(most).toMatchObject({ mapped_pages: 16, visited_nodes: 1000, live_blocks: 1000 })
    expect(
      series.every(({ last, operationsPerPoint }) => last.length === Math.ceil(operations / operationsPerPoint)),
    ).toBe(true)
  })

  it.each(patch2015Runs())('counts every map of $scenarioId under $modelId in its distributions', (spec) => {
    const { visitedNodes, requestOrders, counts } = finish(spec)
    expect(totalCount(visitedNodes!)).toBe(counts.vm_map_ram)
    const walked = visitedNodes!.ranges.map(([first, last, count]) => ((first + last) / 2) * (last - first + 1) * count)
    expect(walked.reduce((sum, part) => sum + part, 0)).toBe(counts.nodes_visited)
    expect(requestOrders!.byOrder.reduce((sum, maps) => sum + maps, 0)).toBe(counts.vm_map_ram)
  })

  it('is deterministic: the same inputs give the same digest, another model another one', () => {
    const digests = [exhaustBefore!, exhaustBefore!, exhaustAfter!].map((spec) => finish(spec).digest)
    expect(digests[0]).toMatch(/^[0-9a-f]{16}$/)
    expect(digests[1]).toBe(digests[0])
    expect(digests[2]).not.toBe(digests[0])
  })

  it('tells v4.0+1 from v4.0+1+2 by the blocks walked alone', () => {
    const [first, second] = ['v4.0+1', 'v4.0+1+2'].map((modelId) => finish({ ...exhaustAfter!, modelId }))
    expect(first?.counts.alloc_vmap_area).toBe(second?.counts.alloc_vmap_area)
    expect(first?.digest).not.toBe(second?.digest)
  })

  it('ends between two operations when it is cancelled', () => {
    let looks = 0
    const execution = execute(
      { ...exhaustBefore!, parameters: { iters: 10_000_000 } },
      { cancelled: () => looks >= 5, onProgress: () => (looks += 1), clock: clockFrom(0) },
    )
    expect(execution).toEqual({ kind: 'cancelled' })
    expect(looks).toBe(5)
  })

  it('makes nothing of a run that was cancelled before it started', () => {
    const told: number[] = []
    const options = { cancelled: () => true, onProgress: (done: number) => told.push(done), clock: clockFrom(0) }
    expect(execute(exhaustBefore!, options)).toEqual({ kind: 'cancelled' })
    expect(told).toEqual([])
  })

  it('says how far it is', () => {
    const told: [number, number | undefined][] = []
    execute(exhaustBefore!, { cancelled: () => false, onProgress: (...now) => told.push(now), clock: clockFrom(0) })
    expect(told.length).toBeGreaterThan(10)
    expect(told.every(([done, total], position) => total === 252_000 && done > (told[position - 1]?.[0] ?? -1))).toBe(
      true,
    )
  })

  it.each([
    ['scenario', { scenarioId: 'nothing' }],
    ['kernel model', { modelId: 'v9.9' }],
    ['Machine', { machine: { ...MACHINE_PRESETS[0]!.machine, bbmapBits: 1000 } }],
  ])('names an unknown %s', (named, change) => {
    expect(() => finish({ ...exhaustBefore!, ...change })).toThrow(named)
  })
})
