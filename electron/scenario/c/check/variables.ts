import { isArray, type Expression, type Variable } from '../ast.ts'
import type { SyntaxNode } from '../syntax/syntax-node.ts'
import type { ScalarType } from '../types.ts'
import type { CheckContext } from './context.ts'
import type { Declared } from './declarators.ts'
import { checkElements } from './elements.ts'
import { checkValue, convertTo } from './values.ts'

/** Makes a variable known in the innermost scope. */
export function declareVariable(
  context: CheckContext,
  { name, type, isConst, at }: Declared,
  storage: Variable['storage'],
): Variable | undefined {
  if (!isDeclarable(context, name, at)) return undefined
  const variable = context.newVariable({ name, type, isConst, storage, at })
  context.names.declare(name, { kind: 'variable', variable })
  return variable
}

/** False, and said, for a name that is taken. */
export function isDeclarable(context: CheckContext, name: string, at: SyntaxNode): boolean {
  const here = context.names.findHere(name)
  const outer = context.names.find(name)
  if (context.names.isOwn(name)) {
    context.diagnostics.error(at, `${name} is a name of the lab; choose another one.`)
  } else if (here !== undefined && here.kind !== 'refused') {
    context.diagnostics.error(at, `${name} is declared twice.`)
  } else if (outer?.kind === 'define') {
    context.diagnostics.error(at, `${name} is a #define, which would replace it; choose another name.`)
  } else {
    return true
  }
  return false
}

/** What stands behind the `=`: one value, or those of the first elements. */
export function checkInitialValues(
  context: CheckContext,
  node: SyntaxNode,
  variable: Variable,
): readonly Expression[] | undefined {
  const { name, type } = variable
  if (isArray(type)) {
    if (node.kind !== 'initializer_list') {
      return context.refuse(node, `${name} is an array; its elements are given in braces: { 1, 2, 3 }.`)
    }
    const what = `An element of ${name}`
    return checkElements(context, node, variable, type, (part) => checkInitialValue(context, part, type.element, what))
  }
  const value = checkInitialValue(context, node, type, name)
  return value && [value]
}

/** The value of a scalar. */
function checkInitialValue(
  context: CheckContext,
  node: SyntaxNode,
  type: ScalarType | 'pages',
  name: string,
): Expression | undefined {
  if (node.kind === 'initializer_list') return context.refuse(node, `${name} is no array, so its value has no braces.`)
  if (type === 'pages') return undefined
  const value = checkValue(context, node)
  return value && convertTo(context, value, type, name)
}
