import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadGoldenCases } from '../golden/golden-cases.ts'
import { ReferenceAllocator } from './index.ts'
import type { ReferenceModel } from './index.ts'

const models: Record<'before' | 'p1' | 'p2' | 'p3', ReferenceModel> = {
  before: { newBlockAt: 'head', afterNewBlock: 'search-again', dirtyTracking: 'bitmap' },
  p1: { newBlockAt: 'tail', afterNewBlock: 'search-again', dirtyTracking: 'bitmap' },
  p2: { newBlockAt: 'tail', afterNewBlock: 'occupy', dirtyTracking: 'bitmap' },
  p3: { newBlockAt: 'tail', afterNewBlock: 'occupy', dirtyTracking: 'range' },
}

const pairs = loadGoldenCases().flatMap((golden) =>
  Object.entries(models).flatMap(([tag, model]) => {
    const expected = golden.results[tag]
    return expected === undefined ? [] : [{ name: golden.name, tag, model, golden, expected }]
  }),
)

describe('the reference allocator does what the kernel code did', () => {
  it.each(pairs)('$name under $tag', ({ golden, model, expected }) => {
    const allocator = new ReferenceAllocator(golden.machine, model)
    const { addr, visited } = golden.replay(allocator)
    expect(Object.entries(allocator.counts)).toEqual(Object.entries(expected.counts))
    expect(allocator.freeLists()).toEqual(expected.free_lists)
    if (expected.addr !== undefined) expect(addr).toEqual(expected.addr)
    if (expected.visited !== undefined) expect(visited).toEqual(expected.visited)
  })

  it('compares every result that the files hold for these kernels', () => {
    const folder = join(import.meta.dirname, '../golden/cases')
    const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
    expect(texts).toHaveLength(47)
    for (const tag of Object.keys(models)) {
      const inFiles = texts.filter((text) => text.includes(`"${tag}":{"counts"`)).length
      expect(pairs.filter((pair) => pair.tag === tag)).toHaveLength(inFiles)
    }
    expect(pairs.filter((pair) => pair.tag === 'before')).toHaveLength(46)
    expect(pairs).toHaveLength(175)
    expect(pairs.filter((pair) => pair.expected.addr !== undefined)).toHaveLength(132)
    expect(pairs.filter((pair) => pair.expected.visited !== undefined)).toHaveLength(132)
  })
})
