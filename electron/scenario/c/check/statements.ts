import type { Block, Expression, Statement } from '../ast.ts'
import { insertion } from '../diagnostics.ts'
import { childOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import { TASK_BLOCK } from '../syntax/task-blocks.ts'
import type { CheckContext } from './context.ts'
import { checkLocalDeclaration } from './declarations.ts'
import { REFUSED_KINDS } from './refusals.ts'
import { checkSwitch } from './switches.ts'
import { checkTaskBlock } from './task-blocks.ts'
import { warnOfUselessExpression } from './useless.ts'
import { checkValue, convertTo } from './values.ts'

export function checkStatement(context: CheckContext, node: SyntaxNode): Statement | undefined {
  switch (node.kind) {
    case 'compound_statement':
      return context.names.scoped(() => checkBlock(context, node))
    case 'declaration':
      return checkLocalDeclaration(context, node)
    case 'expression_statement':
      return checkExpressionStatement(context, node)
    case 'if_statement':
      return checkIf(context, node)
    case 'while_statement':
    case 'do_statement':
    case 'for_statement':
      return context.names.scoped(() => checkLoop(context, node))
    case TASK_BLOCK:
      return checkTaskBlock(context, node)
    case 'switch_statement':
      return checkSwitch(context, node)
    case 'break_statement':
    case 'continue_statement':
      return checkJump(context, node)
    case 'return_statement':
      return checkReturn(context, node)
    case 'case_statement':
      return context.refuse(node, 'case and default stand directly in the braces of a switch.')
    case 'function_definition':
      return context.refuse(node, 'Functions inside functions are not C; move it above.')
    case 'preproc_def':
      return context.refuse(node, '#define stands above the functions in the lab’s C.')
    default:
      return context.refuse(node, REFUSED_KINDS[node.kind] ?? `“${context.phrase(node)}” is not in the lab’s C.`)
  }
}

/** The statements between braces, in a scope that the caller made. */
export function checkBlock(context: CheckContext, node: SyntaxNode): Block | undefined {
  return checkStatements(context, partsOf(node), node)
}

export function checkStatements(
  context: CheckContext,
  nodes: readonly SyntaxNode[],
  at: SyntaxNode,
): Block | undefined {
  const statements = nodes.map((part) => context.statement(part))
  if (!statements.every((statement) => statement !== undefined)) return undefined
  return { kind: 'block', statements, at }
}

/** A statement that is the body of another one and so has a scope of its own. */
function checkBody(context: CheckContext, node: SyntaxNode): Statement | undefined {
  return context.names.scoped(() => context.statement(node))
}

function checkExpressionStatement(context: CheckContext, node: SyntaxNode): Statement | undefined {
  const [inner] = partsOf(node)
  if (inner === undefined) return { kind: 'block', statements: [], at: node }
  const expression = context.expression(inner)
  if (expression === undefined) return undefined
  warnOfUselessExpression(context, expression)
  return { kind: 'expression', expression, at: node }
}

/** The value between the parentheses of if, while and switch. */
export function checkCondition(context: CheckContext, node: SyntaxNode): Expression | undefined {
  const condition = childOf(node, 'condition')
  if (condition === undefined) return undefined
  const value = checkValue(context, condition)
  const [inner] = partsOf(condition)
  if (inner?.kind === 'assignment_expression' && childOf(inner, 'operator')?.kind === '=') {
    const operator = childOf(inner, 'operator')
    const fix = operator && insertion('Compare with ==', operator.from, '=')
    context.diagnostics.warning(
      inner,
      'This condition assigns. == compares; a second pair of parentheses says it is meant.',
      fix,
    )
  }
  return value
}

function checkIf(context: CheckContext, node: SyntaxNode): Statement | undefined {
  const condition = checkCondition(context, node)
  const thenNode = childOf(node, 'consequence')
  const elseClause = childOf(node, 'alternative')
  const elseNode = elseClause && partsOf(elseClause)[0]
  const then = thenNode && checkBody(context, thenNode)
  const otherwise = elseNode && checkBody(context, elseNode)
  if (condition === undefined || then === undefined || (elseNode !== undefined && otherwise === undefined)) {
    return undefined
  }
  return { kind: 'if', condition, then, otherwise, at: node }
}

const LOOP_FORMS = { while_statement: 'while', do_statement: 'do', for_statement: 'for' } as const

function checkLoop(context: CheckContext, node: SyntaxNode): Statement | undefined {
  const form = LOOP_FORMS[node.kind as keyof typeof LOOP_FORMS]
  const initialNode = childOf(node, 'initializer')
  const initial = initialNode === undefined ? [] : checkInitial(context, initialNode)
  const conditionNode = childOf(node, 'condition')
  const condition = form === 'for' ? conditionNode && checkValue(context, conditionNode) : checkCondition(context, node)
  const updateNode = childOf(node, 'update')
  const update = updateNode && context.expression(updateNode)
  const body = checkLoopBody(context, node)
  const isComplete = (conditionNode === undefined) === (condition === undefined)
  const isUpdated = (updateNode === undefined) === (update === undefined)
  if (initial === undefined || body === undefined || !isComplete || !isUpdated) return undefined
  return { kind: 'loop', form, initial, condition, update, body, at: node }
}

function checkInitial(context: CheckContext, node: SyntaxNode): readonly Statement[] | undefined {
  if (node.kind === 'declaration') {
    const declared = context.statement(node)
    return declared && [declared]
  }
  const expression = context.expression(node)
  return expression && [{ kind: 'expression', expression, at: node }]
}

function checkLoopBody(context: CheckContext, node: SyntaxNode): Statement | undefined {
  const bodyNode = childOf(node, 'body')
  const { frame } = context
  if (bodyNode === undefined || frame === undefined) return undefined
  frame.loops += 1
  const body = checkBody(context, bodyNode)
  frame.loops -= 1
  return body
}

function checkJump(context: CheckContext, node: SyntaxNode): Statement | undefined {
  const kind = node.kind === 'break_statement' ? 'break' : 'continue'
  const { loops = 0, switches = 0 } = context.frame ?? {}
  if (loops > 0 || (kind === 'break' && switches > 0)) return { kind, at: node }
  return context.refuse(node, kind === 'break' ? 'break stands in a loop or a switch.' : 'continue stands in a loop.')
}

function checkReturn(context: CheckContext, node: SyntaxNode): Statement | undefined {
  const [valueNode] = partsOf(node)
  const symbol = context.frame?.symbol
  if (symbol === undefined) return undefined
  if (valueNode === undefined) {
    if (symbol.returns === 'void') return { kind: 'return', value: undefined, at: node }
    return context.refuse(node, `${symbol.name} returns a value, and this return gives none.`)
  }
  if (symbol.returns === 'void') {
    return context.refuse(node, `${symbol.name} is void, so its return gives no value.`)
  }
  const given = checkValue(context, valueNode)
  const value = given && convertTo(context, given, symbol.returns, `The value of ${symbol.name}`)
  return value && { kind: 'return', value, at: node }
}
