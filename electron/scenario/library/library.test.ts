import { beforeAll, describe, expect, it } from 'vitest'
import { CheckedAllocator } from '../../../scripts/agreement/checked-allocator.ts'
import { referenceOf } from '../../../scripts/agreement/reference-of.ts'
import type { CountName } from '../../../shared/counts.ts'
import { formatCount } from '../../../shared/format.ts'
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
  decompression: { clusters: 300 },
  'buffer-cache': { rounds: 1 },
  'producer-consumer': { count: 200 },
  migration: { iters: 12 },
  'big-maps': { maps: 200 },
  pressure: { maps: 500 },
}

describe('the allocator and the plain reference agree on', () => {
  it.each(SCENARIO_PRESETS.map(({ info }) => info.id))('%s, under every kernel model', (id) => {
    const machine = machineOf('i386-32')
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

type Expected = Partial<Record<CountName | 'listed', number>>

/** What the scenarios give with their defaults, and which of these numbers their descriptions name. */
const RESULTS: readonly (readonly [
  id: string,
  machineId: string,
  models: string,
  expected: Expected,
  named: readonly number[],
])[] = [
  // The published counts of the 2015 patch, on one CPU
  ['exhaust', 'x86_64-1cpu', 'v3.2 v4.0', { alloc_vmap_area: 1000, free_vmap_block: 0, listed: 1000 }, []],
  ['exhaust', 'x86_64-1cpu', 'v4.1 v5.10 v6.12', { alloc_vmap_area: 993, free_vmap_block: 992, listed: 1 }, []],
  ['random', 'x86_64-1cpu', 'v3.2 v4.0', { alloc_vmap_area: 420, free_vmap_block: 37 }, []],
  ['random', 'x86_64-1cpu', 'v4.1 v5.10 v6.12', { alloc_vmap_area: 414, free_vmap_block: 412 }, []],
  ['orders', 'x86_64-1cpu', 'v3.2 v4.0', { alloc_vmap_area: 7001, free_vmap_block: 6993 }, []],
  ['orders', 'x86_64-1cpu', 'v4.1 v5.10 v6.12', { alloc_vmap_area: 7000, free_vmap_block: 7000 }, []],
  // 10,200 maps of 16 slots, 64 a block: 159.4 blocks. One map in 51 stays, so every block has one
  ['long-lived', 'x86_64', 'v4.0 v4.1 v6.12', { alloc_vmap_area: 160, free_vmap_block: 0, listed: 1 }, [160]],
  // 1,000 rounds of 85 maps of 4 slots, 64 a block: 1,328.1 blocks; of 341 maps, 256 a block: 1,332.03
  ['three-pages', 'i386-8', 'v4.0 v4.1 v6.12', { alloc_vmap_area: 1329, free_vmap_block: 1328 }, [1329, 85, 64]],
  ['three-pages', 'x86_64', 'v4.0 v4.1 v6.12', { alloc_vmap_area: 1333, free_vmap_block: 1332 }, [1333]],
  // VMAP_MAX_ALLOC is 64 pages on 64-bit machines and 32 on 32-bit ones: 7 orders and 6
  ['one-per-order', 'x86_64', 'v4.0 v4.1 v6.12', { alloc_vmap_area: 7, free_vmap_block: 0, listed: 7 }, [7]],
  ['one-per-order', 'i386', 'v4.0 v4.1 v6.12', { alloc_vmap_area: 6, free_vmap_block: 0, listed: 6 }, [6]],
  [
    'leak-and-purge',
    'x86_64',
    'v3.2 v4.0',
    { alloc_vmap_area: 1000, free_vmap_block: 0, listed: 1000, purge_on_alloc_failure: 0 },
    [1000],
  ],
  ['leak-and-purge', 'x86_64', 'v4.1 v5.10 v6.12', { alloc_vmap_area: 969, free_vmap_block: 968, listed: 1 }, []],
  // 32 blocks of 4 MiB in 128 MiB: 31 purges free 992
  [
    'leak-and-purge',
    'i386',
    'v3.2 v4.0',
    { alloc_vmap_area: 1000, free_vmap_block: 992, listed: 8, purge_on_alloc_failure: 31 },
    [32, 31, 8],
  ],
  // 50,000 maps of 4 slots, 256 a block: 195.3 blocks
  ['fixed-size', 'x86_64', 'v4.0 v4.1 v6.12', { alloc_vmap_area: 196, free_vmap_block: 195, listed: 1 }, [195, 196]],
  ['mixed-size', 'x86_64', 'v3.2 v4.0', { alloc_vmap_area: 1058, free_vmap_block: 108, listed: 950 }, [950, 1058]],
  ['mixed-size', 'x86_64', 'v4.1 v5.10 v6.12', { alloc_vmap_area: 1043, free_vmap_block: 1037, listed: 2 }, [6, 1043]],
  ['decompression', 'x86_64', 'v3.2 v4.0', { alloc_vmap_area: 251, free_vmap_block: 114, listed: 137 }, [137, 251]],
  ['decompression', 'x86_64', 'v4.1 v5.10 v6.12', { alloc_vmap_area: 250, free_vmap_block: 242, listed: 8 }, [8, 250]],
  ['buffer-cache', 'x86_64', 'v3.2 v4.0', { alloc_vmap_area: 199, free_vmap_block: 68, listed: 111 }, [131, 199, 111]],
  ['buffer-cache', 'x86_64', 'v4.1 v5.10 v6.12', { alloc_vmap_area: 199, free_vmap_block: 165, listed: 1 }, [34]],
  // 20,000 maps of 4 slots, 256 a block: 78.1 blocks
  ['producer-consumer', 'x86_64', 'v4.0 v4.1 v6.12', { alloc_vmap_area: 79, free_vmap_block: 78, listed: 1 }, [78, 79]],
  // 50 maps of 8 slots each time: 16 or 15 times on a CPU, which is never a whole number of blocks
  ['migration', 'x86_64', 'v4.0 v4.1 v6.12', { alloc_vmap_area: 424, free_vmap_block: 360, listed: 64 }, [64]],
  ['migration', 'x86_64-1cpu', 'v4.0 v4.1 v6.12', { alloc_vmap_area: 391, free_vmap_block: 390, listed: 1 }, [1]],
  [
    'big-maps',
    'x86_64',
    'v4.0',
    { alloc_vmap_area: 15_169, free_vmap_block: 22, listed: 191, purge_on_lazy_threshold: 42 },
    [42, 191],
  ],
  [
    'big-maps',
    'x86_64',
    'v4.1 v5.10 v6.12',
    { alloc_vmap_area: 15_165, free_vmap_block: 206, listed: 3, purge_on_lazy_threshold: 45 },
    [45, 3],
  ],
  [
    'pressure',
    'i386',
    'v4.0 v4.1 v6.12',
    { vm_map_ram_failed: 37, purge_on_alloc_failure: 74, alloc_vmap_area: 661, free_vmap_block: 592 },
    [37],
  ],
]

describe('the results of the ready scenarios', () => {
  it.each(RESULTS)('%s on %s under %s', (id, machineId, models, expected, named) => {
    for (const modelId of models.split(' ')) {
      const machine = machineOf(machineId)
      const allocator = new Allocator(machine, findKernelModel(modelId)!)
      requestsOf(id, machine).issue(allocator)
      expect({ ...allocator.counts, listed: allocator.listedBlocks }).toMatchObject(expected)
    }
    const { description } = findScenario(id)!.info
    for (const number of named) expect(description).toMatch(new RegExp(`(?<![\\d,])${formatCount(number)}(?!\\d|,\\d)`))
  })

  it('are known of every scenario under three kernels', () => {
    for (const { info } of SCENARIO_PRESETS) {
      const models = RESULTS.filter(([id]) => id === info.id).flatMap((row) => row[2].split(' '))
      expect(new Set(models).size, info.id).toBeGreaterThanOrEqual(3)
    }
  })
})
