import { isArray, type Variable } from '../ast.ts'
import type { SyntaxNode } from '../syntax/syntax-node.ts'
import type { CheckContext } from './context.ts'
import { readDeclarator } from './declarators.ts'
import type { Specifiers } from './type-names.ts'
import { checkInitialValues, declareVariable } from './variables.ts'

/** Elements of all arrays that live as long as the run. */
const GLOBAL_ELEMENTS_MAX = 4_194_304

/** A variable that lives as long as the run: outside functions, or `static` inside one. */
export interface StaticVariable {
  readonly variable: Variable
  readonly initial: readonly bigint[]
  readonly value: SyntaxNode | undefined
}

/** Makes such a variable known in the innermost scope. */
export function checkStaticVariable(
  context: CheckContext,
  node: SyntaxNode,
  specifiers: Specifiers,
): StaticVariable | undefined {
  const declared = readDeclarator(context, node, specifiers)
  const variable = declared && declareVariable(context, declared, 'global')
  if (declared === undefined || variable === undefined || !checkElementCount(context, variable)) return undefined
  const { value } = declared
  const initial = value === undefined ? [] : constantValues(context, value, variable)
  return initial && { variable, initial, value }
}

function checkElementCount(context: CheckContext, variable: Variable): boolean {
  const lengthOf = ({ type }: Variable): number => (isArray(type) ? (type.length ?? 0) : 0)
  const elements = context.globals.reduce((sum, global) => sum + lengthOf(global.variable), lengthOf(variable))
  if (elements <= GLOBAL_ELEMENTS_MAX) return true
  const message = `With ${variable.name} the arrays have ${elements} elements; accepted are ${GLOBAL_ELEMENTS_MAX}.`
  context.diagnostics.error(variable.at, message)
  return false
}

/** C computes the first values of such variables before the run, so it takes constants only. */
function constantValues(context: CheckContext, node: SyntaxNode, variable: Variable): readonly bigint[] | undefined {
  const where = context.frame === undefined ? 'outside functions' : 'static'
  const constants = checkInitialValues(context, node, variable)?.map((value): bigint | undefined => {
    if (value.kind === 'literal') return value.value
    return context.refuse(
      value.at,
      `${variable.name} is ${where}, so its value must be a constant that is known before the run.`,
    )
  })
  return constants?.every((value) => value !== undefined) ? constants : undefined
}
