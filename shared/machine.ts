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

/** The largest VMAP_BBMAP_BITS that a kernel has, whatever its word size. */
export const BBMAP_BITS_MAX = 1024

/** The smallest VMAP_BBMAP_BITS: a new block must serve the largest map and stay listed. */
export function bbmapBitsMin(wordBits: 32 | 64): number {
  return 2 * vmapMaxAlloc(wordBits)
}

/** Pages of a whole address space. */
export function addressSpacePages(wordBits: 32 | 64): number {
  return 2 ** wordBits / PAGE_SIZE_BYTES
}

/**
 * VMAP_BBMAP_BITS as the kernel derives it from its compile-time options: the per-CPU share of 128 MiB (32-bit) or 128 GiB
 * (64-bit), a sixteenth of it, between 2 * VMAP_MAX_ALLOC and 1024 slots. The real vmalloc size does not enter.
 */
export function vmapBbmapBits(wordBits: 32 | 64, nrCpus: number): number {
  const sharedPages = wordBits === 32 ? 32_768 : 33_554_432
  const cpusRoundedUp = 2 ** Math.ceil(Math.log2(nrCpus))
  return Math.min(BBMAP_BITS_MAX, Math.max(bbmapBitsMin(wordBits), Math.floor(sharedPages / cpusRoundedUp / 16)))
}

/** Pages that may be pending before they are drained: fls(online CPUs) * 32 MiB. */
export function lazyMaxPages(nrCpus: number): number {
  return (Math.floor(Math.log2(nrCpus)) + 1) * 8192
}

export interface VmallocRange {
  readonly startPage: number
  readonly pages: number
}

/** [start, end) in bytes, both multiples of the page size; as BigInt, for 64-bit addresses do not fit in a number. */
export function rangeOf(start: bigint, end: bigint): VmallocRange {
  const page = BigInt(PAGE_SIZE_BYTES)
  return { startPage: Number(start / page), pages: Number((end - start) / page) }
}

/**
 * Where the vmalloc space lies. Each is one release's or one machine's: KASLR moves some of them at boot, the amount of memory
 * and `vmalloc=` others.
 */
export const VMALLOC_RANGES = {
  /** Four-level page tables, KASLR off (Documentation/x86/x86_64/mm.rst). */
  x86_64: rangeOf(0xffff_c900_0000_0000n, 0xffff_e900_0000_0000n),
  /** __VMALLOC_RESERVE, 128 MiB (arch/x86/mm/pgtable_32.c), at the start that the recorded cases have. */
  i386: rangeOf(0xf080_0000n, 0xf880_0000n),
  /** 48-bit addresses, Linux 6.1 (Documentation/arm64/memory.rst). */
  arm64: rangeOf(0xffff_8000_0800_0000n, 0xffff_fbff_f000_0000n),
  /** 240 MiB below VMALLOC_END (vmalloc_min in arch/arm/mm/mmu.c, Linux 4.0), at least 768 MiB of low memory. */
  arm: rangeOf(0xf080_0000n, 0xff80_0000n),
} as const satisfies Readonly<Record<string, VmallocRange>>

/** A machine with the block size that the kernel derives. */
export function machineWith(wordBits: 32 | 64, nrCpus: number, { startPage, pages }: VmallocRange): Machine {
  return {
    wordBits,
    nrCpus,
    vmallocStartPage: startPage,
    vmallocPages: pages,
    bbmapBits: vmapBbmapBits(wordBits, nrCpus),
  }
}

function x86_64(id: string, title: string, description: string, nrCpus: number): MachinePreset {
  return { id, title, description, machine: machineWith(64, nrCpus, VMALLOC_RANGES.x86_64) }
}

function i386(id: string, title: string, description: string, nrCpus: number): MachinePreset {
  return { id, title, description, machine: machineWith(32, nrCpus, VMALLOC_RANGES.i386) }
}

export const DEFAULT_MACHINE_ID = 'x86_64'

const X86_64_RANGE = '32 TiB of vmalloc space at its usual place (four-level page tables, KASLR off)'
const I386_RANGE = '128 MiB of vmalloc space (__VMALLOC_RESERVE)'

