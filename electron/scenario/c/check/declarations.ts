import { isArray, type Declaration, type Expression, type Statement, type Variable } from '../ast.ts'
import { childrenOf, partsOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { ScalarType } from '../types.ts'
import type { CheckContext } from './context.ts'
import { readDeclarator, type Declared } from './declarators.ts'
import { readSpecifiers, type Specifiers } from './type-names.ts'
import { checkValue, convertTo } from './values.ts'

/** Elements of all arrays of a function; they are made each time it is called. */
export const LOCAL_ELEMENTS_MAX = 65_536

export function checkLocalDeclaration(context: CheckContext, node: SyntaxNode): Statement | undefined {
  const specifiers = readSpecifiers(context, node)
  if (specifiers === undefined) return undefined
  if (specifiers.isStatic) {
    return context.refuse(
      node,
      'static variables inside functions are not in the lab’s C; declare it above the functions.',
    )
  }
  const declarations = childrenOf(node, 'declarator').map((declarator) => checkLocal(context, declarator, specifiers))
  if (!declarations.every((declaration) => declaration !== undefined)) return undefined
  return { kind: 'declare', declarations, at: node }
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
  } else if (here !== undefined) {
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
  if (isArray(variable.type)) return checkElements(context, node, variable)
  const value = checkInitialValue(context, node, variable.type, variable.name)
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

/** The first elements of an array; C sets the rest to 0. */
function checkElements(context: CheckContext, node: SyntaxNode, array: Variable): readonly Expression[] | undefined {
  if (!isArray(array.type)) return undefined
  const { element, length } = array.type
  if (node.kind !== 'initializer_list') {
    return context.refuse(node, `${array.name} is an array; its elements are given in braces: { 1, 2, 3 }.`)
  }
  const parts = partsOf(node)
  if (parts.length === 0) return context.refuse(node, 'C needs at least one value in the braces: { 0 }.')
  if (length !== undefined && parts.length > length) {
    return context.refuse(node, `${array.name} has ${length} elements, and ${parts.length} values are given.`)
  }
  const values = parts.map((part): Expression | undefined => {
    if (part.kind === 'initializer_pair')
      return context.refuse(part, 'Naming elements with [index] = is not in the lab’s C.')
    if (part.kind === 'initializer_list')
      return context.refuse(part, 'Arrays have one dimension here, so braces do not nest.')
    return checkInitialValue(context, part, element, `An element of ${array.name}`)
  })
  return values.every((value) => value !== undefined) ? values : undefined
}
