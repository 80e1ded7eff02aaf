import { formatAddress } from './machine-text.ts'
import { lazyMaxPages, PAGE_SIZE_BYTES, vmapBbmapBits, vmapMaxAlloc, type Machine } from './machine.ts'

/** What follows from a machine, for people and programs: everything in pages, small sizes in bytes too. */
export interface DerivedFacts {
  readonly pageBytes: number
  /** VMAP_MAX_ALLOC: the largest map that is served from a block. */
  readonly maxAllocPages: number
  readonly maxAllocBytes: number
  /** VMAP_BBMAP_BITS: slots of one page in a block. */
  readonly bbmapBits: number
  /** What the kernel computes from word size and NR_CPUS. Differs from `bbmapBits` where that was set by hand. */
  readonly kernelBbmapBits: number
  readonly blockPages: number
  readonly blockBytes: number
  /** Blocks that the vmalloc space holds when nothing else is in it; a block begins at a multiple of its size. */
  readonly blocksMax: number
  /** Pages that may be pending before they are drained. */
  readonly lazyMaxPages: number
  readonly lazyMaxBytes: number
  readonly vmallocPages: number
  /** Address of the first byte, "0xffffc90000000000". */
  readonly vmallocFirst: string
  /** Address of the last byte, "0xffffe8ffffffffff". */
  readonly vmallocLast: string
}

/** `machine` is one that can be simulated (`machineProblem`). */
export function derivedFacts(machine: Machine): DerivedFacts {
  const { wordBits, nrCpus, vmallocStartPage, vmallocPages, bbmapBits } = machine
  const maxAllocPages = vmapMaxAlloc(wordBits)
  const lazyPages = lazyMaxPages(nrCpus)
  return {
    pageBytes: PAGE_SIZE_BYTES,
    maxAllocPages,
    maxAllocBytes: maxAllocPages * PAGE_SIZE_BYTES,
    bbmapBits,
    kernelBbmapBits: vmapBbmapBits(wordBits, nrCpus),
    blockPages: bbmapBits,
    blockBytes: bbmapBits * PAGE_SIZE_BYTES,
    blocksMax: blocksWithin(vmallocStartPage, vmallocStartPage + vmallocPages, bbmapBits),
    lazyMaxPages: lazyPages,
    lazyMaxBytes: lazyPages * PAGE_SIZE_BYTES,
    vmallocPages,
    vmallocFirst: formatAddress(vmallocStartPage),
    vmallocLast: formatAddress(vmallocStartPage + vmallocPages, -1n),
  }
}

/** Aligned blocks between two pages; page numbers stay below 2^52 and a block is a power of two, so nothing is rounded. */
function blocksWithin(startPage: number, endPage: number, blockPages: number): number {
  return Math.max(0, Math.floor(endPage / blockPages) - Math.ceil(startPage / blockPages))
}
