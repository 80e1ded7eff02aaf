import type { ByteSource } from './bytes.ts'
import { TraceError } from './trace-line.ts'

/** Longest line, in bytes. */
export const LINE_BYTES_MAX = 65_536
const BUFFER_BYTES = 4 * LINE_BYTES_MAX
const LINE_FEED = 10

/** Walks through the lines of a byte source in one buffer, whatever its length. */
export class LineReader {
  readonly buffer = new Uint8Array(BUFFER_BYTES)
  /** The present line is `buffer` from `start` to before `end`; its line feed is not part of it. */
  start = 0
  end = -1
  /** Of the present line, counted from 1. */
  number = 0
  readonly #bytes: ByteSource
  /** Bytes in the buffer. */
  #filled = 0
  #atEnd = false

  constructor(bytes: ByteSource) {
    this.#bytes = bytes
  }

  /** Goes to the next line; false after the last. @throws {TraceError} for a line that is too long. @throws {ReadError} */
  next(): boolean {
    this.start = this.end + 1
    let position = this.start
    for (;;) {
      while (position < this.#filled && this.buffer[position] !== LINE_FEED) position += 1
      if (position < this.#filled) break
      if (this.#atEnd) {
        if (this.start >= this.#filled) return false
        break
      }
      this.#refill()
      position -= this.start
      this.start = 0
    }
    this.end = position
    this.number += 1
    if (position - this.start > LINE_BYTES_MAX) this.#refuse()
    return true
  }

  /** Moves the bytes of the line so far to the front and reads more behind them. */
  #refill(): void {
    if (this.#filled - this.start > LINE_BYTES_MAX) {
      this.number += 1
      this.#refuse()
    }
    this.buffer.copyWithin(0, this.start, this.#filled)
    this.#filled -= this.start
    const read = this.#bytes.read(this.buffer, this.#filled)
    this.#filled += read
    this.#atEnd = read === 0
  }

  #refuse(): never {
    throw new TraceError(
      this.number,
      `is longer than ${LINE_BYTES_MAX} bytes; a request has one letter and two numbers`,
    )
  }
}
