import type { Machine } from '../../../../shared/machine.ts'
import type { Block, FunctionSymbol, Program } from '../ast.ts'
import { insertion, type Diagnostics } from '../diagnostics.ts'
import type { SourceText } from '../syntax/source-text.ts'
import { childOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import { TASK_BLOCK } from '../syntax/task-blocks.ts'
import { CheckContext, type Prototype, type TextShape } from './context.ts'
import { checkExpression } from './expressions.ts'
import { ENTRY_NAME } from './functions.ts'
import { findNameUses } from './name-uses.ts'
import { proposeEntry } from './propose-entry.ts'
import { checkStatement, checkStatements } from './statements.ts'
import { checkTopLevel } from './top-level.ts'

/** Everything that the checker learned of a text that C's grammar accepts. */
export interface CheckedProgram {
  /** In the order of the text, also when other things were refused. */
  readonly parameters: Program['parameters']
  /** `undefined` when anything was refused. */
  readonly program: Program | undefined
}

/** Checks names and types of a text without syntax errors, and makes the program of it. */
export function checkProgram(
  source: SourceText,
  root: SyntaxNode,
  machine: Machine,
  diagnostics: Diagnostics,
): CheckedProgram {
  const context = new CheckContext(source, machine, diagnostics, shapeOf(source, root), {
    expression: checkExpression,
    statement: checkStatement,
  })
  const statements: SyntaxNode[] = []
  checkTopLevel(context, root, (node) => statements.push(node))
  const entry = context.isBareList ? checkStatementList(context, statements) : findEntry(context, statements)
  return { parameters: context.parameters, program: entry && complete(context, entry) }
}

function shapeOf(source: SourceText, root: SyntaxNode): TextShape {
  const prototypes = new Map<string, Prototype>()
  let hasStatements = false
  let hasOuterTasks = false
  for (const node of partsOf(root)) {
    const declarator = node.kind === 'function_definition' ? childOf(node, 'declarator') : undefined
    const body = childOf(node, 'body')
    if (declarator !== undefined && body !== undefined) {
      const text = source.slice(node.from, body.from).trim()
      const name = /(\w+)\s*\(/.exec(source.slice(declarator.from, declarator.to))?.[1] ?? ''
      prototypes.set(name, { text, line: source.span(node.from, node.from).line })
    }
    hasOuterTasks ||= node.kind === TASK_BLOCK
    hasStatements ||= hasOuterTasks || node.kind.endsWith('_statement')
  }
  const isBareList = hasStatements && !prototypes.has(ENTRY_NAME)
  return { uses: findNameUses(root, source), isBareList, hasOuterTasks, prototypes }
}

/** A statement list is the body of the entry. It is read last, so it can use all functions and parameters. */
function checkStatementList(context: CheckContext, nodes: readonly SyntaxNode[]): FunctionSymbol | undefined {
  const [first] = nodes
  const last = nodes.at(-1)
  if (first === undefined || last === undefined) return undefined
  const at = { ...first, to: last.to }
  const symbol: FunctionSymbol = {
    id: context.names.newId(),
    name: ENTRY_NAME,
    returns: 'void',
    parameters: [],
    at,
    body: undefined,
  }
  const indentation = context.source.indentation(first.from)
  const insertAt = first.from
  context.frame = { symbol, declareAt: insertAt, insertAt, indentation, localElements: 0, loops: 0, switches: 0 }
  symbol.body = context.names.scoped((): Block | undefined => checkStatements(context, nodes, at))
  context.requireReason(symbol.body)
  context.frame = undefined
  context.functions.push(symbol)
  return symbol
}

function findEntry(context: CheckContext, statements: readonly SyntaxNode[]): FunctionSymbol | undefined {
  for (const node of statements) {
    context.diagnostics.error(
      node,
      `This stands outside functions; with a function ${ENTRY_NAME} all statements are inside.`,
    )
  }
  const entry = context.functions.find(({ name }) => name === ENTRY_NAME)
  if (entry === undefined && !context.diagnostics.hasErrors) reportNoEntry(context)
  return entry
}

function reportNoEntry(context: CheckContext): void {
  const { text } = context.source
  const { fix, at } = proposeEntry(context) ?? {
    at: { from: 0, to: Math.min(text.length, 1) },
    fix: insertion('Add void scenario(void)', text.length, '\nvoid scenario(void)\n{\n}\n'),
  }
  context.diagnostics.error(at, 'There is no function scenario, where the run begins: void scenario(void).', fix)
}

/** The program, when every declared function has its body and nothing was refused. */
function complete(context: CheckContext, entry: FunctionSymbol): Program | undefined {
  const { diagnostics, functions, globals, parameters, wordBits } = context
  const bodiless = diagnostics.hasErrors ? [] : functions.filter(({ body }) => body === undefined)
  for (const { name, at } of bodiless) diagnostics.error(at, `${name} is declared and never defined.`)
  return diagnostics.hasErrors ? undefined : { wordBits, globals, parameters, functions, entry }
}
