import { isArray, type Declaration, type Statement, type Variable } from '../ast.ts'
import { childrenOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { CheckContext } from './context.ts'
import { nameIn, readDeclarator } from './declarators.ts'
import { checkStaticVariable } from './static-variables.ts'
import { readSpecifiers, type Specifiers } from './type-names.ts'
import { checkInitialValues, declareVariable } from './variables.ts'

/** Elements of all arrays of a function; they are made each time it is called. */
export const LOCAL_ELEMENTS_MAX = 65_536

export function checkLocalDeclaration(context: CheckContext, node: SyntaxNode): Statement | undefined {
  const declarators = childrenOf(node, 'declarator')
  const statement = readLocalDeclaration(context, node, declarators)
  if (statement === undefined) context.declareRefused(...declarators.map(nameIn))
  return statement
}

function readLocalDeclaration(
  context: CheckContext,
  node: SyntaxNode,
  declarators: readonly SyntaxNode[],
): Statement | undefined {
  const specifiers = readSpecifiers(context, node)
  if (specifiers === undefined) return undefined
  if (specifiers.isStatic) return checkStaticLocals(context, node, declarators, specifiers)
  const declarations = declarators.map((declarator) => checkLocal(context, declarator, specifiers))
  if (!declarations.every((declaration) => declaration !== undefined)) return undefined
  return { kind: 'declare', declarations, at: node }
}

/** They live as long as the run, and only their scope is the block: the statement itself does nothing. */
function checkStaticLocals(
  context: CheckContext,
  node: SyntaxNode,
  declarators: readonly SyntaxNode[],
  specifiers: Specifiers,
): Statement | undefined {
  const checked = declarators.map((declarator) => checkStaticVariable(context, declarator, specifiers))
  if (!checked.every((found) => found !== undefined)) return undefined
  context.globals.push(...checked)
  return { kind: 'block', statements: [], at: node }
}

function checkLocal(context: CheckContext, node: SyntaxNode, specifiers: Specifiers): Declaration | undefined {
  const declared = readDeclarator(context, node, specifiers)
  const variable = declared && declareVariable(context, declared, 'local')
  if (declared === undefined || variable === undefined || !countElements(context, variable)) return undefined
  if (declared.value === undefined) {
    if (!variable.isConst) return { variable, initial: undefined }
    return context.refuse(node, `${variable.name} is const and needs its value here.`)
  }
  const initial = checkInitialValues(context, declared.value, variable)
  return initial && { variable, initial }
}

function countElements(context: CheckContext, { name, type, at }: Variable): boolean {
  const { frame } = context
  if (frame === undefined || !isArray(type)) return true
  frame.localElements += type.length ?? 0
  if (frame.localElements <= LOCAL_ELEMENTS_MAX) return true
  const message = `With ${name} the arrays of ${frame.symbol.name} have ${frame.localElements} elements; accepted are ${LOCAL_ELEMENTS_MAX}. Arrays above the functions may be larger.`
  context.diagnostics.error(at, message)
  return false
}
