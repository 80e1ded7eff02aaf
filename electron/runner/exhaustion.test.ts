import { describe, expect, it } from 'vitest'
import { MACHINE_PRESETS, type Machine } from '../../shared/machine.ts'
import { findKernelModel } from '../allocator/models.ts'
import { mapsToFill, runUntilFailure, type Exhaustion } from './exhaustion.ts'

function machine(id: string): Machine {
  const preset = MACHINE_PRESETS.find((candidate) => candidate.id === id)
  if (preset === undefined) throw new Error(`no machine ${id}`)
  return preset.machine
}

function run(machineId: string, modelId: string, maps?: number): Exhaustion {
  const model = findKernelModel(modelId)
  if (model === undefined) throw new Error(`no model ${modelId}`)
  const on = machine(machineId)
  const options = {
    goOn: maps !== undefined,
    maps: maps ?? mapsToFill(on),
    clock: () => 0,
    onProgress: () => undefined,
  }
  return runUntilFailure(on, model, options)
}

describe('the 128 MiB of i386 under v4.0', () => {
  it('are used up by 32 blocks, which the failure purge then frees', () => {
    const { failure, liveBlocks } = run('i386', 'v4.0')
    expect(failure).toEqual({
      ...{ map: 32 * 126 + 1, pages: 16, liveBlocks: 32, listedBlocks: 32 },
      ...{ purgedBlocks: 32, lowestIndex: 0, highestIndex: 31, freeSlots: [[8, 32]], flushedPages: 32_768 },
      servedAfterPurge: true,
    })
    expect(liveBlocks).toBe(1)
  })

  it('are used up 31 times by 1,000 iterations', () => {
    const { counts, failure } = run('i386', 'v4.0', 126_000)
    expect(failure?.map).toBe(4033)
    expect(counts.alloc_vmap_area).toBe(1000)
    expect(counts.free_vmap_block).toBe(992)
    expect(counts.purge_on_alloc_failure).toBe(31)
    expect(counts.vm_map_ram_failed).toBe(0)
  })
})

it('under v4.1 the same maps need 110 lazy drains and never fail', () => {
  const { counts, failure } = run('i386', 'v4.1', 126_000)
  expect(failure).toBeUndefined()
  expect(counts.alloc_vmap_area).toBe(993)
  expect(counts.free_vmap_block).toBe(992)
  expect(counts.purge_on_lazy_threshold).toBe(110)
})

it('under v2.6.28, which purges nothing, the map that fails stays without an address', () => {
  const { failure, counts } = run('i386', 'v2.6.28')
  expect(failure).toMatchObject({ map: 16 * 126 + 1, liveBlocks: 16, purgedBlocks: 0, servedAfterPurge: false })
  expect(counts.vm_map_ram_failed).toBe(1)
})

it('as many maps fill a space as its blocks hold, and one more', () => {
  expect(mapsToFill(machine('x86_64'))).toBe(8_388_608 * 126 + 1)
  const unaligned = { ...machine('i386'), vmallocStartPage: machine('i386').vmallocStartPage + 1 }
  expect(mapsToFill(unaligned)).toBe(31 * 126 + 1)
})

it('progress is told at most every 50 ms', () => {
  let nowMs = 0
  const told: number[] = []
  runUntilFailure(machine('x86_64'), findKernelModel('v4.1')!, {
    ...{ goOn: false, maps: 2_000_000, clock: () => (nowMs += 10) },
    onProgress: (maps) => {
      expect(nowMs - (told.at(-1) ?? -Infinity)).toBeGreaterThanOrEqual(50)
      told.push(nowMs)
      expect(maps).toBeLessThanOrEqual(2_000_000)
    },
  })
  expect(told.length).toBeGreaterThan(2)
})
