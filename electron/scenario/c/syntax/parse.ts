import { Language, Parser, type TreeCursor } from 'web-tree-sitter'
import { GrammarMemory } from './grammar-memory.ts'
import { readGrammarFiles } from './grammar-files.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { tokensOf } from './tokens.ts'
import { isTaskBlock, TASK_BLOCK, withoutTaskBlocks } from './task-blocks.ts'
import { isLookalike, withoutTypeLookalikes } from './type-lookalikes.ts'

/** Deepest accepted nesting of the syntax tree. A function body inside three loops and some parentheses needs about 30. */
export const NESTING_MAX = 250

/** Longest time for a text. C of the length that is accepted takes a tenth of it; a text that is none can take hours. */
const PARSE_MS_MAX = 3000

/** The grammar's id for a stretch that could not be read; it stands for no rule, so the language does not name it. */
const ERROR_ID = 0xffff

interface Grammar {
  readonly parser: Parser
  readonly memory: GrammarMemory
  /** By type id: the name of a node, and whether it is more than punctuation or a keyword. */
  readonly kinds: readonly string[]
  readonly named: readonly boolean[]
  /** By field id. */
  readonly fields: readonly (string | null)[]
}

let grammar: Grammar | undefined
let loading: Promise<void> | undefined

/** Loads the C grammar, once, however many ask for it at a time. `parseC` works from then on. */
export function loadGrammar(): Promise<void> {
  return (loading ??= load())
}

async function load(): Promise<void> {
  const files = readGrammarFiles()
  const memory = new GrammarMemory(files.runtime)
  await Parser.init({ instantiateWasm: memory.instantiateWasm })
  const language = await Language.load(files.language)
  grammar = {
    parser: new Parser().setLanguage(language),
    memory,
    kinds: language.types,
    named: language.types.map((_, id) => language.nodeTypeIsNamed(id)),
    fields: language.fields,
  }
  memory.keep()
}

/** A text that nests deeper than `NESTING_MAX`, at the place where it does. */
export class NestingError extends Error {
  override readonly name = 'NestingError'
  readonly from: number

  constructor(from: number) {
    super(`The text nests deeper than ${NESTING_MAX} levels; accepted are ${NESTING_MAX}.`)
    this.from = from
  }
}

/** A text that is so far from C that the grammar tries for longer than anybody would wait, or runs out of memory. */
export class NotReadError extends Error {
  override readonly name = 'NotReadError'
}

/**
 * The syntax tree of a text. Text that is no C is in `ERROR` nodes or stands beside `missing` ones.
 * @param shift added to every offset, for text that was cut out of a longer one.
 * @throws {NestingError} for text that nests too deep.
 * @throws {NotReadError} for text that takes too long or too much.
 */
export function parseC(text: string, shift = 0): SyntaxNode {
  if (grammar === undefined) throw new Error('loadGrammar has not finished, so there is no grammar to parse with.')
  refuseDeepBrackets(text, shift)
  try {
    return readTree(grammar, text, shift)
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error
    grammar.memory.restore()
    throw new NotReadError(`The text is so far from C that it cannot be read.`, { cause: error })
  }
}

function readTree(known: Grammar, text: string, shift: number): SyntaxNode {
  const { parser } = known
  const endMs = performance.now() + PARSE_MS_MAX
  const progressCallback = (): boolean => performance.now() > endMs
  const tree = parser.parse(withoutTypeLookalikes(withoutTaskBlocks(text)), null, { progressCallback })
  if (tree === null) {
    // What it has read so far would be taken for the beginning of the next text
    parser.reset()
    throw new NotReadError(`The text is so far from C that it cannot be read within ${PARSE_MS_MAX / 1000} s.`)
  }
  const cursor = tree.walk()
  try {
    return new TreeReader(cursor, known, text, shift).read(0)
  } finally {
    cursor.delete()
    tree.delete()
  }
}

/** The grammar's own memory gives way under thousands of open brackets, and then no text can be parsed any more. */
function refuseDeepBrackets(text: string, shift: number): void {
  let depth = 0
  for (const { text: token, from } of tokensOf(text)) {
    if (token === '(' || token === '[' || token === '{') depth += 1
    if (token === ')' || token === ']' || token === '}') depth -= 1
    if (depth > NESTING_MAX) throw new NestingError(from + shift)
  }
}

/** Reads a tree out of the grammar's memory. Crossing into it is what costs, so each fact is asked for once. */
class TreeReader {
  readonly #cursor: TreeCursor
  readonly #grammar: Grammar
  readonly #text: string
  readonly #shift: number

  constructor(cursor: TreeCursor, names: Grammar, text: string, shift: number) {
    this.#cursor = cursor
    this.#grammar = names
    this.#text = text
    this.#shift = shift
  }

  /** The node at the cursor with all below it. */
  read(depth: number): SyntaxNode {
    const cursor = this.#cursor
    const id = cursor.nodeTypeId
    const from = cursor.startIndex
    const to = cursor.endIndex
    if (depth > NESTING_MAX) throw new NestingError(from + this.#shift)
    const field = this.#grammar.fields[cursor.currentFieldId] ?? undefined
    const missing = from === to && cursor.nodeIsMissing
    const children: SyntaxNode[] = []
    if (cursor.gotoFirstChild()) {
      do children.push(this.read(depth + 1))
      while (cursor.gotoNextSibling())
      cursor.gotoParent()
    }
    const named = id === ERROR_ID || (this.#grammar.named[id] ?? false)
    const place = { from: from + this.#shift, to: to + this.#shift }
    return withPostfixInside({ kind: this.#kind(id, from, to), field, named, missing, ...place, children })
  }

  #kind(id: number, from: number, to: number): string {
    if (id === ERROR_ID) return 'ERROR'
    const kind = this.#grammar.kinds[id] ?? ''
    if (kind === 'if_statement' && isTaskBlock(this.#text, from)) return TASK_BLOCK
    return kind === 'number_literal' && isLookalike(this.#text.slice(from, to)) ? 'identifier' : kind
  }
}

/** The grammar reads `-n++` as (-n)++, C as -(n++). */
function withPostfixInside(node: SyntaxNode): SyntaxNode {
  const [unary, operator] = node.children
  if (node.kind !== 'update_expression' || unary?.kind !== 'unary_expression' || operator === undefined) return node
  const operand = unary.children.at(-1)
  if (operand === undefined) return node
  const step = withPostfixInside({ ...node, field: operand.field, from: operand.from, children: [operand, operator] })
  return { ...unary, field: node.field, to: node.to, children: [...unary.children.slice(0, -1), step] }
}
