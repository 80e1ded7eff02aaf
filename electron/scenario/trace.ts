import { FAILED, type RequestSink, type RequestSource } from '../../shared/requests.ts'
import type { ByteSource } from './bytes.ts'
import { LIVE, LIVE_MAPPINGS_MAX, LiveMappings, type LiveKind } from './live-mappings.ts'
import { OP, TraceError } from './trace-line.ts'
import { TraceReader } from './trace-reader.ts'

/** Told the outcome of each `m` and `v` request, in order: its first page or `FAILED`. */
export type MapListener = (startPage: number) => void

/**
 * Replays a trace as it is read, so that its length is bounded by nothing. All ids share one table: an id that is mapped
 * again names the new mapping from then on, and an unmap of an unknown or failed id, or of an id of the other kind, is passed
 * over.
 */
export class TraceSource implements RequestSource {
  readonly operationsTotal = undefined
  readonly #open: () => ByteSource
  readonly #nrCpus: number
  readonly #onMap: MapListener | undefined

  /** `open` answers with the bytes of the trace from its beginning. */
  constructor(open: () => ByteSource, nrCpus: number, onMap?: MapListener) {
    this.#open = open
    this.#nrCpus = nrCpus
    this.#onMap = onMap
  }

  /**
   * @throws {TraceError} naming the first line that is no request of this machine; what stands before it has been issued.
   * @throws {ReadError} when the trace cannot be read, or not to its end.
   */
  issue(sink: RequestSink): void {
    const bytes = this.#open()
    try {
      const reader = new TraceReader(bytes, this.#nrCpus)
      const live = new LiveMappings()
      while (reader.next()) this.#issueOne(sink, reader, live)
    } finally {
      bytes.close()
    }
  }

  #issueOne(sink: RequestSink, reader: TraceReader, live: LiveMappings): void {
    const { op, first, second } = reader
    switch (op) {
      case OP.cpu:
        sink.setCpu(first)
        break
      case OP.map:
        this.#mapped(reader, live, LIVE.map, sink.mapRam(second))
        break
      case OP.vmap:
        this.#mapped(reader, live, LIVE.area, sink.vmap(second))
        break
      case OP.unmap:
        if (live.take(first, LIVE.map)) sink.unmapRam(live.startPage, live.pages)
        break
      case OP.vunmap:
        if (live.take(first, LIVE.area)) sink.vunmap(live.startPage)
        break
      case OP.aliases:
        sink.unmapAliases()
    }
  }

  #mapped(
    { line, first: id, second: pages }: TraceReader,
    live: LiveMappings,
    kind: LiveKind,
    startPage: number,
  ): void {
    this.#onMap?.(startPage)
    if (startPage === FAILED) live.forget(id)
    else if (!live.set(id, kind, startPage, pages)) {
      throw new TraceError(
        line,
        `more than ${LIVE_MAPPINGS_MAX} mappings would live at once, the most that a replay holds`,
      )
    }
  }
}
