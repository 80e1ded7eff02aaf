import type { ProfiledCounts, ProfiledFunction } from './counts.ts'
import { DEFAULT_MACHINE_ID, MACHINE_PRESETS } from './machine.ts'
import type { RunSpec } from './run.ts'
import { DEFAULT_SEED, type ParameterValues } from './scenario.ts'

/**
 * The figures of "mm/vmalloc: fix possible exhaustion of vmalloc space caused by vm_map_ram allocator"
 * (Roman Pen, 2015, commit 68ac546f26), ftrace function profiler, one CPU.
 */
export interface PublishedRow {
  readonly hit: number
  /** `undefined` where the table has no row: the profiler leaves out functions without hits. */
  readonly time?: { readonly totalUs: number; readonly averageUs: number; readonly varianceUs2: number }
}

export interface PublishedTable {
  readonly scenarioId: 'exhaust' | 'random' | 'orders'
  readonly modelId: 'v4.0' | 'v4.1'
  /** The patch's own heading. */
  readonly heading: 'BEFORE' | 'AFTER'
  readonly parameters: ParameterValues
  readonly rows: Readonly<Record<ProfiledFunction, PublishedRow>>
}

export const PATCH_2015 = {
  title: 'The 2015 vm_map_ram patch',
  question: 'Does a new vmap block at the TAIL of the free list stop the leak that the HEAD causes?',
  subject: 'mm/vmalloc: fix possible exhaustion of vmalloc space caused by vm_map_ram allocator',
  commit: '68ac546f26',
  author: 'Roman Pen',
} as const

type Figures = readonly [hit: number, totalUs: number, averageUs: number, varianceUs2: number]

function row([hit, totalUs, averageUs, varianceUs2]: Figures): PublishedRow {
  return { hit, time: { totalUs, averageUs, varianceUs2 } }
}

export const PUBLISHED_TABLES: readonly PublishedTable[] = [
  {
    scenarioId: 'exhaust',
    modelId: 'v4.0',
    heading: 'BEFORE',
    parameters: { iters: 1000 },
    rows: {
      vm_map_ram: row([126_000, 30_683.3, 0.243, 30_819.36]),
      vm_unmap_ram: row([126_000, 22_003.24, 0.174, 340.886]),
      alloc_vmap_area: row([1000, 4132.065, 4.132, 0.903]),
      free_vmap_block: { hit: 0 },
    },
  },
  {
    scenarioId: 'exhaust',
    modelId: 'v4.1',
    heading: 'AFTER',
    parameters: { iters: 1000 },
    rows: {
      vm_map_ram: row([126_000, 28_713.13, 0.227, 24_944.7]),
      vm_unmap_ram: row([126_000, 20_403.96, 0.161, 1429.872]),
      alloc_vmap_area: row([993, 3916.795, 3.944, 29.37]),
      free_vmap_block: row([992, 654.157, 0.659, 1.273]),
    },
  },
  {
    scenarioId: 'random',
    modelId: 'v4.0',
    heading: 'BEFORE',
    parameters: { iters: 10_000 },
    rows: {
      vm_map_ram: row([10_000, 10_170.01, 1.017, 993.609]),
      vm_unmap_ram: row([10_000, 5321.823, 0.532, 59.789]),
      alloc_vmap_area: row([420, 2150.239, 5.119, 3.307]),
      free_vmap_block: row([37, 159.587, 4.313, 134.344]),
    },
  },
  {
    scenarioId: 'random',
    modelId: 'v4.1',
    heading: 'AFTER',
    parameters: { iters: 10_000 },
    rows: {
      vm_map_ram: row([10_000, 7745.637, 0.774, 395.229]),
      vm_unmap_ram: row([10_000, 5460.573, 0.546, 67.187]),
      alloc_vmap_area: row([414, 2201.65, 5.317, 5.591]),
      free_vmap_block: row([412, 574.421, 1.394, 15.138]),
    },
  },
  {
    scenarioId: 'orders',
    modelId: 'v4.0',
    heading: 'BEFORE',
    parameters: { iters: 1000 },
    rows: {
      vm_map_ram: row([2_032_000, 399_545.2, 0.196, 467_123.7]),
      vm_unmap_ram: row([2_032_000, 363_225.7, 0.178, 111_405.9]),
      alloc_vmap_area: row([7001, 30_627.76, 4.374, 495.755]),
      free_vmap_block: row([6993, 7011.685, 1.002, 159.09]),
    },
  },
  {
    scenarioId: 'orders',
    modelId: 'v4.1',
    heading: 'AFTER',
    parameters: { iters: 1000 },
    rows: {
      vm_map_ram: row([2_032_000, 394_259.7, 0.194, 589_395.9]),
      vm_unmap_ram: row([2_032_000, 292_500.7, 0.143, 94_181.08]),
      alloc_vmap_area: row([7000, 31_103.11, 4.443, 703.225]),
      free_vmap_block: row([7000, 6750.844, 0.964, 119.112]),
    },
  },
]

export function publishedCounts(table: PublishedTable): ProfiledCounts {
  const { rows } = table
  return {
    vm_map_ram: rows.vm_map_ram.hit,
    vm_unmap_ram: rows.vm_unmap_ram.hit,
    alloc_vmap_area: rows.alloc_vmap_area.hit,
    free_vmap_block: rows.free_vmap_block.hit,
  }
}

/** What is compared with a published table: the figures hold for these parameters and no others. */
export interface PublishedKey {
  readonly scenarioId: string
  readonly modelId: string
  readonly parameters: ParameterValues
  readonly wordBits: 32 | 64
  readonly bbmapBits: number
}

/** The published table that a run can be held against, or `undefined` when its workload or machine differs from the patch's. */
export function publishedTableFor(key: PublishedKey): PublishedTable | undefined {
  if (key.wordBits !== 64 || key.bbmapBits !== 1024) return undefined
  return PUBLISHED_TABLES.find(
    (table) =>
      table.scenarioId === key.scenarioId &&
      table.modelId === key.modelId &&
      table.parameters['iters'] === key.parameters['iters'],
  )
}

/** The runs of the published experiment: each of its tables' workload under that table's kernel model. */
export function patch2015Runs(): RunSpec[] {
  return MACHINE_PRESETS.filter((preset) => preset.id === DEFAULT_MACHINE_ID).flatMap(({ id, machine }) =>
    PUBLISHED_TABLES.map(({ scenarioId, modelId, parameters }) => ({
      scenarioId,
      modelId,
      parameters,
      seed: DEFAULT_SEED,
      machineId: id,
      machine,
    })),
  )
}
