import type { AddressSpace } from './address-space.ts'
import { alignPagesOf, alignUp } from './alignment.ts'
import { NONE, type AreaTable } from './area-table.ts'
import { FreeTree, NIL } from './free-tree.ts'
import { PAGE_SIZE_BYTES, type Machine } from '../../shared/machine.ts'

const BYTE = 1 / PAGE_SIZE_BYTES

/**
 * Finding address space in a tree of free ranges (68ad4a330433, Linux 5.2 and later): the lowest fit, as far as the search
 * sees it. It only descends where a range of at least `need` pages lies, and `need` is the request widened by its alignment,
 * so an aligned hole of exactly the request's size is taken only when the search passes it.
 */
export class FreeTreeSpace implements AddressSpace {
  readonly #table: AreaTable
  readonly #tree = new FreeTree()
  readonly #endPage: number
  readonly #startOffset: number
  readonly #padding: 'always' | 'aligned'

  /** `aligned` (Linux 6.1): only alignments above a page widen the request, and a search that climbs does not look back. */
  constructor(table: AreaTable, machine: Machine, padding: 'always' | 'aligned') {
    this.#table = table
    this.#endPage = machine.vmallocPages
    this.#startOffset = machine.vmallocStartPage % machine.bbmapBits
    this.#padding = padding
    // Free at first: byte 1 to the last byte of the address space, not only the vmalloc range
    const topPage = 2 ** machine.wordBits / PAGE_SIZE_BYTES
    this.#tree.insert(BYTE - machine.vmallocStartPage, topPage - BYTE - machine.vmallocStartPage)
  }

  take(pages: number, alignBytes: number): number {
    const alignPages = alignPagesOf(alignBytes)
    const node = this.#find(pages, alignPages, this.#need(pages, alignBytes))
    if (node === NIL) return NONE
    const startPage = this.#fitIn(node, 0, alignPages)
    if (startPage + pages > this.#endPage) return NONE
    this.#carve(node, startPage, startPage + pages)
    return this.#table.add(startPage, pages)
  }

  giveBack(areas: Int32Array, from: number, to: number): void {
    const start = this.#table.startPage[areas[from] as number] as number
    const end = this.#table.endPage(areas[to - 1] as number)
    for (let position = from; position < to; position += 1) this.#table.release(areas[position] as number)
    this.#join(start, end)
  }

  get state() {
    return this.#tree.state
  }

  set state(state) {
    this.#tree.state = state
  }

  /** Joins a range with the free ranges that touch it. */
  #join(start: number, end: number): void {
    const tree = this.#tree
    const lower = tree.before(start)
    const upper = tree.atOrAfter(start)
    const joinsLower = lower !== NIL && tree.end[lower] === start
    const joinsUpper = upper !== NIL && tree.start[upper] === end
    if (joinsLower && joinsUpper) {
      const upperEnd = tree.end[upper] as number
      tree.remove(upper)
      tree.resize(lower, tree.start[lower] as number, upperEnd)
    } else if (joinsUpper) {
      tree.resize(upper, start, tree.end[upper] as number)
    } else if (joinsLower) {
      tree.resize(lower, tree.start[lower] as number, end)
    } else {
      tree.insert(start, end)
    }
  }

  /** Pages that a subtree's longest range must have for the search to go there. */
  #need(pages: number, alignBytes: number): number {
    const widened = pages + alignBytes / PAGE_SIZE_BYTES - BYTE
    if (this.#padding === 'always') return widened
    return alignBytes <= PAGE_SIZE_BYTES || this.#endPage === pages ? pages : widened
  }

  /** Where a request would stand in a free range, at or above `from`. */
  #fitIn(node: number, from: number, alignPages: number): number {
    return alignUp(Math.max(this.#tree.start[node] as number, from), alignPages, this.#startOffset)
  }

  #find(pages: number, alignPages: number, need: number): number {
    const { start, end, longest, left, right, parent } = this.#tree
    let from = 0
    let node = this.#tree.root
    while (node !== NIL) {
      if ((longest[left[node] as number] as number) >= need && from < (start[node] as number)) {
        node = left[node] as number
        continue
      }
      if (this.#fitIn(node, from, alignPages) + pages <= (end[node] as number)) return node
      if ((longest[right[node] as number] as number) >= need) {
        node = right[node] as number
        continue
      }
      // Climb to the first node that fits or has a promising right subtree which was not searched yet
      for (node = parent[node] as number; node !== NIL; node = parent[node] as number) {
        if (this.#fitIn(node, from, alignPages) + pages <= (end[node] as number)) return node
        if ((longest[right[node] as number] as number) >= need && from <= (start[node] as number)) {
          if (this.#padding === 'aligned') from = (start[node] as number) + BYTE
          node = right[node] as number
          break
        }
      }
    }
    return NIL
  }

  /** Takes [start, end) out of a free range. */
  #carve(node: number, start: number, end: number): void {
    const tree = this.#tree
    const nodeStart = tree.start[node] as number
    const nodeEnd = tree.end[node] as number
    if (nodeStart === start && nodeEnd === end) {
      tree.remove(node)
    } else if (nodeStart === start) {
      tree.resize(node, end, nodeEnd)
    } else if (nodeEnd === end) {
      tree.resize(node, nodeStart, start)
    } else {
      // The node keeps the upper part
      tree.resize(node, end, nodeEnd)
      tree.insert(nodeStart, start)
    }
  }
}
