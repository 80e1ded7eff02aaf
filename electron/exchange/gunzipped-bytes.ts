import { Worker } from 'node:worker_threads'
import { ReadError, type ByteSource } from '../scenario/bytes.ts'
import { HEADER_BYTES, PIECE_BYTES, STATE, WORD, type GunzipOrder } from './gunzip-order.ts'

/** A disk that takes longer than this for one piece is not coming back. */
const PIECE_MS_MAX = 60_000

// Beside this file in a source tree, beside the entry files once they are bundled
const WORKER_URL = new URL(import.meta.url.endsWith('.ts') ? 'gunzip-worker.ts' : 'gunzip-worker.js', import.meta.url)

/**
 * The bytes of a gzip file, decompressed in a thread of its own while this one waits: Node's zlib checks every byte and takes
 * files of several members, but decompresses in pieces only asynchronously.
 */
export class GunzippedBytes implements ByteSource {
  readonly #worker: Worker
  readonly #header: Int32Array
  readonly #piece: Uint8Array
  /** Of the piece, what was not read yet. */
  #start = 0
  #end = 0

  constructor(path: string) {
    const memory = new SharedArrayBuffer(HEADER_BYTES + PIECE_BYTES)
    this.#header = new Int32Array(memory, 0, HEADER_BYTES / Int32Array.BYTES_PER_ELEMENT)
    this.#piece = new Uint8Array(memory, HEADER_BYTES)
    const order: GunzipOrder = { path, memory }
    this.#worker = new Worker(WORKER_URL, { workerData: order })
    this.#worker.unref()
  }

  read(target: Uint8Array, offset: number): number {
    if (this.#start === this.#end && !this.#nextPiece()) return 0
    const part = this.#piece.subarray(this.#start, Math.min(this.#end, this.#start + target.length - offset))
    target.set(part, offset)
    this.#start += part.length
    return part.length
  }

  close(): void {
    void this.#worker.terminate()
  }

  /** Takes the next piece; false at the end. */
  #nextPiece(): boolean {
    // The piece before was read
    Atomics.compareExchange(this.#header, WORD.state, STATE.full, STATE.empty)
    Atomics.notify(this.#header, WORD.state)
    const waited = Atomics.wait(this.#header, WORD.state, STATE.empty, PIECE_MS_MAX)
    if (waited === 'timed-out') throw new ReadError(`nothing was decompressed for ${PIECE_MS_MAX / 1000} s`)
    const state = Atomics.load(this.#header, WORD.state)
    this.#start = 0
    this.#end = state === STATE.full ? (this.#header[WORD.length] ?? 0) : 0
    if (state === STATE.failed) throw new ReadError(this.#reason())
    return state === STATE.full
  }

  #reason(): string {
    // A text decoder takes no shared memory
    return new TextDecoder().decode(this.#piece.slice(0, this.#header[WORD.length]))
  }
}
