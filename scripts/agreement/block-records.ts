import { InvariantError } from './page-map.ts'

/** What a block must look like, from the calls and events so far. */
export interface BlockRecord {
  readonly blockIndex: number
  /** The CPU that created it. */
  readonly cpu: number
  readonly firstPage: number
  free: number
  dirty: number
}

/** The blocks that exist, and those that belong on a free list in the order in which they were made. */
export class BlockRecords {
  readonly #blocks = new Map<number, BlockRecord>()
  readonly #listed = new Map<number, Map<number, BlockRecord>>()
  #listedBlocks = 0

  get size(): number {
    return this.#blocks.size
  }

  get listedBlocks(): number {
    return this.#listedBlocks
  }

  /** CPUs on which a block was ever made, with their listed blocks, oldest first. */
  get lists(): ReadonlyMap<number, ReadonlyMap<number, BlockRecord>> {
    return this.#listed
  }

  find(blockIndex: number): BlockRecord {
    const block = this.#blocks.get(blockIndex)
    if (block === undefined) throw new InvariantError(`there is no block ${blockIndex}`)
    return block
  }

  add(block: BlockRecord): void {
    if (this.#blocks.has(block.blockIndex)) throw new InvariantError(`block ${block.blockIndex} is made twice`)
    this.#blocks.set(block.blockIndex, block)
    const list = this.#listed.get(block.cpu) ?? new Map<number, BlockRecord>()
    this.#listed.set(block.cpu, list.set(block.blockIndex, block))
    this.#listedBlocks += 1
  }

  unlist({ cpu, blockIndex }: BlockRecord): void {
    if (this.#listed.get(cpu)?.delete(blockIndex) === true) this.#listedBlocks -= 1
  }

  remove(block: BlockRecord): void {
    this.unlist(block)
    this.#blocks.delete(block.blockIndex)
  }
}
