import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derivedFacts } from '../../../shared/derived-facts.ts'
import { MACHINE_PRESETS, machineProblem } from '../../../shared/machine.ts'
import { draftOf, readDraft, withWord, type MachineDraft } from './machine-draft.ts'

const preset = (id: string) => {
  const { machine, description } = MACHINE_PRESETS.find((candidate) => candidate.id === id)!
  return { name: 'mine', description, machine }
}
const i386 = draftOf(preset('i386'))
const read = (change: Partial<MachineDraft>, taken: readonly string[] = []) => readDraft({ ...i386, ...change }, taken)

describe('a machine as it is typed', () => {
  it.each(MACHINE_PRESETS.map(({ id }) => id))('is first what it was: %s', (id) => {
    const saved = preset(id)
    expect(readDraft(draftOf(saved), [])).toMatchObject({ machine: saved.machine, problems: {} })
  })

  it('is written as people write it', () => {
    expect(draftOf(preset('x86_64-8192'))).toMatchObject({
      word: '64',
      nrCpus: '8,192',
      vmallocStart: '0xffffc90000000000',
      vmallocSize: '32 TiB',
      bbmapBits: '',
    })
    expect(draftOf(preset('tiny')).bbmapBits).toBe('64')
  })

  it('takes addresses and sizes in more than one form', () => {
    const { machine } = read({ nrCpus: '4', vmallocStart: 'f8000000', vmallocSize: '0x1000000' })
    expect(machine).toMatchObject({ vmallocStartPage: 0xf8000, vmallocPages: 4096, bbmapBits: 512 })
    expect(derivedFacts(machine!)).toMatchObject({ blocksMax: 8, lazyMaxPages: 24_576 })
  })

  it('has the block size of the kernel unless one is set by hand', () => {
    expect(read({ nrCpus: '32' })).toMatchObject({ machine: { bbmapBits: 64 }, kernelBbmapBits: 64 })
    expect(read({ nrCpus: '32', bbmapBits: '1,024' })).toMatchObject({ machine: { bbmapBits: 1024 } })
  })

  it.each<[Partial<MachineDraft>, Record<string, unknown>]>([
    [{ nrCpus: '0' }, { nrCpus: 'Enter a whole number from 1 to 65,536.' }],
    [{ nrCpus: 'four' }, { nrCpus: expect.stringContaining('1 to 65,536') }],
    [{ vmallocStart: '' }, { vmallocStart: expect.stringMatching(/^An address is written in hexadecimal/) }],
    [{ vmallocStart: '0xf8000001' }, { vmallocStart: expect.stringContaining('begins a page') }],
    [{ vmallocStart: '0xffffc90000000000' }, { vmallocStart: 'Enter an address of 32 bits, up to 0xfffff000.' }],
    [{ vmallocSize: '128' }, { vmallocSize: expect.stringMatching(/^A size is a number and its unit/) }],
    [
      { vmallocSize: '249 MiB' },
      { vmallocSize: 'Enter a size from 4 KiB to 248 MiB: 32-bit addresses have no more from 0xf0800000 on.' },
    ],
    [{ vmallocSize: '0 KiB' }, { vmallocSize: expect.stringContaining('from 4 KiB') }],
    [
      { bbmapBits: '100' },
      { bbmapBits: 'Enter a power of two from 64 to 1,024, or nothing for what the kernel computes.' },
    ],
    [{ name: '  ' }, { name: 'Enter a name.' }],
    [{ name: 'i386' }, { name: 'The name i386 belongs to a preset; choose another.' }],
    [{ name: 'a/b' }, { name: expect.stringMatching(/^The name "a\/b" is not a letter/) }],
    [
      { vmallocStart: 'x', vmallocSize: 'y' },
      { vmallocStart: expect.anything() as unknown, vmallocSize: expect.anything() as unknown },
    ],
  ])('says at the field what is wrong with %j', (change, problems) => {
    expect(read(change).problems).toEqual(problems)
  })

  it('is a machine even while its name is wrong, and none while a field of it is', () => {
    expect(read({ name: '' }).machine).toEqual(preset('i386').machine)
    for (const field of ['nrCpus', 'vmallocStart', 'vmallocSize', 'bbmapBits']) {
      expect(read({ [field]: 'wrong' }).machine, field).toBeUndefined()
    }
  })

  it('cannot have the name of another saved machine, whatever the case', () => {
    expect(read({ name: 'Board' }, ['board']).problems.name).toBe(
      'There is a machine board already. Enter another name.',
    )
  })

  it('is never one that cannot be simulated', () => {
    const text = (...likely: string[]) =>
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...likely) }, fc.string({ maxLength: 12 }))
    const drafts = fc.record({
      word: fc.constantFrom('32' as const, '64' as const),
      nrCpus: text('1', '8', '65,536', '65,537', '0'),
      vmallocStart: text('0x0', '0xf8000000', '0xffffc90000000000', 'fffff000', '0xfffffffffffff000'),
      vmallocSize: text('1 page', '1 MiB', '4 GiB', '16 EiB', '0 KiB', '1e400 TiB'),
      bbmapBits: text('', '64', '128', '1,024', '2048'),
    })
    let machines = 0
    fc.assert(
      fc.property(drafts, (draft) => {
        const { machine, problems } = readDraft({ ...i386, ...draft }, [])
        expect(machine === undefined).toBe(Object.keys(problems).length > 0)
        if (machine === undefined) return
        machines += 1
        expect(machineProblem(machine)).toBeUndefined()
      }),
      { numRuns: 3000 },
    )
    expect(machines).toBeGreaterThan(50)
  })
})

describe('another word size', () => {
  it('takes its usual space with it, and back', () => {
    const wide = withWord(i386, '64')
    expect(wide).toMatchObject({ word: '64', vmallocStart: '0xffffc90000000000', vmallocSize: '32 TiB' })
    expect(withWord(wide, '32')).toEqual(i386)
    expect(withWord(i386, '32')).toBe(i386)
  })

  it("leaves a space of one's own as it is, with an error where it does not fit", () => {
    const own = { ...draftOf(preset('x86_64')), vmallocSize: '1 TiB' }
    const narrow = withWord(own, '32')
    expect(narrow).toMatchObject({ vmallocStart: own.vmallocStart, vmallocSize: '1 TiB' })
    expect(Object.keys(readDraft(narrow, []).problems)).toEqual(['vmallocStart', 'vmallocSize'])
  })
})
