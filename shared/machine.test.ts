import { describe, expect, it } from 'vitest'
import { lazyMaxPages, MACHINE_PRESETS, machineProblem, PAGE_SIZE_BYTES, vmapBbmapBits } from './machine.ts'

const machineOf = (id: string) => MACHINE_PRESETS.find((preset) => preset.id === id)!.machine

describe('VMAP_BBMAP_BITS', () => {
  it.each([
    [32, [1, 2], 1024],
    [32, [3, 4], 512],
    [32, [5, 8], 256],
    [32, [9, 16], 128],
    [32, [17, 32, 33, 8192], 64],
    [64, [1, 64, 2048], 1024],
    [64, [2049, 4096], 512],
    [64, [8192], 256],
    [64, [16_384, 65_536], 128],
  ] as const)('on %i-bit with NR_CPUS %j is %i', (wordBits, cpus, bits) => {
    expect(cpus.map((nrCpus) => vmapBbmapBits(wordBits, nrCpus))).toEqual(cpus.map(() => bits))
  })
})

it('the lazy limit grows by 8,192 pages with each doubling of the CPUs', () => {
  expect([1, 2, 3, 4, 7, 8, 15].map(lazyMaxPages)).toEqual([8192, 16_384, 16_384, 24_576, 24_576, 32_768, 32_768])
})

describe('the presets', () => {
  it('can be simulated and have ids of their own', () => {
    expect(MACHINE_PRESETS.map(({ machine }) => machineProblem(machine)).filter(Boolean)).toEqual([])
    expect(new Set(MACHINE_PRESETS.map(({ id }) => id)).size).toBe(MACHINE_PRESETS.length)
  })

  // Journals name these; a run made yesterday must be the same run tomorrow
  it.each([
    ['x86_64', 64, 64, 0xffffc90000000n, 2 ** 33, 1024],
    ['x86_64-1cpu', 64, 1, 0xffffc90000000n, 2 ** 33, 1024],
    ['x86_64-8', 64, 8, 0xffffc90000000n, 2 ** 33, 1024],
    ['x86_64-8192', 64, 8192, 0xffffc90000000n, 2 ** 33, 256],
    ['i386', 32, 1, 0xf0800n, 32_768, 1024],
    ['i386-4', 32, 4, 0xf0800n, 32_768, 512],
    ['i386-8', 32, 8, 0xf0800n, 32_768, 256],
    ['i386-32', 32, 32, 0xf0800n, 32_768, 64],
    ['arm64', 64, 256, 0xffff800008000n, 33_285_898_240, 1024],
    ['arm', 32, 4, 0xf0800n, 61_440, 512],
    ['tiny', 32, 1, 0xf8000n, 256, 64],
  ] as const)('%s is what it was', (id, wordBits, nrCpus, startPage, vmallocPages, bbmapBits) => {
    expect(machineOf(id)).toEqual({ wordBits, nrCpus, vmallocStartPage: Number(startPage), vmallocPages, bbmapBits })
  })

  it('say what they assume about real machines', () => {
    for (const { id, description } of MACHINE_PRESETS) {
      expect(description, id).toMatch(/^(64-bit|32-bit|No real machine: 32-bit), NR_CPUS \d+/)
    }
  })
})

describe('a machine that cannot be simulated', () => {
  const i386 = machineOf('i386')
  it.each([
    [{ nrCpus: 0 }, 'nr_cpus is 0; accepted are whole numbers from 1 to 65536'],
    [{ nrCpus: 1.5 }, 'nr_cpus is 1.5'],
    [{ nrCpus: 65_537 }, 'nr_cpus is 65537'],
    [{ vmallocStartPage: 2 ** 20 }, 'accepted are page-aligned 32-bit addresses'],
    [{ vmallocStartPage: -1 }, 'vmalloc_start is page -1'],
    [{ vmallocPages: 0 }, 'vmalloc_pages is 0; accepted are 1 to 63488'],
    [{ vmallocPages: 63_489 }, 'vmalloc_pages is 63489; accepted are 1 to 63488, the pages from vmalloc_start'],
    [{ bbmapBits: 32 }, 'bbmap_bits is 32; accepted are powers of two from 64 to 1024'],
    [{ bbmapBits: 2048 }, 'bbmap_bits is 2048'],
    [{ bbmapBits: 96 }, 'bbmap_bits is 96'],
    [{ wordBits: 64 as const, bbmapBits: 64 }, 'accepted are powers of two from 128 to 1024'],
  ])('%j: %s', (change, problem) => {
    expect(machineProblem({ ...i386, ...change })).toContain(problem)
  })

  it('is not one whose space reaches the top of its addresses', () => {
    expect(machineProblem({ ...i386, vmallocPages: 2 ** 32 / PAGE_SIZE_BYTES - i386.vmallocStartPage })).toBeUndefined()
  })
})
