import type { RequestSink } from '../../shared/requests.ts'
import { PROGRAM_ID, TRACE_ID } from '../../shared/run.ts'
import { DEFAULT_BUDGETS } from '../../shared/scenario-budgets.ts'
import {
  PREVIEW_REQUESTS_MAX,
  type PreviewedRequest,
  type PreviewRequest,
  type RequestKind,
  type ScenarioPreview,
} from '../../shared/scenario-preview.ts'
import { parseTraceReference } from '../../shared/trace-reference.ts'
import { ReadError } from './bytes.ts'
import { ScenarioError } from './c/run/scenario-error.ts'
import { sourceOf, type SourceHost } from './source-of.ts'
import { TraceError } from './trace-line.ts'

/** Longest time that a preview may take: what has not made its requests by then computes too much between them. */
export const PREVIEW_MS_MAX = 500

/** Thrown through a source to end it early; nobody but `previewScenario` catches it. */
class EndOfPreview extends Error {
  override readonly name = 'EndOfPreview'
}

/**
 * The first requests of a text or of the trace that it refers to, every map taken to succeed. `clock` answers milliseconds
 * from any fixed moment. Never throws for any text. `loadGrammar` must have finished.
 */
export function previewScenario(
  request: PreviewRequest,
  clock: () => number,
  openTrace?: SourceHost['openTrace'],
): ScenarioPreview {
  const sink = new PreviewSink()
  const startedMs = clock()
  const checkpoint = (): void => {
    if (clock() - startedMs > PREVIEW_MS_MAX) throw new EndOfPreview()
  }
  const { source, ...others } = request
  const program = { title: '', source }
  let operationsTotal: number | undefined
  try {
    const requests = sourceOf(
      { scenarioId: parseTraceReference(source) === undefined ? PROGRAM_ID : TRACE_ID, program, ...others },
      { budgets: DEFAULT_BUDGETS, clock, checkpoint, ...(openTrace && { openTrace }) },
    )
    operationsTotal = requests.operationsTotal
    requests.issue(sink)
  } catch (error) {
    const { requests } = sink
    const cut = { requests, operationsTotal, ended: false }
    if (error instanceof EndOfPreview) return sink.isFull ? cut : { ...cut, problem: tooSlow(requests.length) }
    if (error instanceof ScenarioError || error instanceof TraceError) return { ...cut, problem: error.message }
    if (error instanceof ReadError) return { ...cut, problem: `${error.message}.` }
    throw error
  }
  return { requests: sink.requests, operationsTotal, ended: true }
}

function tooSlow(made: number): string {
  return `The preview ends here: after ${PREVIEW_MS_MAX} ms the scenario had made ${made} of the ${PREVIEW_REQUESTS_MAX} requests that are shown. A run goes on.`
}

/** Writes down requests; mappings get one page after the other, without end. */
class PreviewSink implements RequestSink {
  readonly requests: PreviewedRequest[] = []
  readonly #pagesAt = new Map<number, number>()
  #cpu = 0
  #livePages = 0
  #nextPage = 0

  get isFull(): boolean {
    return this.requests.length === PREVIEW_REQUESTS_MAX
  }

  setCpu(cpu: number): void {
    this.#cpu = cpu
  }

  mapRam(pages: number): number {
    return this.#map('map', pages)
  }

  unmapRam(startPage: number): void {
    this.#unmap('unmap', startPage)
  }

  vmap(pages: number): number {
    return this.#map('vmap', pages)
  }

  vunmap(startPage: number): void {
    this.#unmap('vunmap', startPage)
  }

  unmapAliases(): void {
    this.#add('aliases', 0)
  }

  #map(kind: RequestKind, pages: number): number {
    const startPage = this.#nextPage
    this.#add(kind, pages, pages)
    this.#pagesAt.set(startPage, pages)
    // A mapping of no pages has an address of its own, too
    this.#nextPage += Math.max(1, pages)
    return startPage
  }

  #unmap(kind: RequestKind, startPage: number): void {
    const pages = this.#pagesAt.get(startPage) ?? 0
    this.#add(kind, pages, -pages)
    this.#pagesAt.delete(startPage)
  }

  #add(kind: RequestKind, pages: number, liveChange = 0): void {
    // One more is asked for, so the scenario has not ended with what is shown
    if (this.isFull) throw new EndOfPreview()
    this.#livePages += liveChange
    this.requests.push({ kind, pages, cpu: this.#cpu, livePages: this.#livePages })
  }
}
