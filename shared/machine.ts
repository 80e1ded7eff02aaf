/**
 * A machine as far as the allocator sees it. All addresses are page numbers (address / 4096): a 64-bit address does not fit
 * in a JavaScript number, its page number does.
 */
export interface Machine {
  readonly wordBits: 32 | 64
  /** The compile-time NR_CPUS. All of them are taken to be online. */
  readonly nrCpus: number
  /** VMALLOC_START as a page number. */
  readonly vmallocStartPage: number
  /** Size of [VMALLOC_START, VMALLOC_END) in pages. */
  readonly vmallocPages: number
  /** VMAP_BBMAP_BITS: page slots in a vmap block. */
  readonly bbmapBits: number
}

export interface MachinePreset {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly machine: Machine
}

export const PAGE_SIZE_BYTES = 4096

/** VMAP_MAX_ALLOC: the largest map, in pages, that is served from a vmap block. */
export function vmapMaxAlloc(wordBits: 32 | 64): number {
  return wordBits
}

/**
 * VMAP_BBMAP_BITS as the kernel derives it from its compile-time options: the per-CPU share of 128 MiB (32-bit) or 128 GiB
 * (64-bit), a sixteenth of it, between 2 * VMAP_MAX_ALLOC and 1024 slots. The real vmalloc size does not enter.
 */
export function vmapBbmapBits(wordBits: 32 | 64, nrCpus: number): number {
  const sharedPages = wordBits === 32 ? 32_768 : 33_554_432
  const cpusRoundedUp = 2 ** Math.ceil(Math.log2(nrCpus))
  return Math.min(1024, Math.max(2 * vmapMaxAlloc(wordBits), Math.floor(sharedPages / cpusRoundedUp / 16)))
}

/** Pages that may be pending before they are drained: fls(online CPUs) * 32 MiB. */
export function lazyMaxPages(nrCpus: number): number {
  return (Math.floor(Math.log2(nrCpus)) + 1) * 8192
}

const X86_64_START_PAGE = 0xffff_c900_0000_0 // 0xffffc90000000000 / 4096
const X86_64_PAGES = 2 ** 33
const I386_START_PAGE = 0xf080_0 // 0xf0800000 / 4096
const I386_PAGES = 32_768

function preset(id: string, title: string, description: string, wordBits: 32 | 64, nrCpus: number): MachinePreset {
  return {
    id,
    title,
    description,
    machine: {
      wordBits,
      nrCpus,
      vmallocStartPage: wordBits === 64 ? X86_64_START_PAGE : I386_START_PAGE,
      vmallocPages: wordBits === 64 ? X86_64_PAGES : I386_PAGES,
      bbmapBits: vmapBbmapBits(wordBits, nrCpus),
    },
  }
}

export const DEFAULT_MACHINE_ID = 'x86_64'

export const MACHINE_PRESETS: readonly MachinePreset[] = [
  preset(
    DEFAULT_MACHINE_ID,
    'x86_64, 64 CPUs',
    '64-bit, NR_CPUS 64, 32 TiB of vmalloc space, 1,024 slots a block.',
    64,
    64,
  ),
  preset(
    'x86_64-1cpu',
    'x86_64, 1 CPU',
    '64-bit, NR_CPUS 1: as x86_64, with the lazy limit of one CPU (8,192 pages).',
    64,
    1,
  ),
  preset(
    'x86_64-8192',
    'x86_64, distribution kernel',
    '64-bit, NR_CPUS 8192 as in Debian kernels: 256 slots a block.',
    64,
    8192,
  ),
  preset('i386', 'i386, 1 CPU', '32-bit, NR_CPUS 1, 128 MiB of vmalloc space: 32 blocks of 1,024 slots.', 32, 1),
  preset('i386-8', 'i386, 8 CPUs', '32-bit, NR_CPUS 8, 128 MiB of vmalloc space: 256 slots a block.', 32, 8),
]

/** Largest accepted NR_CPUS; the kernel's own Kconfig limit on x86 is 8192. */
export const NR_CPUS_MAX = 65_536

/**
 * Why this machine cannot be simulated, as one sentence that names the value and what is accepted; `undefined` when it can.
 */
export function machineProblem(machine: Machine): string | undefined {
  const { wordBits, nrCpus, vmallocStartPage, vmallocPages, bbmapBits } = machine
  const pagesMax = 2 ** (wordBits - 12)
  if (!Number.isInteger(nrCpus) || nrCpus < 1 || nrCpus > NR_CPUS_MAX) {
    return `nr_cpus is ${nrCpus}; accepted are whole numbers from 1 to ${NR_CPUS_MAX}`
  }
  if (!Number.isInteger(vmallocStartPage) || vmallocStartPage < 0 || vmallocStartPage >= pagesMax) {
    return `vmalloc_start is page ${vmallocStartPage}; accepted are page-aligned ${wordBits}-bit addresses`
  }
  if (!Number.isInteger(vmallocPages) || vmallocPages < 1 || vmallocStartPage + vmallocPages > pagesMax) {
    return `vmalloc_pages is ${vmallocPages}; accepted are 1 to ${pagesMax - vmallocStartPage}, the pages from vmalloc_start to the top of a ${wordBits}-bit address space`
  }
  const bitsMin = 2 * vmapMaxAlloc(wordBits)
  if (!Number.isInteger(Math.log2(bbmapBits)) || bbmapBits < bitsMin || bbmapBits > 1024) {
    return `bbmap_bits is ${bbmapBits}; accepted are powers of two from ${bitsMin} to 1024`
  }
  return undefined
}
