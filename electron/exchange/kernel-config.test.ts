import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { derivedFacts } from '../../shared/derived-facts.ts'
import { machineProblem, MACHINE_PRESETS } from '../../shared/machine.ts'
import { savedMachineProblem } from '../../shared/saved-machine.ts'
import { KernelConfigError } from './kernel-config-file.ts'
import { importKernelConfig } from './kernel-config.ts'

/** The .config of a kernel whose own words are known: VMALLOC_START ffffc90000000000, NR_CPUS 8, BBMAP_BITS 1024. */
const MEASURED = readFileSync(join(import.meta.dirname, 'fixtures/config-6.1-small'), 'utf8')

const preset = (id: string) => MACHINE_PRESETS.find((candidate) => candidate.id === id)!.machine
const config = (...lines: readonly string[]): string => `${lines.join('\n')}\n`
const X86_64 = ['CONFIG_64BIT=y', 'CONFIG_X86_64=y']
const ARM64 = ['CONFIG_64BIT=y', 'CONFIG_ARM64=y', 'CONFIG_ARM64_4K_PAGES=y']
const importLines = (...lines: readonly string[]) => importKernelConfig(config(...lines))

describe('the .config of a measured kernel', () => {
  const imported = importKernelConfig(MEASURED)

  it('makes the machine that the kernel says it runs on', () => {
    expect(imported.machine).toEqual(preset('x86_64-8'))
    expect(derivedFacts(imported.machine)).toMatchObject({ vmallocFirst: '0xffffc90000000000', bbmapBits: 1024 })
  })

  it('is named as the kernel names itself, and can be saved as it is', () => {
    expect(imported.name).toBe('x86_64 6.1.192-qk')
    expect(imported.description).toMatch(/^From a kernel \.config \(Linux\/x86 6\.1\.192\)\. /)
    expect(savedMachineProblem(imported)).toBeUndefined()
  })

  it('says what had to be assumed, and nothing else', () => {
    expect(imported.assumptions).toEqual([
      'CONFIG_X86_5LEVEL=y: four-level page tables are taken, with 32 TiB of vmalloc space; a CPU with five levels makes it 12,800 TiB from 0xffa0000000000000.',
      'All 8 CPUs of CONFIG_NR_CPUS are taken to be online, which makes the lazy limit 32,768 pages; with fewer it is lower.',
    ])
  })

  it('may have the line ends of another system', () => {
    expect(importKernelConfig(MEASURED.replaceAll('\n', '\r\n'))).toEqual(imported)
  })
})

describe('the machine of a .config', () => {
  it.each<[string, string[], string]>([
    ['x86_64', [...X86_64, 'CONFIG_NR_CPUS=64'], 'x86_64'],
    ['x86_64, a distribution kernel', [...X86_64, 'CONFIG_NR_CPUS=8192'], 'x86_64-8192'],
    ['x86_64 without SMP', [...X86_64, '# CONFIG_SMP is not set'], 'x86_64-1cpu'],
    ['i386', ['# CONFIG_64BIT is not set', 'CONFIG_X86_32=y', 'CONFIG_NR_CPUS=32'], 'i386-32'],
    ['arm', ['CONFIG_ARM=y', 'CONFIG_MMU=y', 'CONFIG_NR_CPUS=4'], 'arm'],
    ['arm64', [...ARM64, 'CONFIG_ARM64_VA_BITS=48', 'CONFIG_NR_CPUS=256'], 'arm64'],
    ['arm64 with 52-bit addresses', [...ARM64, 'CONFIG_ARM64_VA_BITS=52', 'CONFIG_NR_CPUS=256'], 'arm64'],
  ])('is that of the preset: %s', (_, lines, id) => {
    expect(importLines(...lines).machine).toEqual(preset(id))
  })

  it('with 39-bit addresses has the space that arm64 leaves to it', () => {
    const { machine } = importLines(...ARM64, 'CONFIG_ARM64_VA_BITS=39', 'CONFIG_NR_CPUS=8')
    expect(derivedFacts(machine)).toMatchObject({
      vmallocFirst: '0xffffffc008000000',
      vmallocLast: '0xfffffffdefffffff',
    })
  })

  it('of an architecture that is not known has its word size and an assumed space', () => {
    const wide = importLines('# Linux/riscv 6.1.0 Kernel Configuration', 'CONFIG_64BIT=y', 'CONFIG_NR_CPUS=64')
    expect(wide.machine).toEqual(preset('x86_64'))
    expect(wide.name).toBe('riscv 6.1.0')
    expect(wide.assumptions[0]).toMatch(/^The lab does not know the vmalloc space of this architecture; that of x86_64/)
    expect(wide.assumptions[1]).toBe('The file does not tell the page size; 4 KiB are taken.')
    expect(importLines('# CONFIG_64BIT is not set', 'CONFIG_PPC32=y').machine.wordBits).toBe(32)
  })

  it('takes the last of two lines, as the build does', () => {
    expect(importLines(...X86_64, 'CONFIG_NR_CPUS=64', 'CONFIG_NR_CPUS=8').machine.nrCpus).toBe(8)
  })
})

