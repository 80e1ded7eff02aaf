/** What is compared and shared at once. */
const PAGE_BYTES = 8192
/** Roughly what an element or a field takes that is no page. */
const FIELD_BYTES = 8

/** Snapshots that are kept at most. */
export const SNAPSHOTS_MAX = 1024
/** Bytes that all of them may take. */
export const SNAPSHOT_BYTES_MAX = 256 * 2 ** 20

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
  readonly value: unknown
}

/**
 * Snapshots of plain data by operation. Those parts of typed arrays that are as in the snapshot before are kept once, so a
 * table that grows at its end costs what was added. When there are too many, or they take too much, every second one goes.
 */
export class SnapshotStore<Value extends object> {
  bytes = 0
  /** How often every second one went. */
  thinned = 0
  readonly #countMax: number
  readonly #bytesMax: number
  #kept: Kept[] = []

  constructor(countMax = SNAPSHOTS_MAX, bytesMax = SNAPSHOT_BYTES_MAX) {
    this.#countMax = countMax
    this.#bytesMax = bytesMax
  }

  get size(): number {
    return this.#kept.length
  }

  /** `operation` is above those of all snapshots so far. The first one is never given up. */
  add(operation: number, value: Value): void {
    this.#kept.push({ operation, value: this.#pack(value, this.#kept.at(-1)?.value) })
    while (this.#kept.length > 1 && (this.#kept.length > this.#countMax || this.bytes > this.#bytesMax)) this.#thin()
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
    this.thinned += 1
    const kept = this.#kept.filter((_, position) => position % 2 === 0)
    for (const [position, { value }] of this.#kept.entries()) if (position % 2 === 1) this.#release(value)
    this.#kept = kept
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
