import { closerOf, tokensOf, type Token } from './tokens.ts'

const KEYWORD = 'task'
/** A word of C with the same form, a condition and a block, and of no more letters. */
const STAND_IN = 'if  '

/** Kind of the node of a task block: its `condition` is the name and the CPU, its `consequence` the block. */
export const TASK_BLOCK = 'task_block'

/** The text with `if` in place of the `task` of each `task(name, cpu) { … }`, which C has no form for. Offsets stay. */
export function withoutTaskBlocks(text: string): string {
  const tokens = tokensOf(text)
  const blocks = tokens.filter(({ text: word }, index) => word === KEYWORD && isBeforeBlock(tokens, index + 1))
  let plain = ''
  let position = 0
  for (const { from } of blocks) {
    plain += text.slice(position, from) + STAND_IN
    position = from + KEYWORD.length
  }
  return plain + text.slice(position)
}

/** True for the offset of a task block, which the grammar took for an `if`. */
export function isTaskBlock(text: string, from: number): boolean {
  return text.startsWith(KEYWORD, from)
}

/** True when the token at `index` opens parentheses behind which a block begins. */
function isBeforeBlock(tokens: readonly Token[], index: number): boolean {
  const close = tokens[index]?.text === '(' ? closerOf(tokens, index) : undefined
  return close !== undefined && tokens[close + 1]?.text === '{'
}