describe('the sentences', () => {
  const sentences = (...lines: readonly string[]): string => importLines(...lines).assumptions.join('\n')

  it('are none where the file tells everything', () => {
    expect(sentences(...X86_64, 'CONFIG_NR_CPUS=1')).toBe('')
  })

  it.each<[string[], string]>([
    [['CONFIG_RANDOMIZE_MEMORY=y'], 'moves the vmalloc space at each boot; its place without that, 0xffffc90000000000'],
    [['CONFIG_PGTABLE_LEVELS=5'], 'CONFIG_PGTABLE_LEVELS=5: four-level page tables are taken'],
    [['# CONFIG_SMP is not set'], 'There is no CONFIG_NR_CPUS, for which the kernel takes 1.'],
    [['CONFIG_NR_CPUS=8192'], 'All 8,192 CPUs of CONFIG_NR_CPUS are taken to be online'],
    [
      ['CONFIG_KASAN=y', 'CONFIG_DEBUG_PAGEALLOC=y'],
      'CONFIG_KASAN=y is not simulated.\nCONFIG_DEBUG_PAGEALLOC=y is not',
    ],
  ])('%j: %s', (lines, sentence) => {
    expect(sentences(...X86_64, ...lines)).toContain(sentence)
  })

  it.each<[string[], string]>([
    [['CONFIG_X86_32=y'], '128 MiB from 0xf0800000 are taken'],
    [['CONFIG_ARM=y'], '240 MiB from 0xf0800000 are taken'],
    [ARM64, 'There is no CONFIG_ARM64_VA_BITS; addresses of 48 bits are taken.'],
    [[...ARM64, 'CONFIG_ARM64_VA_BITS=52'], 'a CPU without 52-bit addresses is taken'],
    [['CONFIG_ARM64=y'], 'The file does not tell the page size; 4 KiB are taken.'],
  ])('%j: %s', (lines, sentence) => {
    expect(sentences(...lines)).toContain(sentence)
  })
})

