import { NONE } from './area-table.ts'

const CHUNK_BLOCKS = 4096
const CHUNK_MASK = CHUNK_BLOCKS - 1

/**
 * From a block's position in the vmalloc space to its id, in chunks that are made when the first block of theirs is: address
 * space is handed out from the bottom, so few chunks are ever needed.
 */
export class BlockIndex {
  #chunks: (Int32Array | undefined)[] = []

  /** The block at a position, or `NONE`. */
  find(blockIndex: number): number {
    const chunk = this.#chunks[Math.floor(blockIndex / CHUNK_BLOCKS)]
    return chunk === undefined ? NONE : (chunk[blockIndex & CHUNK_MASK] as number)
  }

  set(blockIndex: number, block: number): void {
    const chunk = (this.#chunks[Math.floor(blockIndex / CHUNK_BLOCKS)] ??= new Int32Array(CHUNK_BLOCKS).fill(NONE))
    chunk[blockIndex & CHUNK_MASK] = block
  }

  get state(): readonly (Int32Array | undefined)[] {
    return this.#chunks
  }

  set state(chunks: readonly (Int32Array | undefined)[]) {
    this.#chunks = [...chunks]
  }

  remove(blockIndex: number): void {
    this.set(blockIndex, NONE)
  }
}
