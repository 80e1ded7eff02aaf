/** What the allocator counts, named and ordered as in the golden files. */
export interface Counts {
  /** Calls, failed ones included. */
  vm_map_ram: number
  vm_map_ram_failed: number
  vm_unmap_ram: number
  /** Calls, failed ones included: blocks, big maps and ordinary areas alike. */
  alloc_vmap_area: number
  alloc_vmap_area_failed: number
  /** Blocks given back, full ones and purged ones. */
  free_vmap_block: number
  purge_on_alloc_failure: number
  /** Drains that the lazy limit set off. */
  purge_on_lazy_threshold: number
  unmap_aliases: number
  fragmented_blocks_purged: number
  tlb_flushes: number
  /** Sum of the flushed spans, in pages. */
  tlb_flush_pages: number
  /** Blocks looked at in walks of the free lists, the chosen ones included. */
  nodes_visited: number
  /** Pages of areas that are freed but not drained, now. */
  lazy_pages: number
  warnings: number
  bugs: number
}

export function zeroCounts(): Counts {
  return {
    vm_map_ram: 0,
    vm_map_ram_failed: 0,
    vm_unmap_ram: 0,
    alloc_vmap_area: 0,
    alloc_vmap_area_failed: 0,
    free_vmap_block: 0,
    purge_on_alloc_failure: 0,
    purge_on_lazy_threshold: 0,
    unmap_aliases: 0,
    fragmented_blocks_purged: 0,
    tlb_flushes: 0,
    tlb_flush_pages: 0,
    nodes_visited: 0,
    lazy_pages: 0,
    warnings: 0,
    bugs: 0,
  }
}
