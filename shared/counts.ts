/**
 * The counters of one run, under the kernel's own function names where a counter is a call count.
 * The key order is the order of the recorded golden files and of every table the lab prints.
 */
export const COUNT_NAMES = [
  'vm_map_ram',
  'vm_map_ram_failed',
  'vm_unmap_ram',
  'alloc_vmap_area',
  'alloc_vmap_area_failed',
  'free_vmap_block',
  'purge_on_alloc_failure',
  'purge_on_lazy_threshold',
  'unmap_aliases',
  'fragmented_blocks_purged',
  'tlb_flushes',
  'tlb_flush_pages',
  'nodes_visited',
  'lazy_pages',
  'warnings',
  'bugs',
] as const

export type CountName = (typeof COUNT_NAMES)[number]

export type Counts = Readonly<Record<CountName, number>>

/** The four functions that the 2015 patch reports from the ftrace function profiler. */
export const PROFILED_FUNCTIONS = [
  'vm_map_ram',
  'vm_unmap_ram',
  'alloc_vmap_area',
  'free_vmap_block',
] as const satisfies readonly CountName[]

export type ProfiledFunction = (typeof PROFILED_FUNCTIONS)[number]

export type ProfiledCounts = Readonly<Record<ProfiledFunction, number>>

/** What a counter counts, for tables, tips and reports. Kernel function names are shown as they are. */
export const COUNT_LABELS: Readonly<Record<CountName, { label: string; help: string }>> = {
  vm_map_ram: { label: 'vm_map_ram', help: 'Calls of vm_map_ram, failed ones included.' },
  vm_map_ram_failed: { label: 'vm_map_ram failed', help: 'Calls of vm_map_ram that returned NULL.' },
  vm_unmap_ram: { label: 'vm_unmap_ram', help: 'Calls of vm_unmap_ram. Failed maps are not unmapped.' },
  alloc_vmap_area: {
    label: 'alloc_vmap_area',
    help: 'Requests for address space: new vmap blocks, big maps and ordinary vmap areas, failed ones included.',
  },
  alloc_vmap_area_failed: {
    label: 'alloc_vmap_area failed',
    help: 'Requests for address space that failed after a purge.',
  },
  free_vmap_block: {
    label: 'free_vmap_block',
    help: 'Vmap blocks given back: full and unmapped, or purged as fragments.',
  },
  purge_on_alloc_failure: { label: 'Purges on failure', help: 'Purges made because no address space was found.' },
  purge_on_lazy_threshold: {
    label: 'Lazy drains',
    help: 'Drains of pending areas because more pages were pending than the lazy limit.',
  },
  unmap_aliases: { label: 'vm_unmap_aliases', help: 'Calls of vm_unmap_aliases.' },
  fragmented_blocks_purged: {
    label: 'Fragmented blocks purged',
    help: 'Listed blocks without a live slot that a purge took back.',
  },
  tlb_flushes: { label: 'TLB flushes', help: 'Kernel TLB range flushes.' },
  tlb_flush_pages: { label: 'TLB flush pages', help: 'Pages covered by those flushes, summed.' },
  nodes_visited: {
    label: 'Blocks walked',
    help: 'Free-list blocks looked at by vm_map_ram, the taken one and second walks included.',
  },
  lazy_pages: { label: 'Pages pending at end', help: 'Pages freed but not yet drained when the run ended.' },
  warnings: { label: 'Kernel warnings', help: 'WARN_ON hits: a map of 0 pages.' },
  bugs: { label: 'Kernel BUG hits', help: 'BUG_ON hits; the simulated run goes on where a kernel would stop.' },
}
