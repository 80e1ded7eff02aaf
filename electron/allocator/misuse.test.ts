import { describe, expect, it } from 'vitest'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { Allocator } from './allocator.ts'
import { KERNEL_MODELS } from './models.ts'

const machine = MACHINE_PRESETS.find(({ id }) => id === 'i386')!.machine
const model = KERNEL_MODELS.at(-1)!

describe('what no caller may do is refused, with the values', () => {
  const allocator = (): Allocator => new Allocator(machine, model)

  it('an unmap where no block is', () => {
    expect(() => allocator().unmapRam(5000, 4)).toThrow('No mapping of 4 pages starts at page 5000')
  })

  it('a second unmap', () => {
    const once = allocator()
    const page = once.mapRam(4)
    once.unmapRam(page, 4)
    expect(() => once.unmapRam(page, 4)).toThrow('was unmapped before, or never made')
  })

  it('an unmap of slots never handed out', () => {
    const one = allocator()
    one.mapRam(4)
    expect(() => one.unmapRam(512, 32)).toThrow('was unmapped before, or never made')
  })

  it('an unmap of a big map with another size, and of none', () => {
    const big = allocator()
    const page = big.mapRam(100)
    expect(() => big.unmapRam(page, 99)).toThrow('No mapping of 99 pages')
    expect(() => big.unmapRam(page + 1, 100)).toThrow('No mapping of 100 pages')
  })

  it('a vunmap of no area', () => {
    const none = allocator()
    none.mapRam(1)
    expect(() => none.vunmap(0)).toThrow('No vmap area starts at page 0')
  })

  it.each([-1, 1.5, NaN])('a map of %d pages', (pages) => {
    expect(() => allocator().mapRam(pages)).toThrow('is no number of pages')
  })

  it('a CPU that the machine lacks', () => {
    expect(() => allocator().setCpu(1)).toThrow('There is no CPU 1; this machine has CPUs 0 to 0')
  })

  it('a machine that cannot be', () => {
    expect(() => new Allocator({ ...machine, bbmapBits: 100 }, model)).toThrow('bbmap_bits is 100; accepted are')
  })
})
