import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derivedFacts } from './derived-facts.ts'
import { addressSpacePages, machineProblem, MACHINE_PRESETS, vmapBbmapBits, type Machine } from './machine.ts'

const factsOf = (id: string) => derivedFacts(MACHINE_PRESETS.find((preset) => preset.id === id)!.machine)

describe('what follows from a machine', () => {
  it('is known of x86_64', () => {
    expect(factsOf('x86_64')).toEqual({
      pageBytes: 4096,
      maxAllocPages: 64,
      maxAllocBytes: 262_144,
      bbmapBits: 1024,
      kernelBbmapBits: 1024,
      blockPages: 1024,
      blockBytes: 4_194_304,
      blocksMax: 8_388_608,
      lazyMaxPages: 57_344,
      lazyMaxBytes: 234_881_024,
      vmallocPages: 2 ** 33,
      vmallocFirst: '0xffffc90000000000',
      vmallocLast: '0xffffe8ffffffffff',
    })
  })

  it('is known of arm64, whose space begins and ends where its documentation says', () => {
    expect(factsOf('arm64')).toMatchObject({
      vmallocFirst: '0xffff800008000000',
      vmallocLast: '0xfffffbffefffffff',
      blockPages: 1024,
    })
  })

  it.each([
    ['i386', 32],
    ['i386-4', 64],
    ['i386-32', 512],
    ['arm', 120],
    ['tiny', 4],
  ])('%s holds %i blocks', (id, blocks) => {
    expect(factsOf(id).blocksMax).toBe(blocks)
  })

  it('says what a kernel would compute beside what was set by hand', () => {
    expect(factsOf('tiny')).toMatchObject({ bbmapBits: 64, kernelBbmapBits: 1024 })
  })

  it('names the last byte of a 64-bit address space', () => {
    const machine: Machine = {
      wordBits: 64,
      nrCpus: 1,
      vmallocStartPage: addressSpacePages(64) - 1,
      vmallocPages: 1,
      bbmapBits: 1024,
    }
    expect(derivedFacts(machine)).toMatchObject({
      vmallocFirst: '0xfffffffffffff000',
      vmallocLast: '0xffffffffffffffff',
      blocksMax: 0,
    })
  })

  it('counts the blocks that begin at a multiple of their size, one by one', () => {
    const machines = fc
      .record({
        wordBits: fc.constantFrom(32 as const, 64 as const),
        nrCpus: fc.integer({ min: 1, max: 65_536 }),
        above: fc.nat(20_000),
        vmallocPages: fc.integer({ min: 1, max: 20_000 }),
      })
      .map(({ wordBits, nrCpus, above, vmallocPages }): Machine => {
        const vmallocStartPage = addressSpacePages(wordBits) / 2 + above
        return { wordBits, nrCpus, vmallocStartPage, vmallocPages, bbmapBits: vmapBbmapBits(wordBits, nrCpus) }
      })
    fc.assert(
      fc.property(machines, (machine) => {
        expect(machineProblem(machine)).toBeUndefined()
        const { vmallocStartPage: start, vmallocPages, bbmapBits } = machine
        let blocks = 0
        for (let page = start; page + bbmapBits <= start + vmallocPages; page += 1) {
          if (BigInt(page) % BigInt(bbmapBits) === 0n) blocks += 1
        }
        expect(derivedFacts(machine).blocksMax).toBe(blocks)
      }),
      { numRuns: 30 },
    )
  })
})
