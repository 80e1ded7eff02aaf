import { beforeAll, describe, expect, it } from 'vitest'
import { CheckedAllocator } from '../../../scripts/agreement/checked-allocator.ts'
import { referenceOf } from '../../../scripts/agreement/reference-of.ts'
import type { CountName } from '../../../shared/counts.ts'
import { MACHINE_PRESETS, type Machine } from '../../../shared/machine.ts'
import type { RequestSource } from '../../../shared/requests.ts'
import { DEFAULT_BUDGETS } from '../../../shared/scenario-budgets.ts'
import { DEFAULT_SEED, type ParameterValues } from '../../../shared/scenario.ts'
import { Allocator } from '../../allocator/allocator.ts'
import { findKernelModel, KERNEL_MODELS } from '../../allocator/models.ts'
import { ReferenceAllocator } from '../../allocator/reference/index.ts'
import { checkScenario } from '../c/check-scenario.ts'
import { loadGrammar } from '../c/syntax/parse.ts'
import { findScenario, SCENARIO_PRESETS, withDefaults } from '../presets.ts'
import { sourceOf } from '../source-of.ts'

beforeAll(() => loadGrammar())

function machineOf(id: string): Machine {
  return MACHINE_PRESETS.find((preset) => preset.id === id)!.machine
}

function requestsOf(scenarioId: string, machine: Machine, changed: ParameterValues = {}): RequestSource {
  const parameters = withDefaults(findScenario(scenarioId)!.info, changed)
  const spec = { scenarioId, parameters, seed: DEFAULT_SEED, machine }
  return sourceOf(spec, { budgets: DEFAULT_BUDGETS, clock: () => 0, checkpoint: () => undefined })
}