/** Ids stay what they are: journals and setups name them. */
export const MACHINE_PRESETS: readonly MachinePreset[] = [
  x86_64(DEFAULT_MACHINE_ID, 'x86_64, 64 CPUs', `64-bit, NR_CPUS 64, 1,024 slots a block, ${X86_64_RANGE}.`, 64),
  x86_64(
    'x86_64-1cpu',
    'x86_64, 1 CPU',
    '64-bit, NR_CPUS 1: as x86_64, with the lazy limit of one CPU (8,192 pages).',
    1,
  ),
  x86_64(
    'x86_64-8',
    'x86_64, 8 CPUs',
    '64-bit, NR_CPUS 8: as x86_64, with the lazy limit of eight CPUs (32,768 pages).',
    8,
  ),
  x86_64(
    'x86_64-8192',
    'x86_64, 8,192 CPUs',
    '64-bit, NR_CPUS 8192 as in Debian kernels, all of them online: 256 slots a block.',
    8192,
  ),
  i386('i386', 'i386, 1 CPU', `32-bit, NR_CPUS 1, ${I386_RANGE}: 32 blocks of 1,024 slots.`, 1),
  i386('i386-4', 'i386, 4 CPUs', `32-bit, NR_CPUS 4, ${I386_RANGE}: 64 blocks of 512 slots.`, 4),
  i386('i386-8', 'i386, 8 CPUs', `32-bit, NR_CPUS 8, ${I386_RANGE}: 128 blocks of 256 slots.`, 8),
  i386('i386-32', 'i386, 32 CPUs', `32-bit, NR_CPUS 32, ${I386_RANGE}: 512 blocks of 64 slots, the smallest.`, 32),
  {
    id: 'arm64',
    title: 'arm64, 256 CPUs',
    description:
      '64-bit, NR_CPUS 256, the default of Linux 6.1, pages of 4 KiB, 48-bit addresses. The vmalloc space is that of Linux 6.1 (Documentation/arm64/memory.rst); other releases move its ends.',
    machine: machineWith(64, 256, VMALLOC_RANGES.arm64),
  },
  {
    id: 'arm',
    title: 'arm, 4 CPUs',
    description:
      '32-bit, NR_CPUS 4, 240 MiB of vmalloc space as without vmalloc= and with at least 768 MiB of low memory (arch/arm/mm/mmu.c, Linux 4.0). The space begins above the low memory, so less memory makes it larger.',
    machine: machineWith(32, 4, VMALLOC_RANGES.arm),
  },
  {
    id: 'tiny',
    title: 'Tiny, for teaching',
    description:
      'No real machine: 32-bit, NR_CPUS 1, four blocks of 64 slots (a kernel for one CPU would take 1,024). Every slot can be seen, and eight maps of 32 pages fill the space.',
    machine: { ...machineWith(32, 1, { startPage: 0xf800_0, pages: 4 * 64 }), bbmapBits: 64 },
  },
]

/** Largest accepted NR_CPUS; the kernel's own Kconfig limit on x86 is 8192. */
export const NR_CPUS_MAX = 65_536

/**
 * Why this machine cannot be simulated, as one sentence that names the value and what is accepted; `undefined` when it can.
 */
export function machineProblem(machine: Machine): string | undefined {
  const { wordBits, nrCpus, vmallocStartPage, vmallocPages, bbmapBits } = machine
  const pagesMax = addressSpacePages(wordBits)
  if (!Number.isInteger(nrCpus) || nrCpus < 1 || nrCpus > NR_CPUS_MAX) {
    return `nr_cpus is ${nrCpus}; accepted are whole numbers from 1 to ${NR_CPUS_MAX}`
  }
  if (!Number.isInteger(vmallocStartPage) || vmallocStartPage < 0 || vmallocStartPage >= pagesMax) {
    return `vmalloc_start is page ${vmallocStartPage}; accepted are page-aligned ${wordBits}-bit addresses`
  }
  if (!Number.isInteger(vmallocPages) || vmallocPages < 1 || vmallocStartPage + vmallocPages > pagesMax) {
    return `vmalloc_pages is ${vmallocPages}; accepted are 1 to ${pagesMax - vmallocStartPage}, the pages from vmalloc_start to the top of a ${wordBits}-bit address space`
  }
  if (!isPossibleBbmapBits(wordBits, bbmapBits)) {
    return `bbmap_bits is ${bbmapBits}; accepted are powers of two from ${bbmapBitsMin(wordBits)} to ${BBMAP_BITS_MAX}`
  }
  return undefined
}

/** A power of two in which the largest map fits twice, up to what a kernel has at most. */
export function isPossibleBbmapBits(wordBits: 32 | 64, bbmapBits: number): boolean {
  return Number.isInteger(Math.log2(bbmapBits)) && bbmapBits >= bbmapBitsMin(wordBits) && bbmapBits <= BBMAP_BITS_MAX
}

/** True when both are the same to the allocator. */
export function sameMachine(left: Machine, right: Machine): boolean {
  return (
    left.wordBits === right.wordBits &&
    left.nrCpus === right.nrCpus &&
    left.vmallocStartPage === right.vmallocStartPage &&
    left.vmallocPages === right.vmallocPages &&
    left.bbmapBits === right.bbmapBits
  )
}
