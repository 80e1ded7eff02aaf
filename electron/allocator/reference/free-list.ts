import type { VmapBlock } from './block.ts'

/** A `vmap_block_queue`: the blocks of one CPU that still have free slots, linked from HEAD to TAIL. */
export class FreeList {
  #head: VmapBlock | undefined
  #tail: VmapBlock | undefined

  addHead(block: VmapBlock): void {
    block.previous = undefined
    block.next = this.#head
    if (this.#head === undefined) this.#tail = block
    else this.#head.previous = block
    this.#head = block
  }

  addTail(block: VmapBlock): void {
    block.next = undefined
    block.previous = this.#tail
    if (this.#tail === undefined) this.#head = block
    else this.#tail.next = block
    this.#tail = block
  }

  remove(block: VmapBlock): void {
    if (block.previous === undefined) this.#head = block.next
    else block.previous.next = block.next
    if (block.next === undefined) this.#tail = block.previous
    else block.next.previous = block.previous
    block.previous = undefined
    block.next = undefined
  }

  /** HEAD to TAIL; the block at hand may be removed during the walk. */
  *[Symbol.iterator](): Iterator<VmapBlock> {
    let block = this.#head
    while (block !== undefined) {
      const next: VmapBlock | undefined = block.next
      yield block
      block = next
    }
  }
}
