import { describe, expect, it } from 'vitest'
import { searchFreeList } from './block-search.ts'
import { VmapBlock } from './block.ts'
import { zeroCounts } from './counts.ts'
import { DirtyMinMax } from './dirty-slots.ts'
import { FreeList } from './free-list.ts'
import { ReferenceAllocator } from './index.ts'
import type { ReferenceMachine } from './index.ts'
import { BumpPlacement } from './slot-placement.ts'

const machine: ReferenceMachine = {
  wordBits: 64,
  nrCpus: 1,
  vmallocStartPage: 0xffffc90000000,
  vmallocPages: 1 << 20,
  bbmapBits: 128,
}

const blockOf = (page: number): number => Math.floor(page / machine.bbmapBits)

/** Maps these sizes one after the other: for each the block that served and the blocks looked at. */
function play(allocator: ReferenceAllocator, sizes: readonly number[]): [number, number][] {
  return sizes.map((pages) => {
    const page = allocator.mapRam(pages)
    return [blockOf(page), allocator.visitedNodes]
  })
}

describe('searches', () => {
  it('best-fit looks at all blocks and takes the fewest free slots that suffice, from HEAD', () => {
    const allocator = new ReferenceAllocator(machine, { search: 'best-fit' })
    expect(play(allocator, [64, 32, 64, 64, 16, 32, 8, 8])).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 2],
      [0, 1],
      [2, 1],
      [0, 2],
      [0, 2],
    ])
    expect(allocator.freeLists()).toEqual([[[2, 96, 0]]])
  })

  it('worst-fit looks at all blocks and takes the most free slots; of several the nearest to HEAD', () => {
    const allocator = new ReferenceAllocator(machine, { search: 'worst-fit' })
    expect(play(allocator, [64, 32, 64, 32, 16, 1, 64])).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 2],
      [0, 2],
      [1, 2],
      [2, 2],
    ])
    expect(allocator.freeLists()).toEqual([
      [
        [0, 16, 0],
        [1, 31, 0],
        [2, 64, 0],
      ],
    ])
  })

  it('best-fit and worst-fit take the one nearest to HEAD among equals', () => {
    const list = new FreeList()
    const blocks = [40, 8, 40, 8].map((free, index) => {
      const area = { start: index * 128, end: (index + 1) * 128, use: 'block', node: 0 } as const
      const block = new VmapBlock(area, 0, new BumpPlacement(), new DirtyMinMax())
      block.take(block.slots - free)
      list.addTail(block)
      return block
    })
    const counts = zeroCounts()
    expect(searchFreeList('best-fit', list, 8, counts)).toBe(blocks[1])
    expect(searchFreeList('best-fit', list, 16, counts)).toBe(blocks[0])
    expect(searchFreeList('worst-fit', list, 8, counts)).toBe(blocks[0])
    expect(searchFreeList('worst-fit', list, 64, counts)).toBeUndefined()
    expect(counts.nodes_visited).toBe(16)
  })

  it('next-fit starts after the block that served last and comes to it at the end', () => {
    const allocator = new ReferenceAllocator(machine, { search: 'next-fit' })
    expect(play(allocator, [64, 32, 64, 8, 8, 8, 64, 1, 1])).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [0, 1],
      [1, 1],
      [0, 1],
      [2, 2],
      [0, 1],
      [1, 1],
    ])
    expect(play(allocator, [64])).toEqual([[2, 1]])
  })

  it('next-fit goes on at the successor of a block that has left the list, or at HEAD', () => {
    const allocator = new ReferenceAllocator(machine, { search: 'next-fit' })
    expect(play(allocator, [64, 32, 64, 32, 1])).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [0, 1], // block 0 is full and leaves: block 1 comes next
      [1, 1],
    ])
    expect(play(allocator, [64, 32, 32, 1])).toEqual([
      [2, 1],
      [1, 1],
      [2, 1],
      [1, 1],
    ])
    expect(allocator.freeLists()).toEqual([
      [
        [1, 30, 0],
        [2, 32, 0],
      ],
    ])
    expect(play(allocator, [32, 1])).toEqual([
      [2, 1], // block 2 was last in the list
      [1, 1],
    ])
  })

  it('next-fit forgets a block that is thrown away', () => {
    const allocator = new ReferenceAllocator(machine, { search: 'next-fit' })
    const maps = [64, 32, 64].map((pages) => allocator.mapRam(pages))
    expect(play(allocator, [1])).toEqual([[0, 1]])
    allocator.unmapRam(maps[2]!, 64)
    allocator.unmapAliases()
    expect(allocator.freeLists()).toEqual([[[0, 31, 0]]])
    expect(play(allocator, [1])).toEqual([[0, 1]])
  })

  it('next-fit searches again from the same place', () => {
    const allocator = new ReferenceAllocator(machine, { search: 'next-fit', afterNewBlock: 'search-again' })
    expect(play(allocator, [64, 1, 64])).toEqual([
      [0, 1],
      [0, 1],
      [1, 2],
    ])
  })
})
