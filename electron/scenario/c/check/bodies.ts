import type { Block, FunctionSymbol } from '../ast.ts'
import { partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { CheckContext } from './context.ts'

/** Gives a function its body, which `read` reads in a scope of its own: one that sees no locals of a function around it. */
export function readBody(
  context: CheckContext,
  symbol: FunctionSymbol,
  body: SyntaxNode,
  read: () => Block | undefined,
): void {
  const first = partsOf(body)[0]
  const insertAt = first?.from ?? body.to - 1
  const outer = context.frame
  context.frame = {
    symbol,
    declareAt: outer?.declareAt ?? symbol.at.from,
    insertAt,
    indentation: first === undefined ? '\t' : context.source.indentation(insertAt),
    localElements: 0,
    loops: 0,
    switches: 0,
  }
  symbol.body = context.names.outsideFunctions(read)
  context.requireReason(symbol.body)
  context.frame = outer
}
