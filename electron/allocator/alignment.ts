import { PAGE_SIZE_BYTES } from '../../shared/machine.ts'

/** Alignment below a page (an ordinary vmap area asks for 1 byte) is no alignment: every area starts at a page. */
export function alignPagesOf(alignBytes: number): number {
  return Math.max(1, alignBytes / PAGE_SIZE_BYTES)
}

/**
 * The lowest page at or above `page` whose absolute address is a multiple of `alignPages`, a power of two of at most 1,024.
 * `startOffset` is how far VMALLOC_START lies above a block boundary. Pages go beyond 32 bits, but `&` keeps the low ones.
 */
export function alignUp(page: number, alignPages: number, startOffset: number): number {
  const beyond = (startOffset + page) & (alignPages - 1)
  return beyond === 0 ? page : page + alignPages - beyond
}
