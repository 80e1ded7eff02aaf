/** Columns of a line in a mail that is quoted once or twice and still fits a terminal of 80. */
export const TEXT_COLUMNS = 72

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u
const ZERO_WIDTH = /[\p{Mn}\p{Me}\u200b-\u200d]/u

/** Columns that a terminal gives to this text. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return columns
}

export interface WrapOptions {
  /** Before the first line; the others are indented by the same width. */
  readonly first?: string
  readonly columns?: number
}

/** One paragraph in lines of at most `columns`. A word longer than a line is cut. */
export function wrap(paragraph: string, { first = '', columns = TEXT_COLUMNS }: WrapOptions = {}): string[] {
  const indent = ' '.repeat(columnsOf(first))
  const measure = columns - indent.length
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(/\s+/).flatMap((long) => cut(long, measure))) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > measure) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  if (line !== '') lines.push(line)
  return lines.map((text, index) => `${index === 0 ? first : indent}${text}`)
}

/** A person's text: its own line ends and indents stay, long lines are wrapped. */
export function wrapLines(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return ['']
    const [indent = ''] = /^[ \t]*/.exec(line) ?? []
    return wrap(line.trim(), { first: ' '.repeat(Math.min(columnsOf(indent.replaceAll('\t', '  ')), 24)) })
  })
}

/** A command in lines that a shell joins again. Only between options: a word stays whole. */
export function wrapCommand(command: string, indent: string): string[] {
  const lines: string[] = []
  for (const part of command.split(/ (?=--\w)/)) {
    const last = lines.at(-1)
    if (last !== undefined && columnsOf(indent) + columnsOf(last) + columnsOf(part) + 3 <= TEXT_COLUMNS) {
      lines[lines.length - 1] = `${last} ${part}`
    } else {
      lines.push(lines.length === 0 ? part : `  ${part}`)
    }
  }
  return lines.map((line, index) => `${indent}${line}${index === lines.length - 1 ? '' : ' \\'}`)
}

function cut(word: string, measure: number): string[] {
  const parts: string[] = []
  let part = ''
  for (const character of word) {
    if (columnsOf(part) + columnsOf(character) > measure) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}
