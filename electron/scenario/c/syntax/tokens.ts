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

export function isName(token: string): boolean {
  return /^[A-Za-z_$]/.test(token)
}

export function isNumber(token: string): boolean {
  return /^\d/.test(token)
}
