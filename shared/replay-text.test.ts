import { describe, expect, it } from 'vitest'
import { choiceText, divergenceDiagram, operationText, passedOver } from './replay-text.ts'
import type { DivergenceSide, ReplayedOperation, Walk } from './replay.ts'
import type { FreeListSummary, ListedBlock } from './run.ts'

const SLOTS = 1024

const operation: ReplayedOperation = {
  ...{ operation: 300, kind: 'map', cpu: 0, pages: 8, startPage: 1016, mappedBy: undefined, line: undefined },
  ...{
    served: { block: 0, slot: 1016, slots: 8, isNew: false },
    visitedNodes: 1,
    walks: [],
    events: [],
    eventsTotal: 0,
  },
}

function walk(search: Walk['search'], blocks: readonly ListedBlock[], taken: ListedBlock | undefined): Walk {
  const { length } = blocks
  return { search, slotsNeeded: 16, listLength: length, lookedTotal: length, first: blocks, last: [], taken }
}

function listOf(length: number): FreeListSummary {
  const blocks = Array.from({ length }, (_, index): ListedBlock => [index, 8, 1016])
  const isWhole = length <= 64
  return {
    ...{ cpu: 0, length, head: isWhole ? blocks : blocks.slice(0, 32), tail: isWhole ? [] : blocks.slice(-32) },
    freeSlotsMax: [],
  }
}

function side(change: Partial<DivergenceSide>): DivergenceSide {
  return {
    ...{ modelId: 'v4.1', choice: { kind: 'slots', ordinal: 1, slot: 1016, isNew: false }, last: operation },
    ...{ allocatedBefore: 2, before: listOf(2), position: 1 },
    ...change,
  }
}

describe('an operation in words', () => {
  it.each([
    [{}, 'vm_map_ram of 8 pages'],
    [{ kind: 'vmap', pages: 1 }, 'vmap of 1 page'],
    [{ kind: 'unmap', mappedBy: 1253 }, 'vm_unmap_ram of 8 pages mapped by operation 1,253'],
    [{ kind: 'vunmap', mappedBy: 3 }, 'vunmap of 8 pages mapped by operation 3'],
    [{ kind: 'aliases' }, 'vm_unmap_aliases'],
  ] as const)('%j', (change, text) => {
    expect(operationText({ ...operation, ...change })).toBe(text)
  })
})

describe('why a block was passed over', () => {
  const small: ListedBlock = [1, 4, 1020]
  const some: ListedBlock = [2, 64, 960]
  const many: ListedBlock = [3, 1000, 24]

  it.each([
    [small, walk('first-fit', [small, some], some), '4 free, 16 needed'],
    [small, walk('first-fit', [small], undefined), '4 free, 16 needed'],
    [some, walk('first-fit', [small, some], some), undefined],
    [many, walk('best-fit', [many, some], some), '1,000 free; #2 has fewer, and enough'],
    [some, walk('worst-fit', [some, many], many), '64 free; #3 has more'],
    [[4, 64, 960], walk('best-fit', [some, [4, 64, 960]], some), '64 free, as #2 nearer to HEAD'],
  ] as const)('%j', (block, made, text) => {
    expect(passedOver(block, made)).toBe(text)
  })
})

describe('a choice in words', () => {
  it.each([
    [{}, 'takes slot 1,016 of an older block, #0, at HEAD'],
    [{ allocatedBefore: 1, position: 2 }, 'takes slot 1,016 of the newest block, #0, at TAIL'],
    [{ before: listOf(1) }, 'takes slot 1,016 of an older block, #0, the only one listed'],
    [{ before: listOf(70), position: 9 }, 'takes slot 1,016 of an older block, #0, at place 9 of 70'],
    [
      { last: { ...operation, walks: [walk('first-fit', [[0, 8, 1016]], [0, 8, 1016])] } },
      'fills the hole of 8 slots in an older block, #0, at HEAD',
    ],
    [{ choice: { kind: 'failed' } }, 'finds no address space and fails'],
    [{ choice: { kind: 'area' }, last: { ...operation, pages: 256, served: undefined } }, 'takes an area of 1 MiB'],
  ] as const)('%j', (change, text) => {
    expect(choiceText(side(change))).toBe(text)
  })

  it('says at which end a new block is put', () => {
    const served = { block: 7, slot: 0, slots: 8, isNew: true }
    const events = [{ kind: 'block-allocated', block: 7, cpu: 0, end: 'head' }] as const
    const last = { ...operation, served, events }
    expect(choiceText(side({ last, position: undefined }))).toBe('allocates block #7 and puts it at the HEAD')
  })
})

describe('the diagram of a divergence', () => {
  const caretAt = (before: FreeListSummary, position: number | undefined): number | undefined => {
    const [picture = '', carets] = divergenceDiagram(side({ before, position }), SLOTS)
    if (carets === undefined) return undefined
    expect(carets.trim()).toBe('^'.repeat(10))
    const column = carets.indexOf('^')
    // It stands under one whole block
    expect(picture[column - 1]).toBe('|')
    expect(picture[column + 10]).toBe('|')
    return column
  }

  it('points at the block that serves, where it is drawn', () => {
    expect([1, 2, 5].map((position) => caretAt(listOf(5), position))).toEqual([6, 17, 50])
    expect([1, 3].map((position) => caretAt(listOf(1000), position))).toEqual([6, 28])
    const picture = divergenceDiagram(side({ before: listOf(1000) }), SLOTS)[0] ?? ''
    expect([999, 1000].map((position) => caretAt(listOf(1000), position))).toEqual([45, 56])
    expect(picture.indexOf(' ... |') + 6).toBe(45)
  })

  it('points at none that is left out, or that is not listed', () => {
    expect([4, 500, 998, undefined].map((position) => caretAt(listOf(1000), position))).toEqual(
      Array(4).fill(undefined),
    )
  })
})
