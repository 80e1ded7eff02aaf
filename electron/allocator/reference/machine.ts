/** The machine that the reference allocator plays. */

export const PAGE_SIZE = 4096

export interface ReferenceMachine {
  /** BITS_PER_LONG, which is also VMAP_MAX_ALLOC in pages. */
  wordBits: 32 | 64
  /** CPUs, all of them online. */
  nrCpus: number
  /** VMALLOC_START as an absolute page number (address / 4096); need not be aligned to a block. */
  vmallocStartPage: number
  vmallocPages: number
  /** VMAP_BBMAP_BITS: page slots in one block, and the alignment of blocks in pages. */
  bbmapBits: number
}

/** Pages that `lazy_max_pages` allows per binary digit of the CPU count: 32 MiB. */
const LAZY_PAGES_PER_CPU_DIGIT = 8192

/** `lazy_max_pages`: freed areas may hold up to this many pages before they are drained. */
export function lazyMaxPages(nrCpus: number): number {
  const binaryDigits = 32 - Math.clz32(nrCpus)
  return binaryDigits * LAZY_PAGES_PER_CPU_DIGIT
}

/** Slots that a map of `pages` takes in a block: the next power of two (`get_order`). */
export function slotsFor(pages: number): number {
  let slots = 1
  while (slots < pages) slots *= 2
  return slots
}

/** The lowest multiple of `align` (a power of two) that is not below `page`; exact up to 2^53. */
export function alignUp(page: number, align: number): number {
  return Math.ceil(page / align) * align
}

/** An alignment in bytes, as one between pages. */
export function alignmentPages(alignBytes: number): number {
  return Math.max(1, alignBytes / PAGE_SIZE)
}

/** Refuses page counts that no caller can mean. */
export function assertPages(pages: number): void {
  if (!Number.isSafeInteger(pages) || pages < 0) throw new RangeError(`${pages} is not a number of pages`)
}
