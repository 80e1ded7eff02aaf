import { describe, expect, it } from 'vitest'
import type { AddressSpace } from './address-space.ts'
import { zeroCounts } from './counts.ts'
import { REFERENCE_RELEASES } from './index.ts'
import type { ReferenceModel, ReferenceRelease } from './index.ts'
import { PendingAreas } from './pending-areas.ts'
import { createNodes } from './vmap-node.ts'

/** Frees areas on a machine of three CPUs, whose limit is 16,384 pages, and tells what is given back in which order. */
function drain(model: ReferenceModel, freed: readonly { start: number; pages: number; node?: number }[]): string[] {
  const machine = { wordBits: 64, nrCpus: 3, vmallocStartPage: 0, vmallocPages: 1 << 20, bbmapBits: 1024 } as const
  const returned: string[] = []
  const space: AddressSpace = {
    allocate: () => undefined,
    free: ({ start, end }) => {
      returned.push(`${start}-${end}`)
    },
    state: () => '',
  }
  const counts = zeroCounts()
  const pending = new PendingAreas(machine, model, counts, space, createNodes(machine, model))
  for (const { start, pages, node = 0 } of freed) pending.add({ start, end: start + pages, use: 'vmap', node })
  pending.purge()
  expect(counts.lazy_pages).toBe(0)
  expect(counts.tlb_flushes).toBe(1)
  return returned
}

describe('a drain', () => {
  it('returns areas in the order of its release', () => {
    const freed = [50, 10, 30, 20].map((start) => ({ start, pages: 10 }))
    const orders: [ReferenceRelease, string[]][] = [
      ['p3', ['10-20', '20-30', '30-40', '50-60']],
      ['v4.10', ['20-30', '30-40', '10-20', '50-60']],
      ['v5.10', ['20-30', '30-40', '10-20', '50-60']],
      ['v6.1', ['10-40', '50-60']],
      ['v6.8', ['10-40', '50-60']],
    ]
    for (const [tag, order] of orders) expect(drain(REFERENCE_RELEASES[tag], freed)).toEqual(order)
    const oneNode: ReferenceModel = { ...REFERENCE_RELEASES['v6.12'], nodes: false }
    expect(drain(oneNode, freed)).toEqual(['50-60', '30-40', '20-30', '10-20'])
  })

  it('takes node by node, and leaves what has a pool there (6.12)', () => {
    const freed = [
      { start: 5000, pages: 300, node: 2 },
      { start: 0, pages: 1000, node: 2 },
      { start: 2000, pages: 300, node: 0 },
      { start: 3000, pages: 256, node: 0 },
    ]
    expect(drain(REFERENCE_RELEASES['v6.12'], freed)).toEqual(['2000-2300', '5000-5300', '0-1000'])
  })

  it('processes the first nodes last when several lazy limits are pending (6.12)', () => {
    const freed = (pages: number) => [0, 1, 2].map((node) => ({ start: node * 100_000, pages, node }))
    const starts = (pages: number): string[] =>
      drain(REFERENCE_RELEASES['v6.12'], freed(pages)).map((range) => range.split('-')[0]!)
    expect(starts(10_000)).toEqual(['0', '100000', '200000'])
    expect(starts(11_000)).toEqual(['100000', '200000', '0'])
    expect(starts(16_384)).toEqual(['200000', '0', '100000'])
    expect(starts(60_000)).toEqual(['200000', '0', '100000'])
  })
})
