import { describe, expect, it } from 'vitest'
import { Allocator } from '../../electron/allocator/allocator.ts'
import { findKernelModel } from '../../electron/allocator/models.ts'
import type { Counts } from '../../shared/counts.ts'
import type { Machine } from '../../shared/machine.ts'
import type { ListedBlock } from '../../shared/run.ts'
import { CheckedAllocator } from './checked-allocator.ts'
import { InvariantError } from './page-map.ts'

/** Room for four blocks of 64 slots; blocks begin 56 pages after VMALLOC_START. */
const machine: Machine = { wordBits: 32, nrCpus: 2, vmallocStartPage: 0xf0808, vmallocPages: 320, bbmapBits: 64 }
const model = findKernelModel('v4.1')!

/** An allocator that lies about one thing, as soon as it is told to. */
class Tampered extends Allocator {
  lie: {
    shiftMaps?: number
    counts?: Partial<Counts>
    liveBlocks?: number
    list?: (blocks: ListedBlock[]) => ListedBlock[]
  } = {}

  override mapRam(pages: number): number {
    return super.mapRam(pages) + (this.lie.shiftMaps ?? 0)
  }

  override vmap(pages: number): number {
    return super.vmap(pages) + (this.lie.shiftMaps ?? 0)
  }

  override get counts(): Counts {
    return { ...super.counts, ...this.lie.counts }
  }

  override get liveBlocks(): number {
    return this.lie.liveBlocks ?? super.liveBlocks
  }

  override *freeList(cpu: number): Generator<ListedBlock> {
    const blocks = [...super.freeList(cpu)]
    yield* this.lie.list?.(blocks) ?? blocks
  }
}

/** Two blocks on CPU 0 with 31 and 32 slots free, one of which a map of 32 pages keeps. */
function prepared(): { tampered: Tampered; checked: CheckedAllocator } {
  const tampered = new Tampered(machine, model)
  const checked = new CheckedAllocator(tampered)
  for (const pages of [1, 32, 32]) checked.mapRam(pages)
  checked.unmapRam(56, 1)
  return { tampered, checked }
}

describe('a true allocator passes', () => {
  it('through blocks, areas, failures and purges', () => {
    const { checked } = prepared()
    expect(checked.vmap(10)).toBe(0)
    expect(checked.mapRam(200)).toBe(-1)
    checked.unmapRam(57, 32)
    checked.unmapAliases()
    checked.vunmap(0)
    checked.setCpu(1)
    expect(checked.mapRam(33)).toBe(11)
    expect(checked.mapRam(0)).toBe(-1)
  })
})

describe('what cannot be is refused, with the values', () => {
  it.each([
    ['a map over slots in use', { shiftMaps: -1 }, '1 slots at slot 32 of block 1 with 31 free'],
    ['a count too many', { counts: { alloc_vmap_area: 7 } }, 'alloc_vmap_area: 7, must be 2'],
    ['pages that were never freed', { counts: { lazy_pages: 64 } }, 'lazy_pages: 64, must be 0'],
    ['a block that is gone', { liveBlocks: 1 }, 'live blocks: 1, must be 2'],
    [
      'another order',
      { list: (blocks) => blocks.toReversed() },
      'CPU 0, position 0 from HEAD: block 2 with 32 free and 0 dirty, must be block 1 with 30 free and 1 dirty',
    ],
    [
      'a block listed twice',
      { list: (blocks) => [...blocks, ...blocks] },
      'CPU 0, position 2 from HEAD: block 1 with 30 free and 1 dirty, must be the end',
    ],
    ['a list that ends early', { list: (blocks) => blocks.slice(0, 1) }, 'blocks on the list of CPU 0: 1, must be 2'],
    [
      'more free and dirty slots than there are',
      { list: (blocks) => blocks.map(([index, free, dirty]) => [index, free, dirty + 33]) },
      'CPU 0, position 0 from HEAD: block 1 with 30 free and 34 dirty, must be block 1 with 30 free and 1 dirty',
    ],
  ] satisfies [string, Tampered['lie'], string][])('%s', (_, lie, message) => {
    const { tampered, checked } = prepared()
    tampered.lie = lie
    expect(() => checked.mapRam(1)).toThrow(new InvariantError(message))
  })

  it('areas that overlap', () => {
    const { tampered, checked } = prepared()
    tampered.lie = { shiftMaps: 183 }
    expect(() => checked.vmap(5)).toThrow(new InvariantError('page 183 becomes area; it was unused, not free'))
  })
})
