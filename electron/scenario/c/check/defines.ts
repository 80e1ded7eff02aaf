import type { Fix } from '../../../../shared/scenario-check.ts'
import { NestingError, parseC } from '../syntax/parse.ts'
import { childOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { CheckContext } from './context.ts'
import { isDeclarable } from './variables.ts'
import { checkInteger } from './values.ts'

/** Values that operators around them would take apart. */
const TAKEN_APART = new Set(['binary_expression', 'conditional_expression', 'assignment_expression'])

const BEFORE = 'x='

/**
 * #define NAME constant. The preprocessor puts text in and knows no values: `1 + 2` times 2 would be 5. So a value that
 * operators around it could take apart needs parentheses, and then value and text mean the same.
 */
export function checkDefine(context: CheckContext, node: SyntaxNode): void {
  const nameNode = childOf(node, 'name')
  if (nameNode === undefined) return
  const name = context.textOf(nameNode)
  readDefine(context, node, nameNode, name)
  context.declareRefused(nameNode)
}

function readDefine(context: CheckContext, node: SyntaxNode, nameNode: SyntaxNode, name: string): void {
  const valueNode = childOf(node, 'value')
  if (valueNode === undefined) {
    context.diagnostics.error(node, `${name} has no value; the lab’s C has #define NAME constant only.`)
    return
  }
  const text = context
    .textOf(valueNode)
    .replace(/\/\/.*$/s, '')
    .trimEnd()
  const expression = parseValue(text, valueNode.from)
  if (expression === undefined) {
    context.diagnostics.error(
      valueNode,
      `The value of ${name} is no constant; the lab’s C has #define NAME constant only.`,
    )
    return
  }
  if (TAKEN_APART.has(expression.kind)) {
    const message = `The value of ${name} needs parentheses: the preprocessor puts its text between other operators.`
    context.diagnostics.error(expression, message, parenthesized(expression))
    return
  }
  if (!isDeclarable(context, name, nameNode)) return
  const value = checkInteger(context, expression, `The value of ${name}`)
  if (value === undefined) return
  if (value.kind === 'literal') context.names.declare(name, { kind: 'define', literal: value })
  else context.diagnostics.error(expression, `The value of ${name} must be a constant that is known before the run.`)
}

/** The grammar keeps the value as text, so it is parsed as the right side of an assignment. */
function parseValue(text: string, from: number): SyntaxNode | undefined {
  try {
    const root = parseC(`${BEFORE}${text};`, from - BEFORE.length)
    const [statement, ...more] = partsOf(root)
    const assignment = statement && partsOf(statement)[0]
    const isValue = more.length === 0 && assignment?.kind === 'assignment_expression'
    return isValue && !hasProblems(root) ? childOf(assignment, 'right') : undefined
  } catch (error) {
    if (error instanceof NestingError) return undefined
    throw error
  }
}

function hasProblems({ kind, missing, children }: SyntaxNode): boolean {
  return kind === 'ERROR' || missing || children.some(hasProblems)
}

function parenthesized({ from, to }: SyntaxNode): Fix {
  return {
    title: 'Add parentheses',
    edits: [
      { from, to: from, insert: '(' },
      { from: to, to, insert: ')' },
    ],
  }
}
