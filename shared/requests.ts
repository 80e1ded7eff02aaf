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

/** A source of requests that can be served in slices, so that a run can be sampled, paused and cancelled between them. */
export interface RequestStream {
  /** Requests in the whole stream if no map fails; `undefined` when that is not known beforehand. */
  readonly operationsTotal: number | undefined
  /**
   * Issues the next `operations` requests to `sink`, fewer at the end of the stream, and answers how many it issued.
   * Changes of CPU do not count. 0 means the stream has ended.
   */
  advance(sink: RequestSink, operations: number): number
}

/** A source of requests that issues all of them at once. The sink counts them, and ends the run early by throwing. */
export interface RequestSource {
  /** Requests in all if no map fails; `undefined` when that is not known beforehand. */
  readonly operationsTotal: number | undefined
  /** Issues the requests from the first to the last. What the sink throws is passed on. */
  issue(sink: RequestSink): void
}
