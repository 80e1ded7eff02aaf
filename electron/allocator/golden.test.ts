import { describe, expect, it } from 'vitest'
import { Allocator } from './allocator.ts'
import { loadGoldenCases } from './golden/golden-cases.ts'
import { findKernelModel, KERNEL_MODELS } from './models.ts'

const TAGS = ['before', 'p1', 'p2', 'p3']

const results = loadGoldenCases().flatMap((golden) =>
  TAGS.flatMap((tag) => {
    const expected = golden.results[tag]
    return expected === undefined ? [] : [{ name: golden.name, tag, golden, expected }]
  }),
)

describe('the allocator does what the kernel code did', () => {
  it.each(results)('$name under $tag', ({ golden, tag, expected }) => {
    const allocator = new Allocator(golden.machine, findKernelModel(tag)!)
    const { addr, visited } = golden.replay(allocator)
    expect(Object.entries(allocator.counts)).toEqual(Object.entries(expected.counts))
    const cpus = Array.from({ length: golden.machine.nrCpus }, (_, cpu) => cpu)
    expect(cpus.map((cpu) => [...allocator.freeList(cpu)])).toEqual(expected.free_lists)
    if (expected.addr !== undefined) expect(addr).toEqual(expected.addr)
    if (expected.visited !== undefined) expect(visited).toEqual(expected.visited)
  })

  it('has a model for each of the four kernels, and results to hold it against', () => {
    expect(TAGS.map((tag) => findKernelModel(tag)?.id)).toEqual(KERNEL_MODELS.map((model) => model.id))
    expect(results.length).toBeGreaterThanOrEqual(175)
  })
})
