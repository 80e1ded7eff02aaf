import { isName, isNumber, tokensOf, type Token } from './tokens.ts'

/** Words that begin a type or only make sense as one, and words that are no variables. */
const NO_VARIABLE =
  /^(?:int|unsigned|signed|long|short|char|bool|_Bool|void|float|double|const|volatile|struct|union|enum|\w+_t|[us](?:8|16|32|64)|sizeof|NULL|true|false)$/
const ASSIGNMENT_NEXT = new Set(['=', '+', '-', '*', '/', '%', '&', '|', '^', '<', '>'])

/**
 * The text with zeros in place of variables that stand right behind a `(`. The grammar does not know which names are types,
 * so it reads `(n) - 1` and `(a[i]) && b` as casts to a type n or a; a number it cannot take for a type. All offsets stay
 * what they are, and `isLookalike` tells such a number from one of the text.
 */
export function withoutTypeLookalikes(text: string): string {
  const tokens = tokensOf(text)
  let plain = ''
  let position = 0
  let directiveEnd = 0
  tokens.forEach((token, index) => {
    if (token.text === '#') directiveEnd = lineEnd(text, token.from)
    if (token.from < directiveEnd || tokens[index - 1]?.text !== '(' || !isOperand(tokens, index)) return
    plain += text.slice(position, token.from) + '0'.repeat(token.text.length)
    position = token.from + token.text.length
  })
  return plain + text.slice(position)
}

/** True for the text of a number of the tree that stands for a variable of the source. */
export function isLookalike(text: string): boolean {
  return isName(text)
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

/** True for a name that can only be an operand: not the target of an assignment, and not the type of a cast. */
function isOperand(tokens: readonly Token[], index: number): boolean {
  const name = tokens[index]?.text ?? ''
  if (!/^[A-Za-z_]\w*$/.test(name) || NO_VARIABLE.test(name)) return false
  // 0.member would be a number as a whole
  if (tokens[index + 1]?.text === '.') return false
  return !isAssigned(tokens, index + 1) && !isCastType(tokens, index + 1)
}

/** `=`, `+=` and their kin; `==` is none. */
function isAssigned(tokens: readonly Token[], after: number): boolean {
  const [first, second, third, fourth] = tokens.slice(after, after + 4).map(({ text }) => text)
  if (first === '=') return second !== '='
  if (first === undefined || !ASSIGNMENT_NEXT.has(first)) return false
  if (first === '<' || first === '>') return second === first && third === '=' && fourth !== '='
  return second === '=' && third !== '='
}

/** `(name) 1`, `(name *) p`: what follows the parenthesis begins an operand, so this was meant to be a cast. */
function isCastType(tokens: readonly Token[], after: number): boolean {
  let close = after
  while (tokens[close]?.text === '*') close += 1
  if (tokens[close]?.text !== ')') return false
  const next = tokens[close + 1]?.text
  return next !== undefined && (isName(next) || isNumber(next) || next.startsWith('"') || next.startsWith("'"))
}
