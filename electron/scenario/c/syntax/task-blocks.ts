import { tokensOf, type Token } from './tokens.ts'

const KEYWORD = 'task'
/** A word of C with the same form, a condition and a block, and of no more letters. */
const STAND_IN = 'if  '

/** Kind of the node of a task block: its `condition` is the name and the CPU, its `consequence` the block. */
export const TASK_BLOCK = 'task_block'

/** The text with `if` in place of the `task` of each `task(name, cpu) { … }`, which C has no form for. Offsets stay. */
export function withoutTaskBlocks(text: string): string {
  const tokens = tokensOf(text)
  return tokens.reduce((plain, { text: word, from }, index) => {
    if (word !== KEYWORD || !isBeforeBlock(tokens, index + 1)) return plain
    return plain.slice(0, from) + STAND_IN + plain.slice(from + KEYWORD.length)
  }, text)
}

/** True for the offset of a task block, which the grammar took for an `if`. */
export function isTaskBlock(text: string, from: number): boolean {
  return text.startsWith(KEYWORD, from)
}

/** True when the token at `index` opens parentheses behind which a block begins. */
function isBeforeBlock(tokens: readonly Token[], index: number): boolean {
  if (tokens[index]?.text !== '(') return false
  let depth = 0
  for (let at = index; at < tokens.length; at += 1) {
    const token = tokens[at]?.text
    if (token === ';' || token === '{') return false
    if (token === '(') depth += 1
    if (token === ')') depth -= 1
    if (depth === 0) return tokens[at + 1]?.text === '{'
  }
  return false
}
