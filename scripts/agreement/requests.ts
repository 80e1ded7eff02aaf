import { FAILED, type RequestSink } from '../../shared/requests.ts'

/** One line of a trace as `lab trace` reads it: its letter and its numbers. */
export type Request =
  | { readonly letter: 'c'; readonly cpu: number }
  | { readonly letter: 'm' | 'v'; readonly id: number; readonly pages: number }
  | { readonly letter: 'u' | 'f'; readonly id: number }
  | { readonly letter: 'a' }

/** The trace, a line a request. */
export function formatTrace(requests: readonly Request[]): string {
  return requests.map((request) => traceLine(request)).join('\n')
}

function traceLine(request: Request): string {
  switch (request.letter) {
    case 'c':
      return `c ${request.cpu}`
    case 'm':
    case 'v':
      return `${request.letter} ${request.id} ${request.pages}`
    case 'u':
    case 'f':
      return `${request.letter} ${request.id}`
    case 'a':
      return 'a'
  }
}

interface Mapping {
  readonly letter: 'u' | 'f'
  readonly startPage: number
  readonly pages: number
}

/**
 * Issues requests to one allocator, one at a time. As in a replayed trace, all ids share one table, and an unmap of an id
 * that names nothing of its kind is passed over.
 */
export class Caller {
  /** Calls made; changes of CPU do not count. */
  operations = 0
  readonly #sink: RequestSink
  readonly #live = new Map<number, Mapping>()

  constructor(sink: RequestSink) {
    this.#sink = sink
  }

  /** The first page of what `m` or `v` mapped, or `FAILED`; undefined for every other request. */
  issue(request: Request): number | undefined {
    switch (request.letter) {
      case 'c':
        this.#sink.setCpu(request.cpu)
        return undefined
      case 'm':
        return this.#mapped(request.id, 'u', this.#sink.mapRam(request.pages), request.pages)
      case 'v':
        return this.#mapped(request.id, 'f', this.#sink.vmap(request.pages), request.pages)
      case 'u':
      case 'f':
        this.#release(request.letter, request.id)
        return undefined
      case 'a':
        this.operations += 1
        this.#sink.unmapAliases()
        return undefined
    }
  }

  #mapped(id: number, letter: Mapping['letter'], startPage: number, pages: number): number {
    this.operations += 1
    if (startPage === FAILED) this.#live.delete(id)
    else this.#live.set(id, { letter, startPage, pages })
    return startPage
  }

  #release(letter: Mapping['letter'], id: number): void {
    const mapping = this.#live.get(id)
    if (mapping?.letter !== letter) return
    this.#live.delete(id)
    this.operations += 1
    if (letter === 'u') this.#sink.unmapRam(mapping.startPage, mapping.pages)
    else this.#sink.vunmap(mapping.startPage)
  }
}
