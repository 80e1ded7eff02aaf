import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReferenceAllocator } from './index.ts'
import type { ReferenceMachine, ReferenceModel } from './index.ts'

const models: fc.Arbitrary<ReferenceModel> = fc.record({
  newBlockAt: fc.constantFrom('head', 'tail'),
  afterNewBlock: fc.constantFrom('search-again', 'occupy'),
  search: fc.constantFrom('first-fit', 'best-fit', 'worst-fit', 'next-fit'),
  slotPlacement: fc.constantFrom('aligned', 'bump'),
  dirtyTracking: fc.constantFrom('bitmap', 'range'),
  zeroPages: fc.constantFrom('bug', 'warn'),
  addressSpace: fc.constantFrom('gap-first-fit', 'next-fit', 'free-tree'),
  treePadding: fc.constantFrom('always', 'aligned'),
  nodes: fc.boolean(),
  poolDecay: fc.constantFrom('all-below-four', 'none-below-four'),
  drainOrder: fc.constantFrom('ascending', 'last-first', 'merged', 'descending'),
  thresholdDrain: fc.constantFrom('at-once', 'worker'),
  fragmentPurge: fc.boolean(),
  aliasesVisit: fc.constantFrom('listed', 'all-blocks'),
  fragmentThreshold: fc.constantFrom(0, 0.25, 0.5, 1),
  lazyFactor: fc.constantFrom(0.001, 0.01, 0.1, 1, 2),
})

const machines: fc.Arbitrary<ReferenceMachine> = fc
  .record({
    wordBits: fc.constantFrom(32, 64),
    nrCpus: fc.integer({ min: 1, max: 5 }),
    startOffset: fc.constantFrom(0, 0, 7, 100),
    blocks: fc.integer({ min: 1, max: 12 }),
    pagesBeyond: fc.integer({ min: 0, max: 200 }),
  })
  .map(({ wordBits, nrCpus, startOffset, blocks, pagesBeyond }) => ({
    wordBits,
    nrCpus,
    vmallocStartPage: (wordBits === 64 ? 0xffffc90000000 : 0xf0800) + startOffset,
    vmallocPages: blocks * 128 + pagesBeyond,
    bbmapBits: 128,
  }))

const requests = fc.array(
  fc.record({
    kind: fc.constantFrom('map', 'map', 'map', 'big', 'vmap', 'unmap', 'unmap', 'unmap', 'cpu', 'aliases'),
    number: fc.nat({ max: 1000 }),
  }),
  { minLength: 1, maxLength: 200, size: 'max' },
)

interface Mapping {
  start: number
  pages: number
  /** Pages it takes, of which a block's slots are a power of two. */
  taken: number
  kind: 'map' | 'vmap'
}

function play(allocator: ReferenceAllocator, { wordBits, nrCpus }: ReferenceMachine, kind: string, number: number) {
  const map = (pages: number, taken: number): Mapping => ({ start: allocator.mapRam(pages), pages, taken, kind: 'map' })
  const small = 1 + (number % wordBits)
  const large = wordBits + 1 + (number % 250)
  if (kind === 'map') return map(small, 2 ** Math.ceil(Math.log2(small)))
  if (kind === 'big') return map(large, large)
  if (kind === 'vmap') return { start: allocator.vmap(small), pages: small, taken: small + 1, kind } as const
  if (kind === 'cpu') allocator.setCpu(number % nrCpus)
  if (kind === 'aliases') allocator.unmapAliases()
  return undefined
}

describe('any combination of choices', () => {
  it('keeps mappings apart and inside the space, and comes back to an empty one', () => {
    fc.assert(
      fc.property(machines, models, requests, (machine, model, stream) => {
        const allocator = new ReferenceAllocator(machine, model)
        const live: Mapping[] = []
        const release = (position: number): void => {
          for (const { kind, start, pages } of live.splice(position, 1)) {
            if (kind === 'map') allocator.unmapRam(start, pages)
            else allocator.vunmap(start)
          }
        }
        for (const { kind, number } of stream) {
          if (kind === 'unmap') release(number % (live.length + 1))
          const mapping = play(allocator, machine, kind, number)
          if (mapping === undefined || mapping.start < 0) continue
          const { start, taken } = mapping
          expect(start + taken).toBeLessThanOrEqual(machine.vmallocPages)
          expect(live.filter((other) => start < other.start + other.taken && other.start < start + taken)).toEqual([])
          live.push(mapping)
        }
        while (live.length > 0) release(0)
        if (!model.fragmentPurge) return
        // A request that cannot be met purges everything: then the whole space is free again
        expect(allocator.mapRam(machine.vmallocPages + 65)).toBe(-1)
        expect(allocator.freeLists().flat()).toEqual([])
        expect(allocator.counts.lazy_pages).toBe(0)
        expect(allocator.state()).toBe(new ReferenceAllocator(machine, model).state())
        expect(allocator.mapRam(machine.vmallocPages)).toBe(0)
      }),
      { numRuns: 500 },
    )
  })
})
