/** The thread that decompresses a gzip file, piece by piece, for somebody who waits for each (gunzipped-bytes.ts). */
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { workerData } from 'node:worker_threads'
import { createGunzip } from 'node:zlib'
import { HEADER_BYTES, STATE, WORD, type GunzipOrder } from './gunzip-order.ts'

const { path, memory } = workerData as GunzipOrder
const header = new Int32Array(memory, 0, HEADER_BYTES / Int32Array.BYTES_PER_ELEMENT)
const piece = new Uint8Array(memory, HEADER_BYTES)

/** Waits until the last piece was taken, then says what comes next. */
function put(bytes: Uint8Array, state: number): void {
  while (Atomics.load(header, WORD.state) === STATE.full) Atomics.wait(header, WORD.state, STATE.full)
  piece.set(bytes)
  header[WORD.length] = bytes.length
  Atomics.store(header, WORD.state, state)
  Atomics.notify(header, WORD.state)
}

try {
  await pipeline(createReadStream(path), createGunzip(), async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length; start += piece.length) {
        put(chunk.subarray(start, start + piece.length), STATE.full)
      }
    }
  })
  put(new Uint8Array(), STATE.ended)
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  put(new TextEncoder().encode(reason).subarray(0, piece.length), STATE.failed)
}
