import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { TraceReference } from '../../shared/trace-reference.ts'
import { ReadError, type ByteSource } from '../scenario/bytes.ts'
import { openFileBytes } from './file-bytes.ts'

const PIECE_BYTES = 1 << 20
/** Of a file's beginning, to see whether it is a trace. */
const HEAD_BYTES = 65_536
const REQUEST = /^([cuf] \d+|[mv] \d+ \d+|a)$/

/** What a run notes down of a trace file; nothing else waits for the reading of it, which `signal` may end. @throws {ReadError} */
export async function referenceTo(path: string, signal?: AbortSignal): Promise<TraceReference> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
      signal?.throwIfAborted()
      hash.update(piece as Uint8Array)
    }
    return { path: resolve(path), bytes: statSync(path).size, sha256: hash.digest('hex') }
  } catch (error) {
    signal?.throwIfAborted()
    throw unreadable(path, error)
  }
}

/** The requests of the file that a run noted down, decompressed. @throws {ReadError} when it is gone or another one now. */
export function openTrace({ path, sha256 }: TraceReference): ByteSource {
  const now = attempt(path, () => sha256Of(path))
  if (now !== sha256) {
    throw new ReadError(`${path} is not the trace that was chosen: its SHA-256 was ${sha256} and is ${now}`)
  }
  return attempt(path, () => openFileBytes(path))
}

/** Whether the first line of a file that is neither empty nor a comment is a request. False for what cannot be read. */
export function looksLikeTrace(path: string): boolean {
  try {
    const [line = ''] = headOf(path)
      .split('\n')
      .map((text) => text.trim())
      .filter((text) => text !== '' && !text.startsWith('#'))
    return REQUEST.test(line)
  } catch {
    return false
  }
}

function headOf(path: string): string {
  const bytes = openFileBytes(path)
  try {
    const head = new Uint8Array(HEAD_BYTES)
    let length = 0
    for (let read = -1; read !== 0 && length < head.length; length += read) read = bytes.read(head, length)
    return new TextDecoder().decode(head.subarray(0, length))
  } finally {
    bytes.close()
  }
}

function sha256Of(path: string): string {
  const file = openSync(path, 'r')
  try {
    const hash = createHash('sha256')
    const piece = new Uint8Array(PIECE_BYTES)
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) hash.update(piece.subarray(0, read))
    return hash.digest('hex')
  } finally {
    closeSync(file)
  }
}

function attempt<Value>(path: string, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): ReadError {
  return new ReadError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
}
