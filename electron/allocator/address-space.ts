/** What is given back after a flush, and why. */
export interface Drain {
  /** Area ids in the order in which they were freed; the first `length` count. */
  readonly areas: Int32Array
  readonly length: number
  /** Pages of all of them. */
  readonly pages: number
  /** An allocation failed: nothing may be kept back. */
  readonly afterFailure: boolean
}

/**
 * Where vmap areas go: one implementation for each of the kernel's ways to find address space. Areas live in the allocator's
 * AreaTable; pages are relative to VMALLOC_START.
 */
export interface AddressSpace {
  /**
   * Takes `pages` pages at a multiple of `alignBytes` (of the absolute address) for a task on `cpu`: the new area's id, or
   * `NONE`. Bytes, because an ordinary vmap area asks for 1 byte and a big vm_map_ram mapping for 1 page, and the kernel
   * tells them apart.
   */
  take(pages: number, alignBytes: number, cpu: number): number
  /** Makes drained address space free again, in the order of the release, and releases the areas' ids. */
  giveBack(drain: Drain): void
}
