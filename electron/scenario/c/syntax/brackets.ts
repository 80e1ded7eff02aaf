import type { Fix } from '../../../../shared/scenario-check.ts'
import { insertion, replacement, type Diagnostics } from '../diagnostics.ts'
import type { SourceText } from './source-text.ts'
import { tokensOf } from './tokens.ts'

const CLOSER_OF: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const TAB_COLUMNS = 8

interface Open {
  readonly bracket: string
  readonly from: number
  /** Columns before the line that has the bracket. */
  readonly indent: number
  /** `;` that may still come inside: two in `for (`. */
  semicolons: number
}

/** A block whose `}` stands further left than the block: where braces do not add up, probably the place. */
interface Suspicion {
  readonly opener: Open
  readonly closerFrom: number
}

/** Says what is wrong with the first bracket, comment or string that has no partner. False when all have one. */
export function reportBracketProblem(source: SourceText, diagnostics: Diagnostics): boolean {
  return new BracketScan(source, diagnostics).run()
}

class BracketScan {
  readonly #source: SourceText
  readonly #diagnostics: Diagnostics
  readonly #open: Open[] = []
  #suspicion: Suspicion | undefined
  #previousTo = 0
  #afterFor = false

  constructor(source: SourceText, diagnostics: Diagnostics) {
    this.#source = source
    this.#diagnostics = diagnostics
  }

  run(): boolean {
    for (const { text, from } of tokensOf(this.#source.text)) {
      if (this.#token(text, from)) return true
      this.#previousTo = from + text.length
      this.#afterFor = text === 'for'
    }
    return this.#end()
  }

  /** True when the token cannot stand here, which is then said. */
  #token(token: string, from: number): boolean {
    switch (token) {
      case '(':
      case '[':
      case '{':
        return this.#opened(token, from)
      case ')':
      case ']':
      case '}':
        return this.#closed(token, from)
      case ';':
        return this.#semicolon(from)
      case '/*':
        return this.#report(from, 2, 'This comment is not closed; a comment ends with */.', undefined)
      case '"':
      case "'":
        return this.#report(from, 1, `This ${token} is not closed before the end of its line.`, undefined)
      default:
        return false
    }
  }

  #opened(bracket: string, from: number): boolean {
    const top = this.#open.at(-1)
    if (bracket === '{' && top !== undefined && top.bracket !== '{') return this.#notClosed(top, from)
    const isFor = bracket === '(' && this.#afterFor
    this.#open.push({ bracket, from, indent: this.#indent(from), semicolons: isFor ? 2 : 0 })
    return false
  }

  #closed(closer: string, from: number): boolean {
    const top = this.#open.pop()
    // A block goes on to its }, so another closer in it is one too many
    if (top === undefined || (top.bracket === '{' && closer !== '}')) {
      const fix = replacement(`Delete ${closer}`, { from, to: from + 1 }, '')
      return this.#report(from, 1, `This ${closer} closes nothing.`, fix)
    }
    if (CLOSER_OF[top.bracket] !== closer) return this.#notClosed(top, from)
    if (closer === '}' && this.#indent(from) < top.indent) this.#suspicion ??= { opener: top, closerFrom: from }
    return false
  }

  #semicolon(from: number): boolean {
    const top = this.#open.at(-1)
    if (top === undefined || top.bracket === '{') return false
    top.semicolons -= 1
    return top.semicolons < 0 && this.#notClosed(top, from)
  }

  #end(): boolean {
    const outermost = this.#open[0]
    const innermost = this.#open.at(-1)
    if (outermost === undefined || innermost === undefined) return false
    if (innermost.bracket !== '{') return this.#notClosed(innermost, this.#source.text.length)
    if (this.#suspicion !== undefined) return this.#notClosedByIndentation(this.#suspicion)
    const text = this.#source.text
    const fix = insertion('Add } at the end', text.length, text.endsWith('\n') ? '}\n' : '\n}\n')
    return this.#report(outermost.from, 1, 'This { is not closed before the end of the text.', fix)
  }

  #notClosed({ bracket, from }: Open, before: number): boolean {
    const closer = CLOSER_OF[bracket] ?? ''
    const { line } = this.#source.span(before, before)
    const message = `This ${bracket} is not closed; a ${closer} is missing before line ${line} goes on.`
    return this.#report(from, 1, message, insertion(`Add ${closer}`, this.#previousTo, closer))
  }

  #notClosedByIndentation({ opener, closerFrom }: Suspicion): boolean {
    const { line } = this.#source.span(closerFrom, closerFrom)
    const message = `This { is not closed; going by the indentation, its } is missing before line ${line}.`
    const insert = `${this.#source.indentation(opener.from)}}\n`
    return this.#report(opener.from, 1, message, insertion('Add }', this.#source.lineStart(closerFrom), insert))
  }

  #report(from: number, length: number, message: string, fix: Fix | undefined): true {
    this.#diagnostics.error({ from, to: from + length }, message, fix)
    return true
  }

  #indent(offset: number): number {
    let columns = 0
    for (const unit of this.#source.indentation(offset)) {
      columns = unit === '\t' ? columns + TAB_COLUMNS - (columns % TAB_COLUMNS) : columns + 1
    }
    return columns
  }
}
