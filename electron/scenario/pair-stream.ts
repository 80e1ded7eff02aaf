import { FAILED, type RequestSink, type RequestStream } from '../../shared/requests.ts'

/** A stream of maps, each unmapped at once. A map that fails is not unmapped. */
export abstract class PairStream implements RequestStream {
  abstract readonly operationsTotal: number
  /** A mapping made at the end of a slice, to be unmapped first in the next; `FAILED` when there is none. */
  #heldStartPage = FAILED
  #heldPages = 0

  /** Pages of the next map; 0 at the end of the stream. */
  protected abstract nextPages(): number

  advance(sink: RequestSink, operations: number): number {
    let done = 0
    if (this.#heldStartPage !== FAILED && operations > 0) {
      sink.unmapRam(this.#heldStartPage, this.#heldPages)
      this.#heldStartPage = FAILED
      done = 1
    }
    while (done < operations) {
      const pages = this.nextPages()
      if (pages === 0) break
      const startPage = sink.mapRam(pages)
      done += 1
      if (startPage === FAILED) continue
      if (done === operations) {
        this.#heldStartPage = startPage
        this.#heldPages = pages
        break
      }
      sink.unmapRam(startPage, pages)
      done += 1
    }
    return done
  }
}
