import { closeSync, openSync, readSync } from 'node:fs'
import { ReadError, type ByteSource } from '../scenario/bytes.ts'
import { GunzippedBytes } from './gunzipped-bytes.ts'

const STANDARD_INPUT = 0
/** The first two bytes of every gzip file (RFC 1952, section 2.3.1). */
const GZIP_MAGIC = [0x1f, 0x8b]
/** Between two looks at a standard input that has nothing yet. */
const RETRY_MS = 5

/** The bytes of a file, decompressed when it is gzip, whatever its name. @throws {ReadError} when it cannot be opened. */
export function openFileBytes(path: string): ByteSource {
  const file = attempt(() => openSync(path, 'r'))
  try {
    const head = headOf(file)
    if (!isGzip(head)) return new PlainBytes(file, head)
  } catch (error) {
    closeSync(file)
    throw error
  }
  closeSync(file)
  return new GunzippedBytes(path)
}

/** The bytes of standard input. @throws {ReadError} when it cannot be read, or is gzip. */
export function openStandardInput(): ByteSource {
  const head = headOf(STANDARD_INPUT)
  if (isGzip(head))
    throw new ReadError('it is compressed; give the name of the file instead, or pipe it through "gunzip"')
  return new PlainBytes(STANDARD_INPUT, head)
}

class PlainBytes implements ByteSource {
  readonly #file: number
  /** What was read of it before. */
  #head: Uint8Array

  constructor(file: number, head: Uint8Array) {
    this.#file = file
    this.#head = head
  }

  read(target: Uint8Array, offset: number): number {
    if (this.#head.length === 0) return readSome(this.#file, target, offset)
    const part = this.#head.subarray(0, target.length - offset)
    target.set(part, offset)
    this.#head = this.#head.subarray(part.length)
    return part.length
  }

  close(): void {
    if (this.#file !== STANDARD_INPUT) closeSync(this.#file)
  }
}

/** The first bytes, fewer than a magic number's when there are no more. */
function headOf(file: number): Uint8Array {
  const head = new Uint8Array(GZIP_MAGIC.length)
  let length = 0
  for (let read = -1; read !== 0 && length < head.length; length += read) read = readSome(file, head, length)
  return head.subarray(0, length)
}

/** Waits where a pipe has nothing yet. */
function readSome(file: number, target: Uint8Array, offset: number): number {
  for (;;) {
    const read = attempt(() => {
      try {
        return readSync(file, target, offset, target.length - offset, null)
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code
        if (code === 'EAGAIN') return undefined
        // What Windows says at the end of a pipe
        if (code === 'EOF') return 0
        throw error
      }
    })
    if (read !== undefined) return read
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS)
  }
}

/** Whether a file that begins with these bytes is gzip. */
export function isGzip(head: Uint8Array): boolean {
  return GZIP_MAGIC.every((byte, i) => head[i] === byte)
}

function attempt<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw new ReadError(error instanceof Error ? error.message : String(error))
  }
}
