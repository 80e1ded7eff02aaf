import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { CHUNK_OPERATIONS } from './request-codes.ts'

/** Bytes that the lines of one run may take, compressed. */
export const LINE_BYTES_MAX = 64 * 2 ** 20

const LEVEL = 1

/** The line of the scenario's text that made each operation, as far as `LINE_BYTES_MAX` goes. */
export class LineLog {
  readonly #chunks: Uint8Array[] = []
  readonly #bytesMax: number
  readonly #part = new Uint32Array(CHUNK_OPERATIONS)
  #length = 0
  #bytes = 0
  #line = 0
  #openNumber = -1
  #open = new Uint32Array(0)

  constructor(bytesMax = LINE_BYTES_MAX) {
    this.#bytesMax = bytesMax
  }

  /** The next operation comes from this line. */
  enter(line: number): void {
    this.#line = line
  }

  /** An operation was made. */
  write(): void {
    if (this.#bytes > this.#bytesMax) return
    this.#part[this.#length] = this.#line
    this.#length += 1
    if (this.#length < CHUNK_OPERATIONS) return
    const packed = deflateRawSync(this.#part, { level: LEVEL })
    this.#chunks.push(packed)
    this.#bytes += packed.byteLength
    this.#length = 0
  }

  /** The line of an operation, or `undefined` for one that is not kept. */
  at(operation: number): number | undefined {
    const number = Math.floor((operation - 1) / CHUNK_OPERATIONS)
    const place = (operation - 1) % CHUNK_OPERATIONS
    if (number === this.#chunks.length) return place < this.#length ? this.#part[place] : undefined
    if (number !== this.#openNumber) {
      const packed = this.#chunks[number]
      if (packed === undefined) return undefined
      this.#open = new Uint32Array(new Uint8Array(inflateRawSync(packed)).buffer)
      this.#openNumber = number
    }
    return this.#open[place]
  }
}