describe('what is refused', () => {
  it.each<[string, string, string]>([
    ['nothing', '', 'there is no CONFIG_ line, so it is no kernel .config'],
    ['comments alone', '# one\n# two\n', 'there is no CONFIG_ line'],
    ['a picture of something else', 'CONFIG_X86_64=y\nint main(void)\n', 'line 2: "int main(void)" is neither'],
    ['a value that no option has', 'CONFIG_X86_64=yes\n', 'line 1: "CONFIG_X86_64=yes" is neither'],
    ['a text without an end', 'CONFIG_LOCALVERSION="-x\n', 'line 1'],
    ['a long line, cut short', `${'x'.repeat(1000)}\n`, `line 1: "${'x'.repeat(60)}…" is neither`],
    ['no word size', 'CONFIG_SMP=y\n', 'the word size cannot be known'],
    ['CPUs in words', config(...X86_64, 'CONFIG_NR_CPUS="many"'), 'line 3: CONFIG_NR_CPUS is "many"; accepted are'],
    ['no CPU', config(...X86_64, 'CONFIG_NR_CPUS=0'), 'line 3: CONFIG_NR_CPUS is "0"'],
    ['too many CPUs', config(...X86_64, 'CONFIG_NR_CPUS=65537'), 'accepted are whole numbers from 1 to 65536'],
    ['no MMU', 'CONFIG_ARM=y\n# CONFIG_MMU is not set\n', 'line 2: CONFIG_MMU is not set'],
    ['addresses of 44 bits', config(...ARM64, 'CONFIG_ARM64_VA_BITS=44'), 'line 4: CONFIG_ARM64_VA_BITS is "44"'],
  ])('%s', (_, text, problem) => {
    expect(() => importKernelConfig(text)).toThrow(KernelConfigError)
    expect(() => importKernelConfig(text)).toThrow(problem)
  })

  it.each([
    ['CONFIG_ARM64=y\n# CONFIG_ARM64_4K_PAGES is not set\nCONFIG_ARM64_64K_PAGES=y\nCONFIG_ARM64_VA_BITS=42\n', 3, 64],
    ['CONFIG_ARM64=y\nCONFIG_ARM64_16K_PAGES=y\n', 2, 16],
    ['CONFIG_64BIT=y\nCONFIG_PPC_64K_PAGES=y\n', 2, 64],
    ['CONFIG_64BIT=y\nCONFIG_HAVE_PAGE_SIZE_4KB=y\nCONFIG_PAGE_SIZE_16KB=y\n', 3, 16],
    ['CONFIG_64BIT=y\nCONFIG_PAGE_SHIFT=13\n', 2, 8],
    ['CONFIG_64BIT=y\nCONFIG_SPARC64=y\n', 2, 8],
  ])('pages of another size, by name: %j', (text, line, kib) => {
    const reason = new RegExp(
      `^line ${line}: CONFIG_\\w+=\\w+ .*pages of ${kib} KiB; the lab simulates pages of 4 KiB$`,
    )
    expect(() => importKernelConfig(text)).toThrow(reason)
  })

  it('is not what only says which page sizes there could be', () => {
    const told = [
      'CONFIG_HAVE_PAGE_SIZE_64KB=y',
      'CONFIG_PAGE_SIZE_LESS_THAN_64KB=y',
      '# CONFIG_PAGE_SIZE_16KB is not set',
    ]
    expect(importLines('CONFIG_64BIT=y', ...told, 'CONFIG_PAGE_SIZE_4KB=y').assumptions.join()).not.toContain(
      'page size',
    )
  })
})

it('every .config is either a machine that can be simulated or refused with a reason', () => {
  const lines = MEASURED.split('\n').filter((line) => /NR_CPUS|64|PAGE|LEVEL|MMU|ARM|VERSION|RANDOM|KASAN/.test(line))
  const line = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...lines, ...ARM64, 'CONFIG_ARM=y', 'CONFIG_X86_32=y', 'CONFIG_64BIT=y') },
    fc.string({ maxLength: 30 }).map((text) => `CONFIG_${text}`),
    fc.nat(100_000).map((cpus) => `CONFIG_NR_CPUS=${cpus}`),
    fc.string({ maxLength: 80 }).map((text) => `CONFIG_LOCALVERSION=${JSON.stringify(text)}`),
  )
  let machines = 0
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (chosen) => {
      try {
        const imported = importLines(...chosen)
        machines += 1
        expect(machineProblem(imported.machine)).toBeUndefined()
        expect(savedMachineProblem(imported)).toBeUndefined()
      } catch (error) {
        expect(error).toBeInstanceOf(KernelConfigError)
      }
    }),
    { numRuns: 2000 },
  )
  expect(machines).toBeGreaterThan(100)
})
