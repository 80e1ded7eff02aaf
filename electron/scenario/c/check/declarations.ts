import { isArray, type Declaration, type Expression, type Statement, type Variable } from '../ast.ts'
import { childrenOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { ScalarType } from '../types.ts'
import type { CheckContext } from './context.ts'
import { nameIn, readDeclarator, type Declared } from './declarators.ts'
import { checkElements } from './elements.ts'
import { checkStaticVariable } from './static-variables.ts'
import { readSpecifiers, type Specifiers } from './type-names.ts'
import { checkValue, convertTo } from './values.ts'

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

function countElements(context: CheckContext, { name, type, at }: Variable): boolean {
  const { frame } = context
  if (frame === undefined || !isArray(type)) return true
  frame.localElements += type.length ?? 0
  if (frame.localElements <= LOCAL_ELEMENTS_MAX) return true
  const message = `With ${name} the arrays of ${frame.symbol.name} have ${frame.localElements} elements; accepted are ${LOCAL_ELEMENTS_MAX}. Arrays above the functions may be larger.`
  context.diagnostics.error(at, message)
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
