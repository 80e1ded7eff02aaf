import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { formatCount, formatPages } from '../../../shared/format.ts'
import { PAGE_SIZE_BYTES } from '../../../shared/machine.ts'
import { grown } from '../../../shared/typed-arrays.ts'
import { CHUNK_OPERATIONS, CODE, DISTANCE_IN_CODE_MAX, PAGES_IN_CODE_MAX } from './request-codes.ts'

/** Bytes that the requests of one run may take, compressed. */
export const REQUEST_BYTES_MAX = 512 * 2 ** 20

const INITIAL_BYTES = 4096
/** Chunks that are kept ready to be read. */
const OPEN_CHUNKS_MAX = 16
/** Fast rather than small: loops shrink to a hundredth with any. */
const LEVEL = 1

/** The requests of a run take more than `REQUEST_BYTES_MAX`; the message is for people. */
export class RequestsFullError extends Error {
  override readonly name = 'RequestsFullError'

  constructor(operations: number, bytesMax: number) {
    super(
      `Replay ends at operation ${formatCount(operations)}: the requests up to there take ${formatPages(bytesMax / PAGE_SIZE_BYTES)}, the most that Replay keeps.`,
    )
  }
}

/** The requests of a run from its first operation on, in compressed chunks of `CHUNK_OPERATIONS`. Changes of CPU are no operations. */
export class RequestLog {
  /** Operations written. */
  operations = 0
  /** Bytes of all whole chunks. */
  bytes = 0
  readonly #bytesMax: number
  readonly #chunks: Uint8Array[] = []
  readonly #open = new Map<number, Uint8Array>()
  #part = new Uint8Array(INITIAL_BYTES)
  #length = 0
  /** Where the code of a map stands that the next unmap can join, or -1. */
  #joinable = -1
  #cpu = 0
  /** The CPU that a reader of the chunk knows of; -1 at its beginning, so that it can be read without the one before it. */
  #writtenCpu = -1

  constructor(bytesMax = REQUEST_BYTES_MAX) {
    this.#bytesMax = bytesMax
  }

  /** Later operations are made on `cpu`. A move that no operation follows is not kept. */
  setCpu(cpu: number): void {
    this.#cpu = cpu
  }

  /** @throws {RequestsFullError} as do the others; the operation is not written then. */
  map(pages: number): void {
    this.#begin()
    if (pages >= 1 && pages <= PAGES_IN_CODE_MAX) {
      this.#joinable = this.#length
      this.#put(CODE.map + pages - 1)
    } else {
      this.#putNumber(CODE.mapOther, pages)
    }
    this.#end()
  }

  /** `distance`: operations since the one that made the mapping. */
  unmap(distance: number): void {
    const joins = distance === 1 && this.#joinable >= 0 && this.#cpu === this.#writtenCpu
    if (joins) {
      this.#part[this.#joinable] = (this.#part[this.#joinable] as number) - PAGES_IN_CODE_MAX
      this.#joinable = -1
    } else {
      this.#begin()
      if (distance <= DISTANCE_IN_CODE_MAX) this.#put(CODE.unmap + distance - 1)
      else this.#putNumber(CODE.unmapFar, distance)
    }
    this.#end()
  }

  vmap(pages: number): void {
    this.#begin()
    this.#putNumber(CODE.vmap, pages)
    this.#end()
  }

  vunmap(distance: number): void {
    this.#begin()
    this.#putNumber(CODE.vunmap, distance)
    this.#end()
  }

  aliases(): void {
    this.#begin()
    this.#put(CODE.aliases)
    this.#end()
  }

  /** The codes of one chunk, of those that are written. */
  chunk(number: number): Uint8Array {
    const packed = this.#chunks[number]
    if (packed === undefined) return this.#part.subarray(0, this.#length)
    const codes = this.#open.get(number) ?? inflateRawSync(packed)
    // The chunk that was read longest ago is the first of the map
    this.#open.delete(number)
    this.#open.set(number, codes)
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= OPEN_CHUNKS_MAX) break
      this.#open.delete(oldest)
    }
    return codes
  }

  /** Uses the chunks of another log where they are equal, so that one stream served by two models is kept once. */
  shareWith(other: RequestLog): void {
    for (const [number, own] of this.#chunks.entries()) {
      const others = other.#chunks[number]
      if (others === undefined || Buffer.compare(own, others) !== 0) return
      this.#chunks[number] = others
    }
  }

  #begin(): void {
    this.#joinable = -1
    if (this.bytes > this.#bytesMax) throw new RequestsFullError(this.operations, this.#bytesMax)
    if (this.#cpu !== this.#writtenCpu) {
      this.#putNumber(CODE.cpu, this.#cpu)
      this.#writtenCpu = this.#cpu
    }
  }

  #end(): void {
    this.operations += 1
    if (this.operations % CHUNK_OPERATIONS === 0) this.#close()
  }

  #close(): void {
    const packed = deflateRawSync(this.#part.subarray(0, this.#length), { level: LEVEL })
    this.#chunks.push(packed)
    this.bytes += packed.byteLength
    this.#length = 0
    this.#joinable = -1
    this.#writtenCpu = -1
  }

  #put(byte: number): void {
    if (this.#length === this.#part.length) this.#part = grown(this.#part, 2 * this.#length)
    this.#part[this.#length] = byte
    this.#length += 1
  }

  #putNumber(code: number, value: number): void {
    this.#put(code)
    let left = value
    for (; left > 0x7f; left = Math.floor(left / 0x80)) this.#put((left % 0x80) + 0x80)
    this.#put(left)
  }
}
