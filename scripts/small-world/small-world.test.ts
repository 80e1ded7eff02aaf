import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Allocator } from '../../electron/allocator/allocator.ts'
import { findKernelModel, KERNEL_MODELS } from '../../electron/allocator/models.ts'
import { main } from '../../electron/cli/main.ts'
import { bytesOf } from '../../electron/scenario/bytes.ts'
import { formatMachineFile } from '../../shared/machine-file.ts'
import type { ListedBlock } from '../../shared/run.ts'
import { formatTrace } from '../agreement/requests.ts'
import { exploreWorld } from './explore-world.ts'
import { ListedOrders, ordersMustRise } from './listed-orders.ts'
import { POLICIES } from './policies.ts'
import { WORLDS } from './worlds.ts'

/**
 * Requests of the shortest sequence after which a list holds two blocks of one order, where a new block enters at the HEAD;
 * undefined where none of those played does. 2.6.28 keeps a page free after each area, so it has room for fewer blocks.
 */
const REPEATED_AFTER: Readonly<Record<string, Readonly<Record<string, number | undefined>>>> = {
  'any-length': { 'v3.2': 4, 'v4.0': 4 },
  'all-orders': { 'v3.2': 4, 'v4.0': 4 },
  'three-blocks': { 'v2.6.28': 4, 'v3.2': 4, 'v4.0': 4 },
  unaligned: { 'v3.2': 4, 'v4.0': 4 },
  lazy: {},
  areas: {},
  // A block takes four of the largest maps, not two
  'larger-blocks': { 'v2.6.28': 8, 'v3.2': 8, 'v4.0': 8 },
  'two-nodes': { 'v2.6.28': 4, 'v3.2': 4, 'v4.0': 4 },
  'two-nodes-any-length': {},
}

let played = 0
let states = 0

afterAll(() => {
  console.log(`small worlds: ${played} sequences played, ${states} states`)
})

describe.each(WORLDS)('$id, $depth steps: $title', (world) => {
  it.each(KERNEL_MODELS)('$id agrees with the reference after every sequence', (model) => {
    const explored = exploreWorld(world, model, world.depth)
    played += explored.played
    states += explored.states
    expect(explored.depth).toBe(world.depth)
    const { repeated, unsorted } = explored.orders
    if (ordersMustRise(model)) expect(unsorted).toBeUndefined()
    expect(repeated?.steps).toBe(REPEATED_AFTER[world.id]?.[model.id])
  })
})

describe.each(WORLDS.filter(({ id }) => ['three-blocks', 'two-nodes'].includes(id)))('$id', (world) => {
  it.each(POLICIES)('$description', (model) => {
    const { orders } = exploreWorld(world, model, world.depth - 1)
    if (ordersMustRise(model)) expect(orders.unsorted).toBeUndefined()
  })
})

describe('orders of listed blocks', () => {
  const world = WORLDS.find(({ id }) => id === 'all-orders')!
  const folder = mkdtempSync(join(tmpdir(), 'vmap-lab-small-world-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it('repeat under 4.0 after a trace that the command line replays', async () => {
    const trace = formatTrace(exploreWorld(world, findKernelModel('v4.0')!, 4).orders.repeated!.requests)
    expect(trace.split('\n')).toEqual(['m 0 1', 'm 1 32', 'm 2 32', 'm 3 1'])
    const machineFile = join(folder, 'machine.json')
    writeFileSync(machineFile, formatMachineFile(world.machine))
    let out = ''
    const exit = await main(['trace', '-', '--machine', machineFile, '--model', 'v4.0', '--json'], {
      out: (text) => (out += text),
      err: () => undefined,
      progress: () => undefined,
      openInput: () => bytesOf(trace),
    })
    expect(exit).toBe(0)
    const lists = (JSON.parse(out) as { free_lists: ListedBlock[][] }).free_lists
    expect(lists[0]?.map(([, free]) => free)).toEqual([31, 31])
  })

  it.each([
    [32, 6],
    [64, 7],
  ] as const)('fill a list under 4.1 up to all that there are: %d-bit words, %d blocks', (wordBits, blocks) => {
    const machine = { wordBits, nrCpus: 1, vmallocStartPage: 1024, vmallocPages: 4096, bbmapBits: 2 * wordBits }
    const allocator = new Allocator(machine, findKernelModel('v4.1')!)
    for (let hole = 1; hole <= wordBits; hole *= 2) {
      for (let pages = wordBits; pages >= hole; pages /= 2) allocator.mapRam(pages)
    }
    const list = [...allocator.freeList(0)]
    expect(list.map(([, free]) => free)).toEqual(Array.from({ length: blocks }, (_, order) => 2 ** order))
    const orders = new ListedOrders(machine)
    orders.look([], [list])
    expect(orders).toMatchObject({ longestList: blocks, repeated: undefined, unsorted: undefined })
  })

  it('are found to repeat, or to fall, where they do', () => {
    const found = (frees: readonly number[]) => {
      const orders = new ListedOrders(world.machine)
      orders.look([], [frees.map((free, index): ListedBlock => [index, free, 0])])
      return [orders.repeated !== undefined, orders.unsorted !== undefined]
    }
    expect(found([1, 2, 4, 32])).toEqual([false, false])
    expect(found([31, 16])).toEqual([true, true])
    expect(found([32, 4])).toEqual([false, true])
    expect(found([32, 63])).toEqual([true, true])
    expect(found([])).toEqual([false, false])
  })
})

describe('what differs', () => {
  const worldOf = (id: string) => WORLDS.find((world) => world.id === id)!

  it('is told as the shortest trace that shows it', () => {
    const impostor = { ...findKernelModel('v3.2')!, id: 'v4.0', aliases: ['before'] }
    const world = worldOf('all-orders')
    const told = [
      'v4.0: Error: addr 2 differs from the reference: 1. Machine file, then trace:',
      formatMachineFile(world.machine),
      'm 0 1',
      'm 1 2',
    ]
    expect(() => exploreWorld(world, impostor, 2)).toThrow(new Error(told.join('\n')))
  })

  it.each([
    ['v4.1', { dirtyTracking: 'bitmap' }, 'three-blocks'],
    ['v4.1', { fragmentPurge: 'never' }, 'any-length'],
    ['v5.2', { addressSpace: 'free-tree' }, 'areas'],
    ['v5.2', { drainOrder: 'merged' }, 'areas'],
    ['v6.1', { addressSpace: 'free-tree-padded' }, 'areas'],
    ['v6.1', { lazyDrain: 'at-once' }, 'lazy'],
    ['v6.5', { aliasesVisit: 'listed' }, 'two-nodes'],
  ] as const)('is found when one switch of %s is wrong: %o in %s', (id, wrong, world) => {
    const { depth } = worldOf(world)
    expect(() => exploreWorld(worldOf(world), { ...findKernelModel(id)!, ...wrong }, depth)).toThrow('differs')
  })
})
