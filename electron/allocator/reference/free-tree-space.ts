import type { AddressSpace } from './address-space.ts'
import type { PageRange } from './area.ts'
import { FreeRangeTree } from './free-range-tree.ts'
import type { FreeRange } from './free-range-tree.ts'
import { PAGE_SIZE } from './machine.ts'
import type { ReferenceMachine } from './machine.ts'
import type { ReferenceModel } from './model.ts'

const PAGE = BigInt(PAGE_SIZE)

/**
 * The vmalloc space since 5.2 (68ad4a330433): a tree of what is free, in bytes as in the kernel, because it begins at
 * byte 1 and a search may go on one byte past a range's start. It covers the whole address space, so that ranges below
 * VMALLOC_START and above VMALLOC_END are looked at as well.
 */
export class FreeTreeSpace implements AddressSpace {
  readonly #start: bigint
  readonly #end: bigint
  readonly #padding: ReferenceModel['treePadding']
  readonly #tree = new FreeRangeTree()

  constructor(bounds: PageRange, wordBits: ReferenceMachine['wordBits'], padding: ReferenceModel['treePadding']) {
    this.#start = BigInt(bounds.start) * PAGE
    this.#end = BigInt(bounds.end) * PAGE
    this.#padding = padding
    const highestAddress = 2n ** BigInt(wordBits) - 1n
    this.#tree.insert(1n, highestAddress)
  }

  /**
   * `__alloc_vmap_area`: what the search found counts, even when it lies past VMALLOC_END and another range would not.
   */
  allocate(pages: number, alignBytes: number): number | undefined {
    const size = BigInt(pages) * PAGE
    const align = BigInt(alignBytes)
    const range = this.#search(size, align)
    if (range === undefined) return undefined
    const start = lowestIn(range, this.#start, align)
    if (start + size > this.#end) return undefined
    this.#carve(range, start, start + size)
    return Number(start / PAGE)
  }

  /**
   * `find_vmap_lowest_match`. It goes down only where a range of the length looked for exists, and climbs back when the
   * alignment or `lowest` was in the way; so it does not find every range that would fit, nor always the lowest.
   */
  #search(size: bigint, align: bigint): FreeRange | undefined {
    const { nil, root } = this.#tree
    const length = this.#lengthToLookFor(size, align)
    let lowest = this.#start
    const fits = (range: FreeRange): boolean => lowestIn(range, lowest, align) + size <= range.end
    let range = root
    while (range !== nil) {
      if (range.left.largest >= length && lowest < range.start) {
        range = range.left
        continue
      }
      if (fits(range)) return range
      if (range.right.largest >= length) {
        range = range.right
        continue
      }
      for (range = range.parent; range !== nil; range = range.parent) {
        if (fits(range)) return range
        if (range.right.largest >= length && lowest <= range.start) {
          // Since 6.1: without it an unpadded search would enter this subtree for ever
          if (this.#padding === 'aligned') lowest = range.start + 1n
          range = range.right
          break
        }
      }
    }
    return undefined
  }

  #lengthToLookFor(size: bigint, align: bigint): bigint {
    const padded = this.#padding === 'always' || (align > PAGE && this.#end - this.#start !== size)
    return padded ? size + align - 1n : size
  }

  /** `adjust_va_to_fit_type`: when both ends of the range stay free, the node keeps the upper one. */
  #carve(range: FreeRange, start: bigint, end: bigint): void {
    const below = range.start
    if (below === start && end === range.end) this.#tree.delete(range)
    else if (end === range.end) this.#tree.resize(range, below, start)
    else {
      this.#tree.resize(range, end, range.end)
      if (below < start) this.#tree.insert(below, start)
    }
  }

  /** `merge_or_add_vmap_area` */
  free(freed: PageRange): void {
    const start = BigInt(freed.start) * PAGE
    const end = BigInt(freed.end) * PAGE
    const { below, above } = this.#tree.neighbours(start)
    const { nil } = this.#tree
    if ((below !== nil && below.end > start) || (above !== nil && above.start < end)) {
      throw new Error(`range ${freed.start}..${freed.end} is free already`)
    }
    const touchesBelow = below !== nil && below.end === start
    const touchesAbove = above !== nil && above.start === end
    if (touchesBelow && touchesAbove) {
      const mergedEnd = above.end
      this.#tree.delete(above)
      this.#tree.resize(below, below.start, mergedEnd)
    } else if (touchesBelow) this.#tree.resize(below, below.start, end)
    else if (touchesAbove) this.#tree.resize(above, start, above.end)
    else this.#tree.insert(start, end)
  }

  state(): string {
    return this.#tree.shape()
  }
}

/** The lowest aligned address in the range that is not below `lowest`; it may lie past the range's end. */
function lowestIn(range: FreeRange, lowest: bigint, align: bigint): bigint {
  const from = range.start > lowest ? range.start : lowest
  return ((from + align - 1n) / align) * align
}
