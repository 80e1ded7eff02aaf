import type { Statement, SwitchCase } from '../ast.ts'
import { childOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import { isInteger, wrapped, type IntegerType } from '../types.ts'
import type { CheckContext } from './context.ts'
import { checkConstant, checkValue } from './values.ts'

export function checkSwitch(context: CheckContext, node: SyntaxNode): Statement | undefined {
  const conditionNode = childOf(node, 'condition')
  const body = childOf(node, 'body')
  const given = conditionNode && checkValue(context, conditionNode)
  if (given === undefined || body === undefined) return undefined
  if (!isInteger(given.type)) return context.refuse(node, 'switch needs an integer, and this is a pointer.')
  const value = context.fold.promote(given)
  const cases = context.names.scoped(() => checkCases(context, body, value.type as IntegerType))
  return cases && { kind: 'switch', value, cases, at: node }
}

function checkCases(context: CheckContext, body: SyntaxNode, type: IntegerType): readonly SwitchCase[] | undefined {
  const { frame } = context
  if (frame === undefined) return undefined
  const labels = new Set<SwitchCase['label']>()
  frame.switches += 1
  const cases = partsOf(body).map((part): SwitchCase | undefined => {
    if (part.kind === 'case_statement') return checkCase(context, part, type, labels)
    return context.refuse(part, 'In a switch every statement follows a case or default.')
  })
  frame.switches -= 1
  return cases.every((found) => found !== undefined) ? cases : undefined
}

function checkCase(
  context: CheckContext,
  node: SyntaxNode,
  type: IntegerType,
  labels: Set<SwitchCase['label']>,
): SwitchCase | undefined {
  const valueNode = childOf(node, 'value')
  const label = valueNode === undefined ? 'default' : caseValue(context, valueNode, type)
  const nodes = partsOf(node).filter((part) => part !== valueNode)
  const statements = nodes.map((part): Statement | undefined => {
    if (part.kind !== 'declaration') return context.statement(part)
    return context.refuse(part, 'A declaration in a switch needs braces around it and what uses it.')
  })
  if (label === undefined || !statements.every((statement) => statement !== undefined)) return undefined
  if (labels.has(label)) {
    const name = label === 'default' ? 'default' : `case ${label}`
    return context.refuse(valueNode ?? node, `This switch has ${name} twice.`)
  }
  labels.add(label)
  return { label, statements }
}

function caseValue(context: CheckContext, node: SyntaxNode, type: IntegerType): bigint | undefined {
  const value = checkConstant(context, node, 'case')
  return value === undefined ? undefined : wrapped(value, type, context.wordBits)
}
