import { describe, expect, it } from 'vitest'
import { REFERENCE_RELEASES, ReferenceAllocator } from './index.ts'
import type { ReferenceMachine } from './index.ts'

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
