import { formatCount } from '../../shared/format.ts'
import { formatAddress, formatExactSize } from '../../shared/machine-text.ts'
import { PAGE_SIZE_BYTES, rangeOf, VMALLOC_RANGES, type VmallocRange } from '../../shared/machine.ts'
import { KernelConfigError, type ConfigFile } from './kernel-config-file.ts'

/** What a .config tells of its architecture. */
export interface Architecture {
  /** As `uname -m` has it; "kernel" where it is not known. */
  readonly name: string
  readonly wordBits: 32 | 64
  readonly range: VmallocRange
  /** True where every kernel of the architecture has pages of 4 KiB. */
  readonly pagesAreFixed: boolean
  /** What had to be assumed about the range. */
  readonly assumptions: readonly string[]
}

/** @throws {KernelConfigError} when not even the word size can be known. */
export function architectureOf(config: ConfigFile): Architecture {
  if (isSet(config, 'X86_64')) return x86_64(config)
  if (isSet(config, 'X86_32')) return i386()
  if (isSet(config, 'ARM64')) return arm64(config)
  if (isSet(config, 'ARM')) return arm()
  return otherArchitecture(config)
}

function isSet({ options }: ConfigFile, name: string): boolean {
  return options.get(name)?.value === 'y'
}

/** Five levels: arch/x86/include/asm/pgtable_64_types.h, __VMALLOC_BASE_L5 and VMALLOC_SIZE_TB_L5. */
function x86_64(config: ConfigFile): Architecture {
  const range = VMALLOC_RANGES.x86_64
  const start = formatAddress(range.startPage)
  const levels = ['X86_5LEVEL=y', 'PGTABLE_LEVELS=5'].find((option) => {
    const [name = '', value] = option.split('=')
    return config.options.get(name)?.value === value
  })
  const assumptions = [
    levels !== undefined &&
      `CONFIG_${levels}: four-level page tables are taken, with ${formatExactSize(range.pages)} of vmalloc space; a CPU with five levels makes it ${formatCount(12_800)} TiB from 0xffa0000000000000.`,
    isSet(config, 'RANDOMIZE_MEMORY') &&
      `CONFIG_RANDOMIZE_MEMORY=y moves the vmalloc space at each boot; its place without that, ${start}, is taken.`,
  ].filter((sentence) => sentence !== false)
  return { name: 'x86_64', wordBits: 64, range, pagesAreFixed: true, assumptions }
}

function i386(): Architecture {
  const range = VMALLOC_RANGES.i386
  const assumptions = [
    `Where the vmalloc space lies follows from memory and vmalloc=; ${words(range)} are taken, the size that is reserved without vmalloc=.`,
  ]
  return { name: 'i386', wordBits: 32, range, pagesAreFixed: true, assumptions }
}

function arm(): Architecture {
  const range = VMALLOC_RANGES.arm
  const assumptions = [
    `Where the vmalloc space lies follows from memory and vmalloc=; ${words(range)} are taken, as without vmalloc= and with memory enough to fill the low memory.`,
  ]
  return { name: 'arm', wordBits: 32, range, pagesAreFixed: true, assumptions }
}

/** With pages of 4 KiB; 52-bit kernels fall back to 48 bits on CPUs without LPA2. */
const ARM64_VA_BITS: Readonly<Record<string, number>> = { '39': 39, '48': 48, '52': 48 }

function arm64({ options }: ConfigFile): Architecture {
  const given = options.get('ARM64_VA_BITS')
  const vaBits = ARM64_VA_BITS[given?.value ?? '48']
  if (vaBits === undefined) {
    throw new KernelConfigError(
      `line ${given?.line ?? 0}: CONFIG_ARM64_VA_BITS is "${given?.value ?? ''}"; with pages of 4 KiB accepted are ${Object.keys(ARM64_VA_BITS).join(', ')}`,
    )
  }
  const range = arm64Range(vaBits)
  const assumptions = [
    given === undefined && 'There is no CONFIG_ARM64_VA_BITS; addresses of 48 bits are taken.',
    given?.value === '52' && 'CONFIG_ARM64_VA_BITS=52: a CPU without 52-bit addresses is taken, which has 48.',
    `The vmalloc space is taken to lie as in Linux 6.1 with ${vaBits}-bit addresses: ${words(range)}; other releases move its ends.`,
  ].filter((sentence) => sentence !== false)
  return { name: 'arm64', wordBits: 64, range, pagesAreFixed: false, assumptions }
}

/** arch/arm64/include/asm/memory.h and pgtable.h of Linux 6.1: above the modules, up to 256 MiB below the page structures. */
function arm64Range(vaBits: number): VmallocRange {
  const top = 2n ** 64n
  const modules = top - 2n ** BigInt(vaBits - 1)
  // 64 bytes of struct page for each page of 4 KiB: one byte in 64
  const pageStructures = top - 2n ** BigInt(vaBits - 6)
  return rangeOf(modules + (128n << 20n), pageStructures - (256n << 20n))
}

/** Architectures that have only pages of 8 KiB. */
const EIGHT_KIB_PAGES = ['ALPHA', 'SPARC64']

function otherArchitecture(config: ConfigFile): Architecture {
  const word = config.options.get('64BIT')?.value
  if (word === undefined) {
    throw new KernelConfigError(
      'the word size cannot be known: there is no line of CONFIG_64BIT and none with CONFIG_X86_64=y, CONFIG_X86_32=y, CONFIG_ARM64=y or CONFIG_ARM=y; accepted is the whole .config of a kernel',
    )
  }
  const eightKib = EIGHT_KIB_PAGES.find((name) => isSet(config, name))
  if (eightKib !== undefined) {
    const line = config.options.get(eightKib)?.line ?? 0
    throw new KernelConfigError(
      `line ${line}: CONFIG_${eightKib}=y has pages of 8 KiB; the lab simulates pages of ${PAGE_SIZE_BYTES / 1024} KiB`,
    )
  }
  const [, name = 'kernel'] = /^Linux\/(\S+) /.exec(config.kernel ?? '') ?? []
  const like = word === 'y' ? 'x86_64' : 'i386'
  const range = VMALLOC_RANGES[like]
  const assumptions = [
    `The lab does not know the vmalloc space of this architecture; that of ${like} is taken, ${words(range)}. Set it before relying on addresses or on the moment at which space runs out.`,
  ]
  return { name, wordBits: word === 'y' ? 64 : 32, range, pagesAreFixed: false, assumptions }
}

/** "128 MiB from 0xf0800000". */
function words({ startPage, pages }: VmallocRange): string {
  return `${formatExactSize(pages)} from ${formatAddress(startPage)}`
}
