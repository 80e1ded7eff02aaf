import type { OperationKind } from '../../../shared/replay.ts'
import { CHUNK_OPERATIONS, CODE, DISTANCE_IN_CODE_MAX } from './request-codes.ts'
import type { RequestLog } from './request-log.ts'

/** Reads the requests of a log one after the other, from any operation on. */
export class RequestReader {
  /** Number of the operation that `next` has read, the first one being 1; 0 before it. */
  operation = 0
  kind: OperationKind = 'aliases'
  /** Of a map: its pages. Of an unmap: operations since the one that made the mapping. Otherwise 0. */
  argument = 0
  /** Where the operation is made. */
  cpu = 0
  readonly #log: RequestLog
  #codes: Uint8Array = new Uint8Array(0)
  #position = 0
  /** The unmap of a pair of which the map was read. */
  #unmapsNext = false

  constructor(log: RequestLog) {
    this.#log = log
  }

  /** Makes `next` read the operation after `operation`, which the log has. */
  seek(operation: number): void {
    const chunk = Math.floor(operation / CHUNK_OPERATIONS)
    this.operation = chunk * CHUNK_OPERATIONS
    this.#openChunk()
    while (this.operation < operation) this.next()
  }

  /** False after the last operation of the log. */
  next(): boolean {
    if (this.operation >= this.#log.operations) return false
    if (this.#unmapsNext) {
      this.#unmapsNext = false
      return this.#read('unmap', 1)
    }
    if (this.operation % CHUNK_OPERATIONS === 0) this.#openChunk()
    return this.#readCode()
  }

  #readCode(): boolean {
    const code = this.#codes[this.#position] as number
    this.#position += 1
    if (code < CODE.map) {
      this.#unmapsNext = true
      return this.#read('map', code - CODE.pair + 1)
    }
    if (code < CODE.unmap) return this.#read('map', code - CODE.map + 1)
    if (code < CODE.unmap + DISTANCE_IN_CODE_MAX) return this.#read('unmap', code - CODE.unmap + 1)
    switch (code) {
      case CODE.cpu:
        // It stands in front of the operation that it is for
        this.cpu = this.#number()
        return this.#readCode()
      case CODE.unmapFar:
        return this.#read('unmap', this.#number())
      case CODE.mapOther:
        return this.#read('map', this.#number())
      case CODE.vmap:
        return this.#read('vmap', this.#number())
      case CODE.vunmap:
        return this.#read('vunmap', this.#number())
      default:
        return this.#read('aliases', 0)
    }
  }

  #read(kind: OperationKind, argument: number): true {
    this.operation += 1
    this.kind = kind
    this.argument = argument
    return true
  }

  #openChunk(): void {
    this.#codes = this.#log.chunk(Math.floor(this.operation / CHUNK_OPERATIONS))
    this.#position = 0
    this.#unmapsNext = false
  }

  #number(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.#codes[this.#position] as number
      this.#position += 1
      if (byte < 0x80) return value + byte * scale
      value += (byte - 0x80) * scale
      scale *= 0x80
    }
  }
}
