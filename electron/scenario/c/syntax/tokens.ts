/** A token of C as far as brackets and names go: a name, a number, a string, or one character of anything else. */
export interface Token {
  readonly text: string
  readonly from: number
}

/** A comment or a string that is not closed is a token of its own: what opens it. */
const TOKEN =
  /\/\*[^]*?\*\/|\/\/[^\n]*|\/\*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[A-Za-z_$][\w$]*|\d[\w.]*|[ \t\r\n\v\f]+|[^]/g

/** The tokens of a text without comments and spaces. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const isComment = token.startsWith('//') || (token.startsWith('/*') && token.length > 2)
    // Other white space than C's is a token: the grammar cannot read it
    if (!isComment && !/^[ \t\r\n\v\f]/.test(token)) tokens.push({ text: token, from: index })
  }
  return tokens
}

/** Tokens between parentheses that are looked at: so a text of nothing but parentheses takes no longer than others. */
const PARENTHESES_MAX = 1000

/** The index of the `)` that closes the `(` at `index`, when both are on one side of every brace and not far apart. */
export function closerOf(tokens: readonly Token[], index: number): number | undefined {
  let depth = 0
  const end = Math.min(tokens.length, index + PARENTHESES_MAX)
  for (let at = index; at < end; at += 1) {
    const token = tokens[at]?.text
    if (token === '{' || token === '}') return undefined
    if (token === '(') depth += 1
    if (token === ')') depth -= 1
    if (depth === 0) return at
  }
  return undefined
}

export function isName(token: string): boolean {
  return /^[A-Za-z_$]/.test(token)
}

export function isNumber(token: string): boolean {
  return /^\d/.test(token)
}
