import type { Fix } from '../../../../shared/scenario-check.ts'
import { insertion, replacement, type Diagnostics, type Place } from '../diagnostics.ts'
import { similarName } from '../../../../shared/similar-name.ts'
import { closerOf, isName, isNumber, tokensOf, type Token } from './tokens.ts'
import type { SourceText } from './source-text.ts'

/** Marks of the kernel that say something to its compiler only. */
const ANNOTATION =
  /^(?:__(?:init|exit|always_inline|maybe_unused|user|iomem|read_mostly|must_check|force)|noinline|asmlinkage)$/

/** Calls outside functions that make a file a module. */
export const MODULE_MACRO = /^(?:module_\w+|MODULE_\w+|EXPORT_SYMBOL\w*)$/

export const MODULE_MACRO_REASON =
  'is of a kernel module and not in the lab’s C; a parameter is static int name = value; /* min..max: help */.'

const BLOCK_WORDS = ['if', 'for', 'while', 'switch']
export const TYPE_WORDS = ['unsigned', 'signed', 'static', 'const', 'inline', 'void', 'long', 'bool', 'int']

interface Finding {
  readonly place: Place
  readonly message: string
  readonly fix?: Fix
}

/**
 * Says of words that the grammar stumbles over what they are: slips of the keyboard in C's own words, and C or kernel C that
 * the grammar cannot read. False when there are none.
 */
export function reportUnreadableWords(source: SourceText, diagnostics: Diagnostics): boolean {
  const tokens = tokensOf(source.text)
  const findings: Finding[] = []
  let depth = 0
  tokens.forEach((token, index) => {
    if (token.text === '{') depth += 1
    if (token.text === '}') depth -= 1
    const found = findingAt(tokens, index, depth)
    if (found !== undefined) findings.push(found)
  })
  for (const { place, message, fix } of findings) diagnostics.error(place, message, fix)
  return findings.length > 0
}

function findingAt(tokens: readonly Token[], index: number, depth: number): Finding | undefined {
  const token = tokens[index]
  if (token === undefined) return undefined
  const next = tokens[index + 1]?.text ?? ''
  const place = { from: token.from, to: token.from + token.text.length }
  const remove = replacement(`Delete ${token.text}`, place, '')
  if (ANNOTATION.test(token.text)) return { place, message: `${token.text} is not in the lab’s C.`, fix: remove }
  if (token.text === '_Generic') return { place, message: '_Generic is not in the lab’s C.' }
  if (MODULE_MACRO.test(token.text) && depth === 0 && next === '(') {
    return { place, message: `${token.text} ${MODULE_MACRO_REASON}` }
  }
  return inPunctuation(tokens, index) ?? (isName(token.text) ? inName(tokens, index, depth) : undefined)
}

function inPunctuation(tokens: readonly Token[], index: number): Finding | undefined {
  const [before, token, second, third] = [tokens[index - 1], tokens[index], tokens[index + 1], tokens[index + 2]]
  if (token === undefined) return undefined
  const { text, from } = token
  if (text === '*' && second?.text === '/' && second.from === from + 1) {
    const place = { from, to: from + 2 }
    const fix = replacement('Delete */', place, '')
    return { place, message: 'This */ closes no comment; comments do not nest.', fix }
  }
  const isRange = text === '.' && second?.text === '.' && third?.text === '.'
  if (isRange && before !== undefined && (isName(before.text) || isNumber(before.text))) {
    const place = { from, to: from + 3 }
    return { place, message: 'Ranges of cases, as 1 ... 3, are not in the lab’s C; write each case.' }
  }
  if (text.startsWith('"') && before !== undefined && isName(before.text)) {
    return { place: { from, to: from + text.length }, message: 'Strings are not in the lab’s C.' }
  }
  return undefined
}

function inName(tokens: readonly Token[], index: number, depth: number): Finding | undefined {
  const { text, from } = tokens[index] as Token
  const next = tokens[index + 1]?.text ?? ''
  const place = { from, to: from + text.length }
  const meantFor = (candidates: readonly string[]): Finding | undefined => {
    const meant = candidates.includes(text) ? undefined : similarName(text, candidates)
    if (meant === undefined) return undefined
    return {
      place,
      message: `${text} is no word of C; ${meant} is.`,
      fix: replacement(`Change to ${meant}`, place, meant),
    }
  }
  if (next === '(') return beforeParentheses(tokens, index, depth, meantFor)
  if (next === '{' || next === 'if') return meantFor(['else', 'do'])
  if (isName(next)) return meantFor([...TYPE_WORDS, 'return'])
  return isNumber(next) ? meantFor(['return', 'case']) : undefined
}

/** `word (…) {` and `word (…; …; …)`, which only some words of C can begin. */
function beforeParentheses(
  tokens: readonly Token[],
  index: number,
  depth: number,
  meantFor: (candidates: readonly string[]) => Finding | undefined,
): Finding | undefined {
  const { text, from } = tokens[index] as Token
  const close = closerOf(tokens, index + 1)
  if (close === undefined || !isStatementStart(tokens[index - 1]?.text)) return undefined
  const inside = tokens.slice(index + 2, close)
  const semicolons = inside.filter((token) => token.text === ';').length
  const place = { from, to: from + text.length }
  if (text === 'for' && semicolons !== 2) {
    return { place, message: 'The head of a for has two ; in it: for (first; condition; step).' }
  }
  if (semicolons > 0) return meantFor(['for'])
  if (tokens[close + 1]?.text !== '{' || BLOCK_WORDS.includes(text) || text === 'task') return undefined
  if (depth > 0)
    return meantFor(BLOCK_WORDS) ?? { place, message: `${text}(…) { begins no block in C; for, while and if do.` }
  const fix = insertion('Add void', from, 'void ')
  return { place, message: `The function ${text} needs a type before its name, as void ${text}.`, fix }
}

/** True for what a token that begins a statement or a definition can stand behind. */
function isStatementStart(before: string | undefined): boolean {
  return before === undefined || /^(?:[;{}):]|else|do)$/.test(before)
}
