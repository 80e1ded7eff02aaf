import type { ByteSource } from './bytes.ts'
import { LineReader } from './line-reader.ts'
import { LETTERS, OP, PAGES_MAX, parseTraceLine, type Op } from './trace-line.ts'

const SPACE = 32
const CARRIAGE_RETURN = 13
const ZERO = 48
/** So many decimal digits always make a safe integer. */
const DIGITS_MAX = 15

/** By the code of a letter: its op and how many numbers follow it; -1 for what is no request. */
const OP_OF = new Int8Array(256).fill(-1)
const NUMBERS_OF = new Int8Array(256)
for (const [letter, { op, numbers }] of Object.entries(LETTERS)) {
  OP_OF[letter.charCodeAt(0)] = op
  NUMBERS_OF[letter.charCodeAt(0)] = numbers
}

/**
 * Reads the requests of a trace one after the other, whatever its length. Lines as programs write them, with one space
 * before each number, are read byte by byte; all others, and those that are wrong, by `parseTraceLine`.
 */
export class TraceReader {
  op: Op = OP.aliases
  /** The id, or the CPU. */
  first = 0
  /** Pages. */
  second = 0
  readonly #lines: LineReader
  readonly #nrCpus: number
  readonly #decoder = new TextDecoder()
  /** Where reading of a number ended; -1 when there was none. */
  #position = 0

  constructor(bytes: ByteSource, nrCpus: number) {
    this.#lines = new LineReader(bytes)
    this.#nrCpus = nrCpus
  }

  /** Of the present request, counted from 1. */
  get line(): number {
    return this.#lines.number
  }

  /** Goes to the next request; false after the last. @throws {TraceError} naming a line that is none. @throws {ReadError} */
  next(): boolean {
    while (this.#lines.next()) if (this.#readPlain() || this.#readAny()) return true
    return false
  }

  /** False, with nothing said about the line, when it has not the plain form. */
  #readPlain(): boolean {
    const { buffer, start, end } = this.#lines
    if (start === end) return false
    const letter = buffer[start] as number
    const op = OP_OF[letter] as number
    const numbers = NUMBERS_OF[letter] as number
    if (op < 0) return false
    this.#position = start + 1
    const first = numbers > 0 ? this.#number() : 0
    const second = numbers > 1 ? this.#number() : 0
    const position = this.#position
    if (position !== end && (position !== end - 1 || buffer[position] !== CARRIAGE_RETURN)) return false
    if (first < 0 || second < 0 || second > PAGES_MAX || (op === OP.cpu && first >= this.#nrCpus)) return false
    this.op = op as Op
    this.first = first
    this.second = second
    return true
  }

  /** A space and digits from `#position` on, which is moved behind them; -1 when that is not what stands there. */
  #number(): number {
    const { buffer, end } = this.#lines
    const start = this.#position + 1
    if (start >= end || buffer[start - 1] !== SPACE) return -1
    let value = 0
    let position = start
    for (; position < end; position += 1) {
      const digit = (buffer[position] as number) - ZERO
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    this.#position = position
    return position === start || position - start > DIGITS_MAX ? -1 : value
  }

  /** False for an empty line or a comment. */
  #readAny(): boolean {
    const { buffer, start, end, number } = this.#lines
    const request = parseTraceLine(this.#decoder.decode(buffer.subarray(start, end)), number, this.#nrCpus)
    if (request === undefined) return false
    this.op = request.op
    this.first = request.first
    this.second = request.second
    return true
  }
}
