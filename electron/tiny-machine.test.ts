import { expect, it } from 'vitest'
import { MACHINE_PRESETS } from '../shared/machine.ts'
import { Allocator } from './allocator/allocator.ts'
import { KERNEL_MODELS } from './allocator/models.ts'

const tiny = MACHINE_PRESETS.find(({ id }) => id === 'tiny')!.machine

it.each(KERNEL_MODELS.map((model) => [model.id, model] as const))(
  'the tiny machine runs out of space within a dozen maps under %s',
  (_, model) => {
    const allocator = new Allocator(tiny, model)
    let maps = 0
    while (allocator.counts.vm_map_ram_failed === 0 && maps < 100) {
      maps += 1
      allocator.mapRam(32)
    }
    expect(maps).toBeLessThanOrEqual(12)
  },
)
