import { FAILED, type RequestSink } from '../../shared/requests.ts'

/** A map and its unmap at once. A map that fails is not unmapped. */
export function pair(sink: RequestSink, pages: number): void {
  const startPage = sink.mapRam(pages)
  if (startPage !== FAILED) sink.unmapRam(startPage, pages)
}
