import type { VmapBlock } from './block.ts'

/** A `vmap_block_queue`: the blocks of one CPU that still have free slots, linked from HEAD to TAIL. */
export class FreeList {
  #head: VmapBlock | undefined
  #tail: VmapBlock | undefined
  /** Where a next-fit walk starts: after the block that served last or, once that has left, at its successor. */
  #resume: { after: VmapBlock } | { at: VmapBlock } | undefined

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
    this.#resumeWithout(block)
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

  /** Notes which listed block serves a request; before it is removed if it gave its last slots. */
  served(block: VmapBlock): void {
    this.#resume = { after: block }
  }

  /** Every block once: from where the last request was served to TAIL, then from HEAD. */
  *fromLastServed(): Iterable<VmapBlock> {
    const first = this.#firstToResume()
    for (let block = first; block !== undefined; block = block.next) yield block
    for (let block = this.#head; block !== undefined && block !== first; block = block.next) yield block
  }

  /** First pages of the blocks from HEAD to TAIL, as text; `resumes` when walks go on from where they ended. */
  state(resumes: boolean): string {
    const order = Array.from(this, ({ area }) => area.start).join()
    if (!resumes || this.#resume === undefined) return order
    return 'at' in this.#resume
      ? `${order} at ${this.#resume.at.area.start}`
      : `${order} after ${this.#resume.after.area.start}`
  }

  #firstToResume(): VmapBlock | undefined {
    if (this.#resume === undefined) return this.#head
    const resumed = 'at' in this.#resume ? this.#resume.at : this.#resume.after.next
    return resumed ?? this.#head
  }

  #resumeWithout(block: VmapBlock): void {
    if (this.#resume === undefined) return
    const remembered = 'at' in this.#resume ? this.#resume.at : this.#resume.after
    if (remembered !== block) return
    this.#resume = block.next === undefined ? undefined : { at: block.next }
  }
}
