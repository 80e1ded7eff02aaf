/** A token of C as far as brackets and names go: a name, a number, a string, or one character of anything else. */
export interface Token {
  readonly text: string
  readonly from: number
}

/** A comment or a string that is not closed is a token of its own: what opens it. */
const TOKEN = /\/\*[^]*?\*\/|\/\/[^\n]*|\/\*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[A-Za-z_$][\w$]*|\d[\w.]*|\s+|[^]/g

/** The tokens of a text without comments and spaces. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const isComment = token.length > 2 && (token.startsWith('/*') || token.startsWith('//'))
    if (!isComment && token !== '//' && token.trim() !== '') tokens.push({ text: token, from: index })
  }
  return tokens
}

export function isName(token: string): boolean {
  return /^[A-Za-z_$]/.test(token)
}

export function isNumber(token: string): boolean {
  return /^\d/.test(token)
}
