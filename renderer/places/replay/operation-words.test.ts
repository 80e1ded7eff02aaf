import { describe, expect, it } from 'vitest'
import type { ReplayedOperation, Walk } from '../../../shared/replay.ts'
import { callText, operationWords } from './operation-words.ts'

const operation = (change: Partial<ReplayedOperation>): ReplayedOperation => ({
  operation: 1,
  kind: 'map',
  cpu: 0,
  pages: 59,
  startPage: 0,
  mappedBy: undefined,
  line: undefined,
  served: undefined,
  visitedNodes: 0,
  walks: [],
  events: [],
  eventsTotal: 0,
  ...change,
})

const walk = (change: Partial<Walk>): Walk => ({
  search: 'first-fit',
  slotsNeeded: 64,
  listLength: 248,
  lookedTotal: 248,
  first: [],
  last: [],
  taken: undefined,
  ...change,
})

describe('what an operation did', () => {
  it('is a walk that finds nothing, and a new block', () => {
    const words = operationWords(
      operation({
        served: { block: 253, slot: 0, slots: 64, isNew: true },
        walks: [walk({})],
        events: [{ kind: 'block-allocated', block: 253, cpu: 0, end: 'head' }],
        eventsTotal: 1,
      }),
    )
    expect(words).toBe('Walks 248 blocks, none has 64 free. Allocates #253 and puts it at the HEAD.')
  })

  it('is a walk that ends at a block', () => {
    const served = { block: 7, slot: 960, slots: 64, isNew: false }
    expect(operationWords(operation({ served, walks: [walk({ lookedTotal: 1, taken: [7, 64, 960] })] }))).toBe(
      'Walks 1 block: takes 64 slots of #7 at slot 960.',
    )
  })

  it('is an unmap after which a block is freed', () => {
    const words = operationWords(
      operation({
        kind: 'unmap',
        mappedBy: 1200,
        served: { block: 7, slot: 960, slots: 1, isNew: false },
        events: [{ kind: 'block-freed', block: 7, cause: 'full-and-unmapped', freeSlots: 0 }],
        eventsTotal: 1,
      }),
    )
    expect(words).toBe('Marks 1 slot of #7 dirty, mapped by operation 1,200. Frees #7: all its slots are dirty.')
  })

  it('is a failure after a purge of many blocks', () => {
    const freed = (block: number) => ({ kind: 'block-freed', block, cause: 'fragment-purge', freeSlots: 8 }) as const
    const words = operationWords(
      operation({
        startPage: undefined,
        walks: [walk({ lookedTotal: 1 })],
        events: [freed(1), freed(2), { kind: 'purge', cause: 'allocation-failure', flushedPages: 0 }],
        eventsTotal: 300,
      }),
    )
    expect(words).toBe(
      'Walks 1 block, which has not 64 free. Fails: there is no address space. Drains pending pages: no address space was left. 2 blocks freed. 300 events in all.',
    )
  })

  it('is nothing of blocks for areas', () => {
    expect(operationWords(operation({ kind: 'vmap' }))).toBe('Takes an ordinary area.')
    expect(operationWords(operation({ pages: 100 }))).toBe(
      'Takes an area of its own: it is larger than VMAP_MAX_ALLOC.',
    )
    expect(operationWords(operation({ kind: 'vunmap' }))).toBe('Gives its area back.')
  })
})

it('a call is written as in C', () => {
  const kinds = ['map', 'unmap', 'vmap', 'vunmap', 'aliases'] as const
  expect(kinds.map((kind) => callText({ kind, pages: 3 }))).toEqual([
    'vm_map_ram(pages, 3)',
    'vm_unmap_ram(addr, 3)',
    'vmap(pages, 3)',
    'vunmap(addr)',
    'vm_unmap_aliases()',
  ])
})
