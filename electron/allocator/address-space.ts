/**
 * Where vmap areas go: one implementation for each of the kernel's ways to find address space. Areas live in the allocator's
 * AreaTable; pages are relative to VMALLOC_START.
 */
export interface AddressSpace {
  /**
   * Takes `pages` pages at a multiple of `alignBytes` (of the absolute address): the new area's id, or `NONE`. Bytes, because
   * an ordinary vmap area asks for 1 byte and a big vm_map_ram mapping for 1 page, and the kernel tells them apart.
   */
  take(pages: number, alignBytes: number): number
  /**
   * Makes the areas in [from, to) of `areas`, which touch each other, lowest first, free again as one range, and releases
   * their ids.
   */
  giveBack(areas: Int32Array, from: number, to: number): void
  /** Everything that changes, as plain data. */
  state: unknown
}
