import { describe, expect, it } from 'vitest'
import { REFERENCE_RELEASES, ReferenceAllocator } from './index.ts'
import type { ReferenceMachine, ReferenceModel } from './index.ts'

const machine: ReferenceMachine = {
  wordBits: 64,
  nrCpus: 2,
  vmallocStartPage: 0xffffc90000000,
  vmallocPages: 1024,
  bbmapBits: 128,
}
const v41 = REFERENCE_RELEASES.p3

describe('rules that are easily missed', () => {
  it('searches from the bottom again for an ordinary area after a big map: it asks for less alignment', () => {
    const allocator = new ReferenceAllocator(machine, v41)
    expect(allocator.vmap(1)).toBe(0)
    expect(allocator.mapRam(1)).toBe(128)
    expect(allocator.mapRam(65)).toBe(2)
    expect(allocator.mapRam(65)).toBe(256)
    expect(allocator.vmap(60)).toBe(67)
  })

  it('plays any mix of the three patches: a block occupied at once may enter at HEAD and keep a bitmap', () => {
    const allocator = new ReferenceAllocator(machine, { ...v41, newBlockAt: 'head', dirtyTracking: 'bitmap' })
    for (const pages of [64, 1, 64]) allocator.mapRam(pages)
    expect(allocator.visitedNodes).toBe(1)
    expect(allocator.freeLists()[0]).toEqual([
      [1, 64, 0],
      [0, 63, 0],
    ])
  })

  it('does not drain at the limit while a purge is running, and does not count it', () => {
    const large = { ...machine, vmallocPages: 1 << 20, bbmapBits: 1024, nrCpus: 1 }
    const allocator = new ReferenceAllocator(large, v41)
    const maps = Array.from({ length: 8 * 16 + 1 }, () => allocator.mapRam(64))
    for (const start of maps) allocator.unmapRam(start, 64)
    allocator.unmapAliases()
    expect(allocator.counts).toMatchObject({ fragmented_blocks_purged: 1, purge_on_lazy_threshold: 0, tlb_flushes: 1 })
  })
})

