import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadGoldenCases } from '../golden/golden-cases.ts'
import { REFERENCE_RELEASES, ReferenceAllocator } from './index.ts'

const pairs = loadGoldenCases().flatMap((golden) =>
  Object.entries(REFERENCE_RELEASES).flatMap(([tag, model]) => {
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
    for (const field of Object.keys(expected)) expect(['counts', 'free_lists', 'addr', 'visited']).toContain(field)
  })

  it('compares every result that the files hold', () => {
    const folder = join(import.meta.dirname, '../golden/cases')
    const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
    expect(texts).toHaveLength(47)
    for (const tag of Object.keys(REFERENCE_RELEASES)) {
      const inFiles = texts.filter((text) => text.includes(`"${tag}":{"counts"`)).length
      expect(pairs.filter((pair) => pair.tag === tag)).toHaveLength(inFiles)
    }
    const resultsInFiles = texts.map((text) => text.match(/":\{"counts"/g)?.length ?? 0)
    expect(pairs).toHaveLength(resultsInFiles.reduce((sum, results) => sum + results, 0))
    expect(pairs).toHaveLength(564)
  })
})
