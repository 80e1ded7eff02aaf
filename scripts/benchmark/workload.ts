import { Allocator } from '../../electron/allocator/allocator.ts'
import { findKernelModel } from '../../electron/allocator/models.ts'
import { PATCH_2015_WORKLOADS } from '../../electron/scenario/library/patch-2015.ts'
import type { KernelModel } from '../../shared/kernel-model.ts'
import { DEFAULT_MACHINE_ID, MACHINE_PRESETS, type Machine } from '../../shared/machine.ts'
import type { RequestSource } from '../../shared/requests.ts'
import { DEFAULT_SEED } from '../../shared/scenario.ts'
import { bestMs } from './timing.ts'

/** What is timed: a workload of the 2015 patch under one model, on a list that may hold blocks already. */
export interface Workload {
  readonly scenario: 'exhaust' | 'random' | 'orders'
  readonly iterations: number
  readonly model: 'v4.0' | 'v4.1'
  /** Blocks that stand on the list before, each with a hole of 8 slots. */
  readonly listed: number
}

const LONG_LIST = 10_000
const LONG_LIST_ROUNDS = 400

/** One measurement; the last three tell whether two allocators did the same. */
export interface Measured {
  readonly pairs: number
  readonly bestMs: number
  readonly made: number
  readonly givenBack: number
  readonly visited: number
}

export const MACHINE: Machine = found(MACHINE_PRESETS.find(({ id }) => id === DEFAULT_MACHINE_ID)).machine

export function modelOf({ model }: Workload): KernelModel {
  return found(findKernelModel(model))
}

export function sourceOf({ scenario, iterations }: Pick<Workload, 'scenario' | 'iterations'>): RequestSource {
  return PATCH_2015_WORKLOADS[scenario].stream(MACHINE, { iters: iterations }, DEFAULT_SEED)
}

/** The allocator alone, nobody listening. */
export function measureLab(workload: Workload): Measured {
  let allocator = listedBlocks(workload)
  let before = allocator.counts
  const elapsedMs = bestMs(
    () => {
      // A long list is made once: the rounds change little of it
      if (workload.listed < LONG_LIST) allocator = listedBlocks(workload)
      before = allocator.counts
      const source = sourceOf(workload)
      return () => {
        source.issue(allocator)
      }
    },
    workload.listed < LONG_LIST ? Infinity : LONG_LIST_ROUNDS,
  )
  const { counts } = allocator
  return {
    pairs: counts.vm_map_ram - before.vm_map_ram,
    bestMs: elapsedMs,
    made: counts.alloc_vmap_area - before.alloc_vmap_area,
    givenBack: counts.free_vmap_block - before.free_vmap_block,
    visited: counts.nodes_visited - before.nodes_visited,
  }
}

/** A checksum of the addresses of all maps, in pages: 32 bits of the sum of address * 31^k, k counted from the last map. */
export function addressesOf(workload: Workload): number {
  let checksum = 0
  const allocator = new (class extends Allocator {
    override mapRam(pages: number): number {
      const page = super.mapRam(pages)
      // ToUint32 keeps the lowest 32 bits of a page number, as the peer's cast does
      checksum = (Math.imul(checksum, 31) + (page >>> 0)) >>> 0
      return page
    }
  })(MACHINE, modelOf(workload))
  sourceOf(workload).issue(allocator)
  return checksum
}

/** An allocator with so many listed blocks: `exhaust` under v4.0 leaves one an iteration. */
export function listedBlocks(workload: Workload): Allocator {
  const allocator = new Allocator(MACHINE, found(findKernelModel(workload.model)))
  if (workload.listed > 0) sourceOf({ ...workload, scenario: 'exhaust', iterations: workload.listed }).issue(allocator)
  return allocator
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a benchmark names what there is not')
  return value
}