describe('every ready scenario', () => {
  it('has an id and a title of its own', () => {
    expect(SCENARIO_PRESETS.length).toBeGreaterThanOrEqual(14)
    for (const key of ['id', 'title'] as const) {
      expect(new Set(SCENARIO_PRESETS.map(({ info }) => info[key])).size).toBe(SCENARIO_PRESETS.length)
    }
    for (const { info } of SCENARIO_PRESETS) expect(info.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  })

  it.each(SCENARIO_PRESETS.map(({ info }) => info))('is a text without problems on every machine: $id', (info) => {
    for (const { machine } of MACHINE_PRESETS) {
      const { diagnostics, parameters, usesSeed } = checkScenario(info.source, machine)
      expect(diagnostics).toEqual([])
      expect(usesSeed).toBe(info.usesSeed)
      expect(parameters).toMatchObject(info.parameters)
      expect(parameters).toHaveLength(info.parameters.length)
    }
  })

  it.each(SCENARIO_PRESETS.map(({ info }) => info))('runs to its end on every machine: $id', ({ id, parameters }) => {
    const changed = parameters.some(({ name }) => name === 'iters') ? { iters: 2 } : {}
    for (const { machine } of MACHINE_PRESETS) {
      const allocator = new Allocator(machine, findKernelModel('v4.0')!)
      requestsOf(id, machine, changed).issue(allocator)
      expect(allocator.counts.vm_map_ram).toBeGreaterThan(0)
    }
  })
})

/** Small enough for the plain reference, and every block list of it compared after every call. */
const SMALL: Readonly<Record<string, ParameterValues>> = {
  exhaust: { iters: 4 },
  random: { iters: 150 },
  orders: { iters: 1 },
  'long-lived': { stay: 12, between: 20 },
  'three-pages': { iters: 3 },
  'one-per-order': {},
  'leak-and-purge': { blocks: 12 },
  'fixed-size': { iters: 12 },
  'mixed-size': { steps: 400 },
  decompression: { bursts: 24 },
  'buffer-cache': { rounds: 1 },
  'flush-aliases': { iters: 40 },
  'producer-consumer': { count: 200 },
  migration: { iters: 12 },
  'big-maps': { maps: 200 },
  pressure: { maps: 500 },
}

describe('the allocator and the plain reference agree on', () => {
  const ids = SCENARIO_PRESETS.map(({ info }) => info.id)
  const machines = {
    'many CPUs': machineOf('i386-32'),
    'a space that runs out': machineOf('tiny'),
    'node pools': { ...machineOf('x86_64'), nrCpus: 16, bbmapBits: 256, vmallocPages: 2 ** 16 },
  }
  const cases = Object.entries(machines).flatMap(([what, machine]) => ids.map((id) => [id, what, machine] as const))

  it.each(cases)('%s with %s, under every kernel model', (id, _, machine) => {
    for (const model of KERNEL_MODELS) {
      const fast = new Allocator(machine, model)
      const plain = new ReferenceAllocator(machine, referenceOf(model))
      requestsOf(id, machine, SMALL[id]).issue(new CheckedAllocator(fast))
      requestsOf(id, machine, SMALL[id]).issue(plain)
      expect(fast.counts).toEqual(plain.counts)
      expect(Array.from(plain.freeLists(), (_, cpu) => [...fast.freeList(cpu)])).toEqual(plain.freeLists())
    }
  })
})

type Expected = Partial<Record<CountName | 'live' | 'listed', number>>

const EVERY = KERNEL_MODELS.map(({ id }) => id)
/** New blocks at the HEAD of the free list, and at its TAIL: before the 2015 patch and from it on. */
const HEAD = EVERY.slice(0, EVERY.indexOf('v4.0+1'))
const TAIL = EVERY.slice(EVERY.indexOf('v4.0+1'))
/** What vm_unmap_aliases takes back: nothing; all that has no live page; of that what is nearly used up. */
const [NO_PURGE, PURGE_ALL, PURGE_USED] = [
  EVERY.slice(0, 1),
  EVERY.slice(1, EVERY.indexOf('v6.5')),
  EVERY.slice(EVERY.indexOf('v6.5')),
]

/** The others agree with it at smaller parameters, above: it searches the slots of the oldest one by one, for seconds. */
const WITH_REFERENCE = ['v4.0', 'v4.1', 'v6.12']

/** What the scenarios give with their defaults. */
const RESULTS: readonly (readonly [id: string, machineId: string, models: readonly string[], expected: Expected])[] = [
  // The published counts of the 2015 patch
  ['exhaust', 'x86_64', HEAD, { alloc_vmap_area: 1000, free_vmap_block: 0, listed: 1000 }],
  ['exhaust', 'x86_64', TAIL, { alloc_vmap_area: 993, free_vmap_block: 992, listed: 1 }],
  ['random', 'x86_64', HEAD, { alloc_vmap_area: 420, free_vmap_block: 37 }],
  ['random', 'x86_64', TAIL, { alloc_vmap_area: 414, free_vmap_block: 412 }],
  ['orders', 'x86_64', HEAD, { alloc_vmap_area: 7001, free_vmap_block: 6993, nodes_visited: 2_060_000 }],
  [
    'orders',
    'x86_64',
    ['v4.1', 'v5.10', 'v6.12'],
    { alloc_vmap_area: 7000, free_vmap_block: 7000, nodes_visited: 3_924_000 },
  ],
  // 10,200 maps of 16 slots, 64 a block: 159.4 blocks. One map in 51 stays, so every block has one
  ['long-lived', 'x86_64', EVERY, { vm_map_ram: 10_200, alloc_vmap_area: 160, free_vmap_block: 0, live: 160 }],
  // 32 blocks of 64 maps: the first 2,048 maps find room, and 41 of them stay
  ['long-lived', 'i386', ['v4.0', 'v4.1', 'v6.12'], { vm_map_ram: 10_200, vm_map_ram_failed: 8152, live: 32 }],
  // 1,000 rounds of 85 maps of 4 slots, 64 a block: 1,328.1 blocks; of 341 maps, 256 a block: 1,332.03
  ['three-pages', 'i386-8', EVERY, { alloc_vmap_area: 1329 }],
  ['three-pages', 'x86_64', EVERY, { alloc_vmap_area: 1333, free_vmap_block: 1332 }],
  // VMAP_MAX_ALLOC is 64 pages on 64-bit machines and 32 on 32-bit ones: 7 orders and 6
  ['one-per-order', 'x86_64', EVERY, { alloc_vmap_area: 7, free_vmap_block: 0, listed: 7 }],
  ['one-per-order', 'i386', EVERY, { alloc_vmap_area: 6, free_vmap_block: 0, listed: 6 }],
  ['one-per-order', 'x86_64', ['v4.0'], { nodes_visited: 2046 }],
  ['one-per-order', 'x86_64', ['v4.1', 'v6.12'], { nodes_visited: 3917 }],
  ['leak-and-purge', 'x86_64', HEAD, { alloc_vmap_area: 1000, listed: 1000, purge_on_alloc_failure: 0 }],
  // 992 slots an iteration, none wasted: 968.75 blocks
  ['leak-and-purge', 'x86_64', TAIL, { alloc_vmap_area: 969, free_vmap_block: 968, listed: 1 }],
  // 32 blocks of 4 MiB in 128 MiB: 31 purges free 992
  [
    'leak-and-purge',
    'i386',
    ['v3.2', 'v4.0'],
    { alloc_vmap_area: 1000, free_vmap_block: 992, listed: 8, purge_on_alloc_failure: 31 },
  ],
  ['leak-and-purge', 'i386', TAIL, { alloc_vmap_area: 985, free_vmap_block: 984, purge_on_alloc_failure: 0 }],
  // 50,000 maps of 4 slots, 256 a block: 195.3 blocks
  ['fixed-size', 'x86_64', EVERY, { alloc_vmap_area: 196, free_vmap_block: 195, listed: 1 }],
  ['mixed-size', 'x86_64', HEAD, { alloc_vmap_area: 1058, free_vmap_block: 108, live: 950, listed: 950 }],
  ['mixed-size', 'x86_64', TAIL, { alloc_vmap_area: 1043, free_vmap_block: 1037, live: 6, listed: 2 }],
  ['decompression', 'x86_64', HEAD, { vm_map_ram: 20_480, alloc_vmap_area: 257, free_vmap_block: 116, listed: 141 }],
  ['decompression', 'x86_64', TAIL, { vm_map_ram: 20_480, alloc_vmap_area: 256, free_vmap_block: 247, listed: 9 }],
  // Each cluster that is given up has failed four times, with vm_unmap_aliases in between
  ['decompression', 'tiny', ['v3.2', 'v4.0'], { vm_map_ram_failed: 4 * 701, unmap_aliases: 3 * 701 }],
  ['decompression', 'tiny', TAIL, { vm_map_ram_failed: 4 * 540, unmap_aliases: 3 * 540 }],
  ['buffer-cache', 'x86_64', HEAD, { alloc_vmap_area: 199, free_vmap_block: 68, live: 131, listed: 111 }],
  ['buffer-cache', 'x86_64', TAIL, { alloc_vmap_area: 199, free_vmap_block: 165, live: 34, listed: 1 }],
  ['buffer-cache', 'i386', TAIL, { vm_map_ram: 45_953, vm_map_ram_failed: 13_702 }],
  // 16 slots a flush on each of four CPUs: 64 times until a block is full, 49 until fewer than 256 slots are free
  ['flush-aliases', 'x86_64', NO_PURGE, { alloc_vmap_area: 64, free_vmap_block: 60, listed: 4 }],
  ['flush-aliases', 'x86_64', PURGE_ALL, { alloc_vmap_area: 4000, free_vmap_block: 4000, unmap_aliases: 1000 }],
  ['flush-aliases', 'x86_64', PURGE_USED, { alloc_vmap_area: 84, free_vmap_block: 80, listed: 4 }],
  // 20,000 maps of 4 slots, 256 a block: 78.1 blocks
  ['producer-consumer', 'x86_64', EVERY, { alloc_vmap_area: 79, free_vmap_block: 78, listed: 1 }],
  // 50 maps of 8 slots each time: 16 or 15 times on a CPU, which is never a whole number of blocks
  ['migration', 'x86_64', EVERY, { alloc_vmap_area: 424, free_vmap_block: 360, listed: 64 }],
  ['migration', 'x86_64-1cpu', EVERY, { alloc_vmap_area: 391, free_vmap_block: 390, listed: 1 }],
  [
    'big-maps',
    'x86_64',
    HEAD,
    { alloc_vmap_area: 15_169, free_vmap_block: 22, purge_on_lazy_threshold: 42, live: 191 },
  ],
  ['big-maps', 'x86_64', TAIL, { alloc_vmap_area: 15_165, free_vmap_block: 206, purge_on_lazy_threshold: 45, live: 3 }],
  // One purge for each map that fails, and one for each that is served after it
  ['pressure', 'i386', EVERY.slice(1), { vm_map_ram: 20_000, vm_map_ram_failed: 37, purge_on_alloc_failure: 74 }],
  ['pressure', 'i386', ['v2.6.28'], { vm_map_ram: 20_000, vm_map_ram_failed: 76, purge_on_alloc_failure: 152 }],
]

/** Numbers in descriptions that are neither results nor in the text of the scenario. */
const RECKONED: Readonly<Record<string, readonly number[]>> = {
  'long-lived': [51, 32], // one map that stays and 50 others; blocks that fit into 128 MiB
  'three-pages': [4, 256, 85, 64], // slots of 3 pages; slots of a block, maps of 3 pages in it, maps of 4 slots
  'one-per-order': [1, 2, 4, 64], // free slots
  'leak-and-purge': [32], // blocks that fit into 128 MiB
  decompression: [20_480, 701, 540], // 1,280 bursts of 16; clusters given up, of which the rows above have multiples
  'buffer-cache': [32], // blocks that fit into 128 MiB
}

/** The numbers of a text that are not part of a name. */
function numbersIn(text: string): number[] {
  const plain = text.replace(/\b(?:v\d+(?:\.\d+)*|x86_64[\w-]*|i386[\w-]*|\d+-bit|2015 patch)/g, '')
  return [...plain.matchAll(/\d+(?:,\d{3})*/g)].map(([digits]) => Number(digits.replaceAll(',', '')))
}

describe('the results of the ready scenarios', () => {
  it.each(RESULTS)('%s on %s under %j', (id, machineId, models, expected) => {
    const machine = machineOf(machineId)
    for (const model of models.map((modelId) => findKernelModel(modelId)!)) {
      const allocator = new Allocator(machine, model)
      requestsOf(id, machine).issue(allocator)
      const { counts, liveBlocks: live, listedBlocks: listed } = allocator
      expect({ ...counts, live, listed }, model.id).toMatchObject(expected)
      if (!WITH_REFERENCE.includes(model.id)) continue
      const plain = new ReferenceAllocator(machine, referenceOf(model))
      requestsOf(id, machine).issue(plain)
      expect(plain.counts, model.id).toEqual(counts)
    }
  })

  it('are known of every scenario under three kernels', () => {
    for (const { info } of SCENARIO_PRESETS) {
      const models = RESULTS.filter(([id]) => id === info.id).flatMap(([, , ids]) => ids)
      expect(new Set(models).size, info.id).toBeGreaterThanOrEqual(3)
    }
  })

  it.each(SCENARIO_PRESETS.map(({ info }) => info))('are what the description says: $id', (info) => {
    const results = RESULTS.filter(([id]) => id === info.id).flatMap(([, , , expected]) => Object.values(expected))
    const known = new Set([...results, ...numbersIn(info.source), ...(RECKONED[info.id] ?? [])])
    expect(numbersIn(info.description).filter((number) => !known.has(number))).toEqual([])
    expect(info.description).toMatch(/\bon (?:x86_64|i386)/i)
    expect(info.description).toMatch(
      /under every kernel|under v4\.0[^]*(?:under|and) v4\.1|under v4\.1[^]*under v6\.12/i,
    )
  })
})

describe('one block per order', () => {
  it.each(['v4.0', 'v4.1', 'v6.12'])('leaves a hole of each order: %s', (modelId) => {
    const allocator = new Allocator(machineOf('x86_64'), findKernelModel(modelId)!)
    requestsOf('one-per-order', machineOf('x86_64')).issue(allocator)
    const holes = [...allocator.freeList(0)].map(([, free]) => free)
    expect(modelId === 'v4.0' ? holes.reverse() : holes).toEqual([1, 2, 4, 8, 16, 32, 64])
  })
})
