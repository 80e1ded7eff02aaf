import { describe, expect, it } from 'vitest'
import { MACHINE_PRESETS } from '../../shared/machine.ts'
import { formatMachineFile, formatSavedMachine, parseMachineFile, parseSavedMachine } from './machine-file.ts'

const valid = {
  bits: '64',
  nr_cpus: '1',
  vmalloc_start: '18446683600570023936',
  vmalloc_pages: '8589934592',
  bbmap_bits: '1024',
}

/** The valid file with some fields changed; `undefined` leaves a field out. */
function file(change: Readonly<Record<string, string | undefined>> = {}): string {
  const fields: [string, string | undefined][] = Object.entries({ ...valid, ...change })
  const given = fields.flatMap(([name, value]) => (value === undefined ? [] : [`"${name}":${value}`]))
  return `{${given.join(',')}}`
}

describe('a machine file', () => {
  it('keeps a 64-bit address exactly', () => {
    expect(parseMachineFile(file())).toEqual({
      wordBits: 64,
      nrCpus: 1,
      vmallocStartPage: 4_503_584_863_420_416,
      vmallocPages: 2 ** 33,
      bbmapBits: 1024,
    })
    // One page above the preset's start: rounded to a double, both would be the same
    expect(parseMachineFile(file({ vmalloc_start: '18446683600570028032' })).vmallocStartPage).toBe(
      4_503_584_863_420_417,
    )
  })

  it('takes the address as hexadecimal text too', () => {
    expect(parseMachineFile(file({ vmalloc_start: '"0xffffc90000000000"' }))).toEqual(parseMachineFile(file()))
  })

  it('derives bbmap_bits from NR_CPUS when it is left out', () => {
    expect(parseMachineFile(file({ nr_cpus: '8192', bbmap_bits: undefined })).bbmapBits).toBe(256)
  })

  it.each(MACHINE_PRESETS)('is written so that $id is read back unchanged', ({ machine }) => {
    expect(parseMachineFile(formatMachineFile(machine))).toEqual(machine)
  })

  it('may have a name, a description and assumptions, which are empty without', () => {
    const words = { name: 'mine', description: 'Quoted "words".', assumptions: ['One.'] }
    const { machine } = MACHINE_PRESETS[0]!
    const text = formatSavedMachine({ ...words, machine })
    expect(parseSavedMachine(text)).toEqual({ ...words, machine, assumptions: [] })
    expect(parseSavedMachine(file({ assumptions: '["One."]' })).assumptions).toEqual(['One.'])
    expect(parseSavedMachine(file())).toMatchObject({ name: '', description: '', assumptions: [] })
  })

  it.each([
    ['not JSON', '{', 'not JSON'],
    ['a list', '[]', 'the file'],
    ['another word size', file({ bits: '16' }), 'bits: accepted are 32 and 64'],
    ['a missing field', file({ nr_cpus: undefined }), 'nr_cpus'],
    ['an unknown field', file({ bbmap: '1' }), 'bbmap'],
    ['no CPU', file({ nr_cpus: '0' }), 'nr_cpus is 0; accepted are whole numbers from 1'],
    ['an address within a page', file({ vmalloc_start: '18446683600570023937' }), 'not a multiple of the page size'],
    ['an address in words', file({ vmalloc_start: '"here"' }), 'vmalloc_start'],
    ['a negative address', file({ vmalloc_start: '-4096' }), 'vmalloc_start'],
    ['a space beyond the top', file({ bits: '32' }), 'vmalloc_start'],
    ['an empty space', file({ vmalloc_pages: '0' }), 'vmalloc_pages is 0'],
    ['a name that none can have', file({ name: '"a/b"' }), 'the name "a/b" is not a letter'],
    ['a description without end', file({ description: JSON.stringify('x'.repeat(2001)) }), 'description: accepted are'],
    ['a block size that no kernel has', file({ bbmap_bits: '1000' }), 'accepted are powers of two from 128 to 1024'],
  ])('refuses %s by name', (_, text, problem) => {
    expect(() => parseMachineFile(text)).toThrow(problem)
  })
})
