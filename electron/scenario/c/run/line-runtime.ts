import type { RequestSink } from '../../../../shared/requests.ts'
import { Runtime, type RunHost } from './runtime.ts'
import type { RunSites } from './sites.ts'

/** A runtime that tells the line of each call of the allocator before it is made. */
export class LineRuntime extends Runtime {
  readonly #onLine: (line: number) => void
  /** By site; a site's line is looked up in the text once. */
  readonly #lines = new Map<number, number>()

  constructor(sites: RunSites, sink: RequestSink, host: RunHost, onLine: (line: number) => void) {
    super(sites, sink, host)
    this.#onLine = onLine
  }

  override mapRam(pages: number, site: number): number {
    this.#tell(site)
    return super.mapRam(pages, site)
  }

  override unmapRam(handle: number, pages: number, site: number): void {
    this.#tell(site)
    super.unmapRam(handle, pages, site)
  }

  override mapAndUnmap(pages: number, mapSite: number, unmapSite: number): void {
    this.unmapRam(this.mapRam(pages, mapSite), pages, unmapSite)
  }

  override vmap(pages: number, site: number): number {
    this.#tell(site)
    return super.vmap(pages, site)
  }

  override vunmap(handle: number, site: number): void {
    this.#tell(site)
    super.vunmap(handle, site)
  }

  override unmapAliases(site: number): void {
    this.#tell(site)
    super.unmapAliases(site)
  }

  #tell(site: number): void {
    let line = this.#lines.get(site)
    if (line === undefined) {
      line = this.sites.line(site)
      this.#lines.set(site, line)
    }
    this.#onLine(line)
  }
}
