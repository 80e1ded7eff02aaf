import { totalmem } from 'node:os'

/** What is compared and shared at once. */
const PAGE_BYTES = 8192
/** Roughly what an element or a field takes that is no page. */
const FIELD_BYTES = 8

/** Snapshots that are kept at most. */
export const SNAPSHOTS_MAX = 1024
/** Bytes that all of them may take, unless the state itself is large. */
export const SNAPSHOT_BYTES_MAX = 256 * 2 ** 20
/** So many times what the last one takes alone may be taken, too: where most of a large state stays, snapshots share it, */
const WHOLE_MAX = 3
/** up to so much of the machine's memory. */
const LARGE_BYTES_MAX = totalmem() / 8

type TypedArray = Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float64Array

interface Page {
  readonly bytes: Uint8Array
  /** Snapshots that it is part of. */
  uses: number
}

/** A typed array as pages. */
class PagedArray {
  readonly make: (buffer: ArrayBuffer) => TypedArray
  readonly byteLength: number
  readonly pages: readonly Page[]

  constructor(make: PagedArray['make'], byteLength: number, pages: readonly Page[]) {
    this.make = make
    this.byteLength = byteLength
    this.pages = pages
  }
}

interface Kept {
  readonly operation: number
  /** Milliseconds that the run had taken by then. */
  readonly runMs: number
  readonly value: unknown
}

/**
 * Snapshots of plain data by operation. Those parts of typed arrays that are as in the snapshot before are kept once, so a
 * table that grows at its end costs what was added. When there are too many, or they take too much, the one goes whose neighbours
 * are nearest in time, so that the way from one to the next stays about as long everywhere.
 */
export class SnapshotStore<Value extends object> {
  bytes = 0
  readonly #countMax: number
  readonly #bytesMax: number
  readonly #kept: Kept[] = []
  /** What the last snapshot would take alone. */
  #wholeBytes = 0

  constructor(countMax = SNAPSHOTS_MAX, bytesMax = SNAPSHOT_BYTES_MAX) {
    this.#countMax = countMax
    this.#bytesMax = bytesMax
  }

  get size(): number {
    return this.#kept.length
  }

  /** `operation` is above those of all snapshots so far, and `runMs` not below them. The first one is never given up. */
  add(operation: number, value: Value, runMs: number): void {
    this.#wholeBytes = 0
    this.#kept.push({ operation, runMs, value: this.#pack(value, this.#kept.at(-1)?.value) })
    const bytesMax = Math.max(this.#bytesMax, Math.min(WHOLE_MAX * this.#wholeBytes, LARGE_BYTES_MAX))
    while (this.#kept.length > 1 && (this.#kept.length > this.#countMax || this.bytes > bytesMax)) this.#thin()
  }

  /** The operation of the last snapshot at or before `operation`. */
  at(operation: number): number {
    return this.#find(operation).operation
  }

  /** That snapshot, as data of the caller's own. */
  read(operation: number): Value {
    return unpack(this.#find(operation).value) as Value
  }

  #find(operation: number): Kept {
    let low = 0
    for (let high = this.#kept.length; high - low > 1;) {
      const middle = (low + high) >> 1
      if ((this.#kept[middle] as Kept).operation <= operation) low = middle
      else high = middle
    }
    const found = this.#kept[low]
    if (found === undefined || found.operation > operation) throw new Error(`no snapshot is before ${operation}`)
    return found
  }

  #thin(): void {
    let leastNeeded = this.#kept.length - 1
    let leastMs = Infinity
    for (let position = 1; position < this.#kept.length - 1; position += 1) {
      const betweenMs = (this.#kept[position + 1] as Kept).runMs - (this.#kept[position - 1] as Kept).runMs
      if (betweenMs >= leastMs) continue
      leastNeeded = position
      leastMs = betweenMs
    }
    for (const { value } of this.#kept.splice(leastNeeded, 1)) this.#release(value)
  }

  #pack(value: unknown, before: unknown): unknown {
    if (ArrayBuffer.isView(value)) return this.#packArray(value as TypedArray, before)
    this.bytes += FIELD_BYTES
    if (Array.isArray(value)) return value.map((item, position) => this.#pack(item, partOf(before, position)))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, this.#pack(part, partOf(before, name))]),
    )
  }

  #packArray(array: TypedArray, before: unknown): PagedArray {
    const shared = before instanceof PagedArray ? before.pages : []
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    const pages: Page[] = []
    this.#wholeBytes += array.byteLength
    for (let start = 0; start < bytes.length; start += PAGE_BYTES) {
      pages.push(this.#page(bytes.subarray(start, start + PAGE_BYTES), shared[pages.length]))
    }
    const Kind = array.constructor as new (buffer: ArrayBuffer) => TypedArray
    return new PagedArray((buffer) => new Kind(buffer), array.byteLength, pages)
  }

  #page(bytes: Uint8Array, before: Page | undefined): Page {
    if (before !== undefined && Buffer.compare(before.bytes, bytes) === 0) {
      before.uses += 1
      return before
    }
    this.bytes += bytes.length
    return { bytes: bytes.slice(), uses: 1 }
  }

  #release(value: unknown): void {
    if (value instanceof PagedArray) {
      for (const page of value.pages) {
        page.uses -= 1
        if (page.uses === 0) this.bytes -= page.bytes.length
      }
      return
    }
    this.bytes -= FIELD_BYTES
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) this.#release(part)
  }
}

function partOf(value: unknown, name: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[name] : undefined
}

function unpack(value: unknown): unknown {
  if (value instanceof PagedArray) {
    const bytes = new Uint8Array(value.byteLength)
    for (const [position, page] of value.pages.entries()) bytes.set(page.bytes, position * PAGE_BYTES)
    return value.make(bytes.buffer)
  }
  if (Array.isArray(value)) return value.map(unpack)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unpack(part)]))
}
