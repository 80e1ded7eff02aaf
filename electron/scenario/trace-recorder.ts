import { FAILED, type RequestSink } from '../../shared/requests.ts'

/** Characters that are handed on at once. */
const PART_LENGTH = 1 << 20

/** More requests than a trace may have; the message is for people. */
export class TraceLengthError extends Error {
  override readonly name = 'TraceLengthError'

  constructor(requestsMax: number) {
    super(`there are more than ${requestsMax} requests, the most that are written`)
  }
}

/**
 * Passes requests on to an allocator and writes them down as a trace (trace-line.ts has the form). A replay on the same
 * machine under the same kernel model asks for the same and is answered the same. Each map has an id of its own, counted from
 * 1 on; one that fails is written too.
 */
export class TraceRecorder implements RequestSink {
  requests = 0
  failedMaps = 0
  readonly #target: RequestSink
  readonly #write: (part: string) => void
  readonly #requestsMax: number
  readonly #idAt = new Map<number, number>()
  #lastId = 0
  #part = ''

  /** `write` gets whole lines, some of them at a time; the last ones with `end`. */
  constructor(target: RequestSink, requestsMax: number, write: (part: string) => void) {
    this.#target = target
    this.#requestsMax = requestsMax
    this.#write = write
  }

  setCpu(cpu: number): void {
    this.#target.setCpu(cpu)
    this.#add(`c ${cpu}\n`)
  }

  mapRam(pages: number): number {
    return this.#mapped('m', this.#target.mapRam(pages), pages)
  }

  unmapRam(startPage: number, pages: number): void {
    this.#target.unmapRam(startPage, pages)
    this.#unmapped('u', startPage)
  }

  vmap(pages: number): number {
    return this.#mapped('v', this.#target.vmap(pages), pages)
  }

  vunmap(startPage: number): void {
    this.#target.vunmap(startPage)
    this.#unmapped('f', startPage)
  }

  unmapAliases(): void {
    this.#target.unmapAliases()
    this.#add('a\n')
  }

  /** Hands on what is left; to be called when the source has issued its last request. */
  end(): void {
    if (this.#part !== '') this.#write(this.#part)
    this.#part = ''
  }

  #mapped(letter: 'm' | 'v', startPage: number, pages: number): number {
    const id = (this.#lastId += 1)
    if (startPage === FAILED) this.failedMaps += 1
    else this.#idAt.set(startPage, id)
    this.#add(`${letter} ${id} ${pages}\n`)
    return startPage
  }

  #unmapped(letter: 'u' | 'f', startPage: number): void {
    const id = this.#idAt.get(startPage)
    if (id === undefined) throw new Error(`Page ${startPage} was unmapped and is the start of no mapping.`)
    this.#idAt.delete(startPage)
    this.#add(`${letter} ${id}\n`)
  }

  /** @throws {TraceLengthError} */
  #add(line: string): void {
    if (this.requests === this.#requestsMax) throw new TraceLengthError(this.#requestsMax)
    this.requests += 1
    this.#part += line
    if (this.#part.length < PART_LENGTH) return
    this.#write(this.#part)
    this.#part = ''
  }
}
