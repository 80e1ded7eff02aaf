import type { Expression, FunctionSymbol, Statement } from '../ast.ts'
import { childOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { CheckContext } from './context.ts'
import { readBody } from './bodies.ts'
import { checkValue, convertTo } from './values.ts'

/** `task(name, cpu) { … }`: a function without arguments that is started where it stands. */
export function checkTaskBlock(context: CheckContext, node: SyntaxNode): Statement | undefined {
  const head = childOf(node, 'condition')
  const body = childOf(node, 'consequence')
  const otherwise = childOf(node, 'alternative')
  if (head === undefined || body === undefined) return undefined
  if (otherwise !== undefined) return context.refuse(otherwise, 'This else has no if before it.')
  const start = checkHead(context, head)
  const symbol: FunctionSymbol = {
    id: context.names.newId(),
    name: start?.name ?? '',
    returns: 'void',
    parameters: [],
    at: node,
    body: undefined,
  }
  readBody(context, symbol, body, () => {
    const block = context.statement(body)
    return block?.kind === 'block' ? block : undefined
  })
  if (start === undefined || symbol.body === undefined) return undefined
  context.functions.push(symbol)
  const at = { from: node.from, to: head.to }
  const expression: Expression = { kind: 'task', type: 'void', callee: symbol, cpu: start.cpu, args: [], at }
  return { kind: 'expression', expression, at: node }
}

/** `(name, cpu)` */
function checkHead(
  context: CheckContext,
  head: SyntaxNode,
): { readonly name: string; readonly cpu: Expression } | undefined {
  const [list] = partsOf(head)
  const [nameNode, cpuNode] = list?.kind === 'comma_expression' ? partsOf(list) : []
  if (nameNode?.kind !== 'identifier' || cpuNode === undefined || cpuNode.kind === 'comma_expression') {
    return context.refuse(head, 'A task block has a name and a CPU: task(name, cpu) { … }.')
  }
  const name = context.textOf(nameNode)
  if (context.names.find(name)?.kind === 'function') {
    const message = `${name} is a function: task(${name}, cpu); starts it. A block has a name of its own.`
    return context.refuse(nameNode, message)
  }
  const value = checkValue(context, cpuNode)
  const cpu = value && convertTo(context, value, 'int', 'The CPU of task')
  return cpu && { name, cpu }
}
