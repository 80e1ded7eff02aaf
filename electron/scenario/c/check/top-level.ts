import { isArray, type Variable } from '../ast.ts'
import { replacement } from '../diagnostics.ts'
import { childrenOf, type SyntaxNode } from '../syntax/syntax-node.ts'
import type { CheckContext } from './context.ts'
import { checkInitialValues, declareVariable } from './declarations.ts'
import { isFunctionDeclarator, readDeclarator } from './declarators.ts'
import { checkDefine } from './defines.ts'
import { checkFunctionDefinition, checkPrototype } from './functions.ts'
import { readParameter } from './parameters.ts'
import { REFUSED_KINDS } from './refusals.ts'
import { readSpecifiers, type Specifiers } from './type-names.ts'

/** Elements of all arrays outside functions. */
export const GLOBAL_ELEMENTS_MAX = 4_194_304

/**
 * What a text declares outside functions. `statements` is told of everything else, which is a scenario only if the text has
 * no function `scenario`.
 */
export function checkTopLevel(context: CheckContext, root: SyntaxNode, statements: (node: SyntaxNode) => void): void {
  root.children.forEach((node, index) => {
    switch (node.kind) {
      case 'comment':
        return
      case 'preproc_def':
        checkDefine(context, node)
        return
      case 'preproc_include':
        context.diagnostics.warning(
          node,
          '#include is passed over: the lab knows its calls.',
          replacement('Delete the line', node, ''),
        )
        return
      case 'function_definition':
        checkFunctionDefinition(context, node)
        return
      case 'declaration':
        if (context.isBareList && !isOutside(context, node)) statements(node)
        else checkGlobalDeclaration(context, node, commentAfter(context, root, index))
        return
      default:
        if (REFUSED_KINDS[node.kind] === undefined) statements(node)
        else context.diagnostics.error(node, REFUSED_KINDS[node.kind] ?? '')
    }
  })
}

/** In a statement list, `static` variables and prototypes are outside it, and all other declarations are part of it. */
function isOutside(context: CheckContext, node: SyntaxNode): boolean {
  const isStatic = node.children.some(
    (child) => child.kind === 'storage_class_specifier' && context.textOf(child) === 'static',
  )
  return isStatic || childrenOf(node, 'declarator').some(isFunctionDeclarator)
}

/** The comment that ends the line on which a declaration ends. */
function commentAfter(context: CheckContext, root: SyntaxNode, index: number): SyntaxNode | undefined {
  const node = root.children[index]
  const next = root.children[index + 1]
  if (node === undefined || next?.kind !== 'comment') return undefined
  return context.source.slice(node.to, next.from).includes('\n') ? undefined : next
}

function checkGlobalDeclaration(context: CheckContext, node: SyntaxNode, comment: SyntaxNode | undefined): void {
  const specifiers = readSpecifiers(context, node)
  if (specifiers === undefined) return
  const declarators = childrenOf(node, 'declarator')
  for (const declarator of declarators) {
    if (isFunctionDeclarator(declarator)) checkPrototype(context, declarator, specifiers)
    else checkGlobal(context, declarator, specifiers, declarators.length === 1 ? comment : undefined)
  }
}

function checkGlobal(
  context: CheckContext,
  node: SyntaxNode,
  specifiers: Specifiers,
  comment: SyntaxNode | undefined,
): void {
  const declared = readDeclarator(context, node, specifiers)
  const variable = declared && declareVariable(context, declared, 'global')
  if (declared === undefined || variable === undefined || !checkElementCount(context, variable)) return
  const initial = declared.value === undefined ? [] : constantValues(context, declared.value, variable)
  if (initial === undefined) return
  const [number] = initial
  const value = declared.value && number !== undefined ? { number, node: declared.value } : undefined
  const info = specifiers.isStatic ? readParameter(context, variable, value, comment) : undefined
  if (info === undefined) context.globals.push({ variable, initial })
  else context.parameters.push({ variable, info })
}

function checkElementCount(context: CheckContext, variable: Variable): boolean {
  const lengthOf = ({ type }: Variable): number => (isArray(type) ? (type.length ?? 0) : 0)
  const elements = context.globals.reduce((sum, global) => sum + lengthOf(global.variable), lengthOf(variable))
  if (elements <= GLOBAL_ELEMENTS_MAX) return true
  const message = `With ${variable.name} the arrays have ${elements} elements; accepted are ${GLOBAL_ELEMENTS_MAX}.`
  context.diagnostics.error(variable.at, message)
  return false
}

/** C computes what stands outside functions before the run, so it takes constants only. */
function constantValues(context: CheckContext, node: SyntaxNode, variable: Variable): readonly bigint[] | undefined {
  const constants = checkInitialValues(context, node, variable)?.map((value): bigint | undefined => {
    if (value.kind === 'literal') return value.value
    return context.refuse(
      value.at,
      `${variable.name} is outside functions, so its value must be a constant that is known before the run.`,
    )
  })
  return constants?.every((value) => value !== undefined) ? constants : undefined
}
