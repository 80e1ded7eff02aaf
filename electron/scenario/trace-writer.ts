import { FAILED, type RequestSink } from '../../shared/requests.ts'

/** Characters that are collected before they are written. */
const PART_CHARACTERS = 65_536

/**
 * Passes requests on and writes each as a line of a trace, which then makes the same requests again. Maps are numbered from 1
 * in the order in which they are made.
 */
export class TraceWriter implements RequestSink {
  readonly #target: RequestSink
  readonly #write: (text: string) => void
  /** Numbers of the live maps by their first page. */
  readonly #idOf = new Map<number, number>()
  #maps = 0
  #part = ''

  /** `write` is told the text in parts, in order. */
  constructor(target: RequestSink, write: (text: string) => void) {
    this.#target = target
    this.#write = write
  }

  setCpu(cpu: number): void {
    this.#line(`c ${cpu}`)
    this.#target.setCpu(cpu)
  }

  mapRam(pages: number): number {
    return this.#mapped('m', pages, this.#target.mapRam(pages))
  }

  unmapRam(startPage: number, pages: number): void {
    this.#line(`u ${this.#taken(startPage)}`)
    this.#target.unmapRam(startPage, pages)
  }

  vmap(pages: number): number {
    return this.#mapped('v', pages, this.#target.vmap(pages))
  }

  vunmap(startPage: number): void {
    this.#line(`f ${this.#taken(startPage)}`)
    this.#target.vunmap(startPage)
  }

  unmapAliases(): void {
    this.#line('a')
    this.#target.unmapAliases()
  }

  /** Writes what is still collected; to be called after the last request. */
  end(): void {
    this.#write(this.#part)
    this.#part = ''
  }

  #mapped(letter: 'm' | 'v', pages: number, startPage: number): number {
    this.#maps += 1
    this.#line(`${letter} ${this.#maps} ${pages}`)
    if (startPage !== FAILED) this.#idOf.set(startPage, this.#maps)
    return startPage
  }

  #taken(startPage: number): number {
    const id = this.#idOf.get(startPage)
    if (id === undefined) throw new RangeError(`No map of this trace starts at page ${startPage}.`)
    this.#idOf.delete(startPage)
    return id
  }

  #line(text: string): void {
    this.#part += `${text}\n`
    if (this.#part.length >= PART_CHARACTERS) this.end()
  }
}

/** Answers every map, each with pages of its own: what a scenario asks of a kernel that never refuses. */
export class EndlessSpace implements RequestSink {
  #nextPage = 0

  setCpu(): void {
    // Every CPU is served alike
  }

  mapRam(pages: number): number {
    return this.vmap(pages)
  }

  unmapRam(): void {
    // Nothing is used twice
  }

  vmap(pages: number): number {
    this.#nextPage += pages + 1
    return this.#nextPage
  }

  vunmap(): void {
    // Nothing is used twice
  }

  unmapAliases(): void {
    // Nothing is flushed
  }
}
