import type { PageRange } from './area.ts'

/** Who has which addresses between VMALLOC_START and VMALLOC_END, in absolute pages. */
export interface AddressSpace {
  /**
   * Takes `size` pages at a multiple of `alignBytes`; the start page, or undefined when the search finds none. The
   * alignment is in bytes because an ordinary area asks for 1 byte and a big map for 1 page: both land on any page,
   * but the search knows the difference.
   */
  allocate(size: number, alignBytes: number): number | undefined
  /** Gives a range back: one that was allocated, or several that touch. */
  free(range: PageRange): void
  /** All that later answers depend on, as text. */
  state(): string
}