describe('rules of later releases', () => {
  const roomy: ReferenceMachine = { ...machine, nrCpus: 1, vmallocPages: 1 << 20 }
  /** Makes `areas` big maps of 1,024 pages and frees them; 8,192 pages are the limit. */
  const freeBigMaps = (allocator: ReferenceAllocator, areas: number): void => {
    const maps = Array.from({ length: areas }, () => allocator.mapRam(1024))
    for (const start of maps) allocator.unmapRam(start, 1024)
  }

  it('lets the worker run for nothing when the operation that woke it has purged (6.1)', () => {
    for (const [tag, drains] of [
      ['v5.10', 0],
      ['v6.1', 1],
    ] as const) {
      const allocator = new ReferenceAllocator(roomy, REFERENCE_RELEASES[tag])
      freeBigMaps(allocator, 8)
      allocator.unmapRam(allocator.mapRam(1), 1)
      allocator.unmapAliases()
      expect(allocator.counts).toMatchObject({
        fragmented_blocks_purged: 1,
        purge_on_lazy_threshold: drains,
        tlb_flushes: 1,
        lazy_pages: 0,
      })
    }
  })

  it('multiplies the lazy limit, rounded down', () => {
    const drainsAfter = (lazyFactor: number, areas: number): number => {
      const allocator = new ReferenceAllocator(roomy, { ...v41, lazyFactor })
      freeBigMaps(allocator, areas)
      return allocator.counts.purge_on_lazy_threshold
    }
    expect([drainsAfter(1, 8), drainsAfter(1, 9)]).toEqual([0, 1])
    expect([drainsAfter(0.5, 4), drainsAfter(0.5, 5)]).toEqual([0, 1])
    expect([drainsAfter(0.49999, 4), drainsAfter(2, 16), drainsAfter(2, 17)]).toEqual([1, 0, 1])
    expect(() => new ReferenceAllocator(roomy, { lazyFactor: 0 })).toThrow(RangeError)
  })

  it('spares fragments with the threshold or more free, in vm_unmap_aliases only', () => {
    const survivors = (model: ReferenceModel): number[] => {
      const allocator = new ReferenceAllocator({ ...roomy, vmallocPages: 512, nrCpus: 4 }, model)
      // A fragment on each CPU, with 32, 31, 64 and 63 free slots
      for (const [cpu, sizes] of [[64, 32], [64, 32, 1], [64], [64, 1]].entries()) {
        allocator.setCpu(cpu)
        for (const { start, pages } of sizes.map((pages) => ({ start: allocator.mapRam(pages), pages }))) {
          allocator.unmapRam(start, pages)
        }
      }
      allocator.unmapAliases()
      const spared = allocator.freeLists().flat()
      expect(allocator.mapRam(500)).toBe(0)
      expect(allocator.freeLists().flat()).toEqual([])
      return spared.map(([, free]) => free)
    }
    expect(survivors(REFERENCE_RELEASES['v6.5'])).toEqual([32, 64, 63])
    expect(survivors({ ...REFERENCE_RELEASES['v6.5'], fragmentThreshold: 0.5 })).toEqual([64])
    expect(survivors(REFERENCE_RELEASES['v6.1'])).toEqual([])
    expect(survivors({ ...v41, fragmentThreshold: 0.25 })).toEqual([32, 64, 63])
    expect(() => survivors({ ...v41, fragmentThreshold: 2 })).toThrow(RangeError)
  })

  it('keeps areas for their node and size until a failed allocation empties all pools (6.12)', () => {
    const small = { ...roomy, nrCpus: 2, vmallocPages: 300 }
    const allocator = new ReferenceAllocator(small, REFERENCE_RELEASES['v6.19'])
    for (const start of [allocator.mapRam(100), allocator.mapRam(100)]) allocator.unmapRam(start, 100)
    allocator.unmapAliases()
    expect(allocator.mapRam(100)).toBe(100)
    allocator.setCpu(1)
    expect(allocator.mapRam(100)).toBe(200)
    expect(allocator.counts.purge_on_alloc_failure).toBe(0)
    expect(allocator.mapRam(100)).toBe(0)
    expect(allocator.counts.purge_on_alloc_failure).toBe(1)
  })

  it('refuses to play a map of 0 pages where nothing catches it', () => {
    for (const tag of ['v2.6.28', 'v3.2'] as const) {
      expect(() => new ReferenceAllocator(machine, REFERENCE_RELEASES[tag]).mapRam(0)).toThrow(/0 pages/)
    }
  })

  it('fills the holes below large maps up to 3.10', () => {
    const allocator = new ReferenceAllocator(machine, REFERENCE_RELEASES['v3.2'])
    expect([1, 32, 2, 16, 1, 64].map((pages) => allocator.mapRam(pages))).toEqual([0, 32, 2, 16, 1, 64])
  })
})

describe('an unmap that has no map', () => {
  it('throws with page and size', () => {
    const allocator = new ReferenceAllocator(machine, v41)
    expect(() => allocator.unmapRam(5, 3)).toThrow(/3 pages/)
    const start = allocator.mapRam(3)
    expect(() => allocator.unmapRam(start, 8)).toThrow(/8 slots at slot 0/)
    allocator.unmapRam(start, 3)
    expect(() => allocator.unmapRam(start, 3)).toThrow(/4 slots at slot 0/)
    const big = allocator.mapRam(100)
    expect(() => allocator.unmapRam(big, 101)).toThrow(/no big map of 101 pages at page/)
    expect(() => allocator.vunmap(big)).toThrow(/no vmap at page/)
    expect(allocator.counts.vm_unmap_ram).toBe(1)
  })

  it('refuses CPUs and sizes that do not exist', () => {
    const allocator = new ReferenceAllocator(machine, v41)
    expect(() => allocator.setCpu(2)).toThrow(RangeError)
    expect(() => allocator.mapRam(1.5)).toThrow(RangeError)
    expect(() => allocator.vmap(-1)).toThrow(RangeError)
  })
})
