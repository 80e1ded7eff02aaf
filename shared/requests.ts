/** What a request stream asks of an allocator: the calls of mm/vmalloc.c, in pages relative to VMALLOC_START. */
export interface RequestSink {
  /** Moves the task to a CPU; later calls run there. */
  setCpu(cpu: number): void
  /** vm_map_ram: the first page of the mapping, or `FAILED`. */
  mapRam(pages: number): number
  /** vm_unmap_ram with the address and size of an earlier `mapRam`. */
  unmapRam(startPage: number, pages: number): void
  /** An ordinary vmap area of `pages` pages and a guard page: its first page, or `FAILED`. */
  vmap(pages: number): number
  vunmap(startPage: number): void
  unmapAliases(): void
}

/** The kernel's NULL: no address space was found. */
export const FAILED = -1

/** The requests of a workload, in a fixed order. */
export interface RequestSource {
  /** Requests in all if no map fails, changes of CPU not counted; `undefined` when that is not known beforehand. */
  readonly operationsTotal: number | undefined
  /** Issues every request to `sink`, from the first to the last. The sink ends that early by throwing; it is passed on. */
  issue(sink: RequestSink): void
}
