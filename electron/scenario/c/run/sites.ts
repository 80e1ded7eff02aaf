import type { SourceSpan } from '../../../../shared/scenario-check.ts'
import type { Place } from '../diagnostics.ts'
import type { SourceText } from '../syntax/source-text.ts'
import { ScenarioError, type ScenarioErrorKind } from './scenario-error.ts'

/** The places of the source that generated code refers to by number. */
export class RunSites {
  readonly #source: SourceText
  readonly #places: readonly Place[]

  constructor(source: SourceText, places: readonly Place[]) {
    this.#source = source
    this.#places = places
  }

  span(site: number): SourceSpan {
    const { from, to } = this.#places[site] ?? { from: 0, to: 0 }
    return this.#source.span(from, to)
  }

  line(site: number): number {
    return this.span(site).line
  }

  lineAt({ from, to }: Place): number {
    return this.#source.span(from, to).line
  }

  /** The source text at a site, short enough for a message. */
  text(site: number): string {
    const { from, to } = this.span(site)
    return this.#source.phrase(from, to)
  }

  /** Ends the run. */
  fail(site: number, problem: string, kind: ScenarioErrorKind = 'run'): never {
    throw new ScenarioError(kind, this.span(site), problem)
  }
}
