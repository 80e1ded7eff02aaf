import { describe, expect, it } from 'vitest'
import { Allocator } from './allocator.ts'
import { loadGoldenCases } from './golden/golden-cases.ts'
import { findKernelModel, KERNEL_MODELS } from './models.ts'

const results = loadGoldenCases().flatMap((golden) =>
  Object.entries(golden.results).flatMap(([tag, expected]) =>
    expected === undefined ? [] : [{ name: golden.name, tag, golden, expected }],
  ),
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

  it('covers every version of the recordings', () => {
    const tags = new Set(results.map(({ tag }) => tag))
    expect([...tags].map((tag) => findKernelModel(tag)?.id).toSorted()).toEqual(
      KERNEL_MODELS.map((model) => model.id).toSorted(),
    )
    expect(results.length).toBeGreaterThan(550)
  })
})
