import type { SourceSpan } from '../../../../shared/scenario-check.ts'

/** Source text that knows its lines. */
export class SourceText {
  readonly text: string
  /** Offset of the first unit of each line. */
  readonly #lineStarts: readonly number[]

  constructor(text: string) {
    this.text = text
    const lineStarts = [0]
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1)
    this.#lineStarts = lineStarts
  }

  span(from: number, to: number): SourceSpan {
    const start = this.#position(from)
    const end = this.#position(to)
    return { from, to, line: start.line, column: start.column, endLine: end.line, endColumn: end.column }
  }

  slice(from: number, to: number): string {
    return this.text.slice(from, to)
  }

  /** A stretch for a message. */
  phrase(from: number, to: number): string {
    return excerpt(this.slice(from, to))
  }

  /** Offset of the first unit of the line that `offset` is in. */
  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1
  }

  /** Spaces and tabs at the beginning of the line that `offset` is in. */
  indentation(offset: number): string {
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(offset), offset))?.[0] ?? ''
  }

  #position(offset: number): { line: number; column: number } {
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#lineStart(middle) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - this.#lineStart(low) + 1 }
  }

  #lineStart(index: number): number {
    return this.#lineStarts[index] ?? 0
  }
}

/** Text for a message: one line, not longer than a person reads at a glance. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}
