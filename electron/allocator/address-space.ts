/**
 * Where vmap areas go: one implementation for each of the kernel's ways to find address space. Areas live in the allocator's
 * AreaTable; pages are relative to VMALLOC_START.
 */
export interface AddressSpace {
  /** Takes `pages` pages at a multiple of `alignPages` (an absolute address): the new area's id, or `NONE`. */
  take(pages: number, alignPages: number): number
  /** Makes a drained area's address space free again. */
  giveBack(area: number): void
}
