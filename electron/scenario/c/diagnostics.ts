import type { Diagnostic, Fix, Severity } from '../../../shared/scenario-check.ts'
import type { SourceText } from './syntax/source-text.ts'

/** More than this says nothing new. */
const DIAGNOSTICS_MAX = 100

/** Anything that stands in the text: a node, a span. */
export interface Place {
  readonly from: number
  readonly to: number
}

/** What the checker found, in the order of finding. */
export class Diagnostics {
  readonly #source: SourceText
  readonly #list: Diagnostic[] = []

  constructor(source: SourceText) {
    this.#source = source
  }

  error(place: Place, message: string, fix?: Fix): void {
    this.#add('error', place, message, fix)
  }

  warning(place: Place, message: string, fix?: Fix): void {
    this.#add('warning', place, message, fix)
  }

  get hasErrors(): boolean {
    return this.#list.some(({ severity }) => severity === 'error')
  }

  /** In the order of the text. */
  get sorted(): readonly Diagnostic[] {
    return this.#list.toSorted((left, right) => left.from - right.from || left.to - right.to)
  }

  #add(severity: Severity, { from, to }: Place, message: string, fix: Fix | undefined): void {
    // An error must never go unsaid because warnings filled the list
    if (this.#list.length >= DIAGNOSTICS_MAX && (severity === 'warning' || this.hasErrors)) return
    this.#list.push({ severity, message, ...this.#source.span(from, to), ...(fix && { fix }) })
  }
}

export function insertion(title: string, at: number, insert: string): Fix {
  return { title, edits: [{ from: at, to: at, insert }] }
}

export function replacement(title: string, place: Place, insert: string): Fix {
  return { title, edits: [{ from: place.from, to: place.to, insert }] }
}
