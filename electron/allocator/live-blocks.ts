import { grown } from '../../shared/typed-arrays.ts'

/** The blocks that exist, listed or not. Block ids are area ids. */
export class LiveBlocks {
  size = 0
  #exists = new Uint8Array(1024)

  add(block: number): void {
    if (block >= this.#exists.length) this.#exists = grown(this.#exists, 2 ** Math.ceil(Math.log2(block + 1)))
    this.#exists[block] = 1
    this.size += 1
  }

  remove(block: number): void {
    this.#exists[block] = 0
    this.size -= 1
  }

  has(block: number): boolean {
    return this.#exists[block] === 1
  }

  *[Symbol.iterator](): Generator<number> {
    for (let block = 0; block < this.#exists.length; block += 1) if (this.#exists[block] === 1) yield block
  }
}
