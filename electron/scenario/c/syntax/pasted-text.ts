import type { TextEdit } from '../../../../shared/scenario-check.ts'
import type { Diagnostics } from '../diagnostics.ts'
import type { SourceText } from './source-text.ts'
import { tokensOf } from './tokens.ts'

/** Characters that mail programs and web pages put in place of those of C. */
const REPLACED: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u2007': ' ',
  '\u202f': ' ',
  '\u3000': ' ',
  '\u200b': '',
  '\u2060': '',
  '\ufeff': '',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u00d7': '*',
  '\u2264': '<=',
  '\u2265': '>=',
  '\u2260': '!=',
}

/** Marks in front of every line: of a quoted mail, of a patch. */
const MARKS = ['> ', '>', '+'] as const

/** Says what a text that was pasted brought along from where it was, with one fix for all of it. False when there is nothing. */
export function reportPastedText(source: SourceText, diagnostics: Diagnostics): boolean {
  return reportMarks(source, diagnostics) || reportCharacters(source, diagnostics)
}

function reportMarks(source: SourceText, diagnostics: Diagnostics): boolean {
  const lines = [...source.text.matchAll(/^.*\S.*$/gm)].map(({ 0: line, index }) => ({ line, index }))
  const isMarked = (mark: string): boolean => lines.every(({ line }) => line.startsWith(mark) || line === mark.trim())
  const mark = MARKS.find((candidate) => lines.length > 1 && isMarked(candidate))
  if (mark === undefined) return false
  const edits = lines.map(({ line, index }): TextEdit => {
    return { from: index, to: index + Math.min(mark.length, line.length), insert: '' }
  })
  const place = { from: lines[0]?.index ?? 0, to: (lines[0]?.index ?? 0) + 1 }
  const message = `Every line begins with ${mark.trim()}, as in a quoted mail or a patch.`
  diagnostics.error(place, message, { title: `Delete ${mark.trim()} from all lines`, edits })
  return true
}

function reportCharacters(source: SourceText, diagnostics: Diagnostics): boolean {
  // Comments are not among the tokens, so what stands in them may stay
  const edits = tokensOf(source.text).flatMap(({ text, from }) => replacements(text, from))
  const [first] = edits
  if (first === undefined) return false
  const character = source.slice(first.from, first.to)
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  const meant = first.insert.trim() === '' ? 'a plain space or nothing' : first.insert
  const title = edits.length === 1 ? 'Replace it' : `Replace all ${edits.length} such characters`
  diagnostics.error(first, `The character ${code} is no C; ${meant} is probably meant.`, { title, edits })
  return true
}

function replacements(text: string, from: number): readonly TextEdit[] {
  return text.split('').flatMap((character, index) => {
    const insert = Object.hasOwn(REPLACED, character) ? REPLACED[character] : undefined
    return insert === undefined ? [] : [{ from: from + index, to: from + index + 1, insert }]
  })
}
